// The figures by which engines are compared, as one list: totals, gates, baselines and tables of N
// engines take name, unit and meaning from here.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "trex/compare/difference.hpp"

namespace trex::compare {

enum class Better : std::uint8_t { lower, higher, neither };

struct FigureSpec {
  std::string_view key;   // in JSON: "end_to_end_ms"
  std::string_view gate;  // in --gate: "end_to_end"
  std::string_view label;
  Unit unit;
  Better better;
  double least_delta;  // a gate on growth ignores smaller changes unless told otherwise
  // The quantile of the latencies that it is; -1 for what is no latency.
  double quantile = -1;
};
std::span<const FigureSpec> figure_specs();

// By figure_specs(); NaN where unknown.
std::vector<double> figures_of(const ComparedSide& side);

// Counts and bytes as whole numbers, unknown as null.
Json figure_json(double value, Unit unit);

// Part of the layers' time (without a profile: of the layers) that runs in a precision ("INT8");
// unknown without layers.
double precision_share(const ComparedSide& side, std::string_view precision);

}  // namespace trex::compare
