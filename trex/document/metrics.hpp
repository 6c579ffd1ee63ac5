// Figures for dashboards, as plain data: families of samples with labels.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace trex {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

struct MetricSample {
  MetricLabels labels;
  double value = 0;
};

struct MetricFamily {
  std::string name;  // "trex_engine_layer_time_seconds": ends in its unit, where it has one
  std::string unit;  // "seconds", "bytes", ""
  std::string help;
  bool is_info = false;  // its labels are what it says; the value is 1
  std::vector<MetricSample> samples;
};

}  // namespace trex
