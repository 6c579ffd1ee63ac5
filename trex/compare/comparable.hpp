// Are two engines measured alike? Reasons to doubt a comparison, from the files alone.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/compare/difference.hpp"

namespace trex::compare {

struct Mismatch {
  std::string what;      // "GPU", "shapes", "clock", "TensorRT version" ...
  std::string a, b;      // "" where unknown
  std::string message;   // one line: the difference, and what it does to the comparison
  bool serious = false;  // the times are not of the same work on the same machine
};
// The serious first.
std::vector<Mismatch> mismatches(const ComparedSide& a, const ComparedSide& b);

// "detailed", "layer names only", "none"; "" when unknown.
std::string_view verbosity_word(Verbosity verbosity);
// "8.6.1"; of the build, else of the run; "" when no file says.
std::string tensorrt_version(const Engine& engine);
// Inferences in one execution: the first dimension that all inputs of rank 2 and up share; nothing
// where it is dynamic, differs, or no binding is known.
std::optional<std::int64_t> batch_size(const Engine& engine);

}  // namespace trex::compare
