// Metric families as OpenMetrics text.
//
// Format: the OpenMetrics specification 1.0 (Prometheus project): TYPE, UNIT and HELP, then the
// samples, one line each; escapes are \\, \" and \n; the last line is "# EOF".

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/openmetrics.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "trex/base/json.hpp"
#include "trex/base/text.hpp"

namespace trex::render {
namespace {

// Control bytes other than line breaks are allowed but help nobody: they are made visible, which
// leaves "\" and quotes to escape.
std::string escaped_label(std::string_view text) {
  return replace_all(replace_all(printable(text), "\\", "\\\\"), "\"", "\\\"");
}

std::string label_text(const MetricLabels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped_label(value));
  }
  return text.empty() ? "" : "{" + text + "}";
}

void add_family(const MetricFamily& family, std::string& out) {
  std::string samples;
  std::set<std::string> seen;
  for (const MetricSample& sample : family.samples) {
    if (!std::isfinite(sample.value)) continue;
    const std::string labels = label_text(sample.labels);
    if (!seen.insert(labels).second) continue;
    samples += family.name + (family.is_info ? "_info" : "") + labels + " ";
    append_json_number(samples, sample.value);
    samples += "\n";
  }
  if (samples.empty()) return;
  out += fmt::format("# TYPE {} {}\n", family.name, family.is_info ? "info" : "gauge");
  if (!family.unit.empty()) out += fmt::format("# UNIT {} {}\n", family.name, family.unit);
  out += fmt::format("# HELP {} {}\n", family.name, escaped_label(family.help));
  out += samples;
}

}  // namespace

std::string openmetrics(std::span<const MetricFamily> families) {
  std::string out;
  for (const MetricFamily& family : families) add_family(family, out);
  return out + "# EOF\n";
}

}  // namespace trex::render
