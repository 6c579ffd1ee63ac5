// An engine's figures for dashboards.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "trex/document/metrics.hpp"
#include "trex/model/engine.hpp"

namespace trex::store {

// Families of gauges, each with a sample or more an engine where the figure is known.
std::vector<MetricFamily> engine_metrics(std::span<const Engine> engines);

}  // namespace trex::store
