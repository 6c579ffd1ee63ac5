// Why did trtexec fail: the lines of its log that matter, and the likely fix.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace trex::trtexec {

struct Failure {
  struct Line {
    std::int64_t number = 0;
    std::string text;
  };
  std::vector<Line> lines;         // at most 8, in the log's order
  std::vector<std::string> fixes;  // the likeliest first; may be empty
};
// `signal`: what ended the program, or 0.
Failure explain_failure(std::string_view log, int signal);

}  // namespace trex::trtexec
