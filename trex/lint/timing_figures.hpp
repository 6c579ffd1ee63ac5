// Means, medians and scatter of a timing file's columns, over the values that are known.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::lint {

// In the file's order; empty when it has no such column.
std::vector<double> known_values(const Engine& engine, Key<double> column);
std::optional<double> mean_of(const Engine& engine, Key<double> column);
std::optional<double> median_of(const Engine& engine, Key<double> column);
// The upper median; 0 for no values.
double median_of(std::span<const double> values);
// Standard deviation (n - 1) over mean; 0 where it has no meaning.
double variation_of(std::span<const double> values);

}  // namespace trex::lint
