// Metric families as OpenMetrics text.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "trex/document/metrics.hpp"

namespace trex::render {

// Families without samples are left out, and so are samples that are not finite and those whose
// labels an earlier one of the family has.
std::string openmetrics(std::span<const MetricFamily> families);

}  // namespace trex::render
