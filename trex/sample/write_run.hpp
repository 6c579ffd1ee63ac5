// The files of the two runs, as trtexec's exporters print them: default stream precision (six
// significant digits), names as they are.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/sample/run.hpp"

namespace trex::sample {

// Takes text piece by piece.
using Sink = std::function<void(std::string_view)>;

// One row of X.profile.json and of the log's table.
struct ProfileRow {
  std::string name;
  LayerTimes times;
};

// "{ "name" : "conv1", "timeMs" : 10.36, ... }"
void append_profile_row(std::string& out, std::string_view name, const LayerTimes& times,
                        double total_ms);
void append_profile_begin(std::string& out, std::int64_t count);
inline constexpr std::string_view profile_between = "\n, ", profile_end = "\n]\n";

std::string profile_text(std::int64_t count, const std::vector<ProfileRow>& rows);
double total_ms(const std::vector<ProfileRow>& rows);

// X.timing.json: 265 bytes a record, so written as it is made.
void write_timing(const Inferences& inferences, const Sink& sink);

// As a stream prints a double: "%g".
std::string real_text(double value);

}  // namespace trex::sample
