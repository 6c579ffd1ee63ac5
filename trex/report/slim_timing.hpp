// A timing file with what trex reads of it, and no more, where a report would else be too large.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "trex/base/file.hpp"

namespace trex::report {

// A timing file of trtexec of so many records has 25 MB; a report is to be mailed.
inline constexpr std::size_t most_whole_records = 100'000;

struct SlimTiming {
  std::string json;
  std::size_t records;
};

// The durations of every record, exactly as they are, in their order: percentiles, drift and modes
// stay what they were. Left out are the points in time at which each part began and ended, three
// quarters of the file, which no report of trex shows. Nothing where the file has few records, or
// none that could be read.
std::optional<SlimTiming> slim_timing(const Bytes& text, const std::string& file,
                                      std::size_t most_whole = most_whole_records);

}  // namespace trex::report
