// Reports Reformat layers that only exist because a plugin supports too few formats.
//
// A Reformat fires when its only reader, or its only writer, is a plugin. One finding for all that
// have the same pair of formats at the same type of plugin. The claim is their time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace plugin_forced_format_rule {

bool is_plugin(const Context& c, Row row) {
  return starts_with(c.type(row), "Plugin") || starts_with(c.subtype(row), "Plugin");
}

// The plugin that alone reads or alone writes what this Reformat does; no_row when none does.
Row plugin_beside(const Context& c, Row row) {
  const auto after = c.successors(row);
  const auto before = c.predecessors(row);
  if (after.size() == 1 && is_plugin(c, after[0])) return after[0];
  if (before.size() == 1 && is_plugin(c, before[0])) return before[0];
  return no_row;
}

std::string format_text(const Context& c, Row tensor) {
  return tensor == no_row ? std::string() : c.format(tensor).short_name();
}

Finding finding_of(const Context& c, const Alike& alike) {
  Finding finding;
  finding.layers = alike.layers();
  const Row first = finding.layers[0];
  const std::string from = format_text(c, c.data_input(first));
  const std::string to = format_text(c, c.first_output(first));
  const std::string plugin = quoted(c.name(plugin_beside(c, first)));
  finding.recoverable_ms = time_of(c, finding.layers);
  finding.message =
      finding.layers.size() == 1
          ? fmt::format("{} only changes the format for the plugin {}", quoted(c.name(first)),
                        plugin)
          : fmt::format("{} only change the format for plugins, {} for {} first{}",
                        counted(finding.layers.size(), "Reformat"), quoted(c.name(first)), plugin,
                        time_text(finding.recoverable_ms));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
  if (!from.empty()) finding.evidence.push_back({"from", Json(from), Unit::none});
  if (!to.empty()) finding.evidence.push_back({"to", Json(to), Unit::none});
  finding.confidence = Confidence::high;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  Gathered found;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    const Row plugin = plugin_beside(c, row);
    if (plugin == no_row) continue;
    const std::string cause =
        fmt::format("{}|{}|{}", c.type(plugin), format_text(c, c.data_input(row)),
                    format_text(c, c.first_output(row)));
    found.add(cause, {row});
  }
  std::vector<Finding> findings;
  for (const Alike& alike : found.groups()) findings.push_back(finding_of(c, alike));
  return findings;
}

}  // namespace plugin_forced_format_rule

constexpr Rule plugin_forced_format = {
    .id = "plugin-forced-format",
    .code = "D14",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "a plugin forces Reformat layers around it",
    .why = "a whole pass over the tensor for want of one more format in the plugin",
    .mitigation = "let the plugin support FP16 kLINEAR and kHWC8, INT8 kCHW32",
    .source = "TensorRT documentation: support as many formats as possible",
    .needs = {},
    .check = plugin_forced_format_rule::check,
};

}  // namespace trex::lint
