// Reports Reformat layers that only exist because a plugin supports too few formats.
//
// A Reformat fires when its only reader, or its only writer, is a plugin. The claim is its time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace {

bool is_plugin(const Context& c, Row row) {
  return starts_with(c.type(row), "Plugin") || starts_with(c.subtype(row), "Plugin");
}

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, reformat)) continue;
    const auto after = c.successors(row);
    const auto before = c.predecessors(row);
    const bool feeds = after.size() == 1 && is_plugin(c, after[0]);
    const bool follows = before.size() == 1 && is_plugin(c, before[0]);
    if (!feeds && !follows) continue;
    Finding finding;
    finding.message = fmt::format("'{}' only changes the format for the plugin '{}'", c.name(row),
                                  c.name(feeds ? after[0] : before[0]));
    finding.layers = {row};
    const Row in = c.data_input(row), out = c.first_output(row);
    if (in != no_row) finding.evidence.push_back({"from", c.format(in).short_name()});
    if (out != no_row) finding.evidence.push_back({"to", c.format(out).short_name()});
    finding.recoverable_ms = c.time_ms(row);
    finding.confidence = Confidence::high;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

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
    .check = check,
};

}  // namespace trex::lint
