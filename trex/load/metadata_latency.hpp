// Latency statistics as metadata JSON and logs state them -> LatencySummary.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trex/base/json.hpp"
#include "trex/model/engine.hpp"

namespace trex {

// "percentile(99.9%)" -> 99.9.
std::optional<double> percentile_of(std::string_view word);
// Puts a value under its name: "min", "max", "mean", "median", "percentile(99%)".
void set_statistic(LatencySummary& summary, std::string_view word, double value);
// A list without names or an object with them; nothing for any other value.
std::optional<LatencySummary> read_latency(const std::string& name, const Json& value);

}  // namespace trex
