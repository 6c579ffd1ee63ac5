// The quick way through a timing file that is as regular as trtexec writes it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trex {

struct ScannedTiming {
  std::vector<std::string> keys;             // of the records, in their order
  std::vector<std::vector<double>> columns;  // by key; empty where it was not wanted
  std::size_t rows = 0;
};

// Nothing at the first byte that is not as in the first two records: then the text is for a real
// JSON reader. What it returns is what such a reader would have read, digit for digit.
// `text` may be as long as it likes; `is_wanted` says which keys to keep.
std::optional<ScannedTiming> scan_timing(std::string_view text,
                                         bool (*is_wanted)(std::string_view key));

}  // namespace trex
