// Reports plugins: what stands around them cannot fuse with them.
//
// One finding for the engine. No claim: the time of a native operation is not in the files.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace plugin_barrier_rule {

std::vector<Finding> check(const Context& c) {
  Finding finding;
  double time_ms = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!starts_with(c.type(row), "Plugin") && !starts_with(c.subtype(row), "Plugin")) continue;
    finding.layers.push_back(row);
    time_ms += c.time_ms(row).value_or(0);
  }
  if (finding.layers.empty()) return {};
  const auto count = static_cast<std::int64_t>(finding.layers.size());
  finding.message = fmt::format("{} plugin layer{}, such as '{}'", count, count == 1 ? "" : "s",
                                c.name(finding.layers.front()));
  finding.evidence = {{"count", count, Unit::count}};
  if (c.engine_ms) finding.evidence.push_back({"time_ms", time_ms, Unit::milliseconds});
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace plugin_barrier_rule

constexpr Rule plugin_barrier = {
    .id = "plugin-barrier",
    .code = "D13",
    .group = Group::fusion,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "plugins bar fusion",
    .why = "the builder cannot look into a plugin, so nothing fuses with it",
    .mitigation =
        "use native operations where TensorRT has them by now; else IPluginV3 with more formats",
    .source = "TensorRT documentation, plugins and performance",
    .needs = {},
    .check = plugin_barrier_rule::check,
};

}  // namespace trex::lint
