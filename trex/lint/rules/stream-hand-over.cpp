// Reports an engine that hands work between streams more than it gains by it.
//
// Fires on many signal and wait layers, or on side streams whose layers are tiny. The hand-overs'
// own measured time is the claim.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace stream_hand_over_rule {

struct SideStreams {
  std::int64_t layers = 0;
  double time_ms = 0;
};

SideStreams side_streams(const Context& c) {
  const auto stream = c.engine.layers[layer::stream];
  SideStreams side;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row) || stream[row].value_or(0) == 0) continue;
    ++side.layers;
    side.time_ms += c.time_ms(row).value_or(0);
  }
  return side;
}

std::vector<Finding> check(const Context& c) {
  Finding finding;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.type(row) == "signal" || c.type(row) == "wait") finding.layers.push_back(row);
  }
  const auto hand_overs = static_cast<std::int64_t>(finding.layers.size());
  const SideStreams side = side_streams(c);
  const bool many =
      static_cast<double>(hand_overs) >= c.thresholds.get("stream-hand-over", "min_hand_overs");
  const bool tiny = c.engine_ms && side.layers > 0 &&
                    side.time_ms / static_cast<double>(side.layers) <
                        c.thresholds.get("stream-hand-over", "tiny_layer_ms");
  if (!many && !tiny) return {};
  finding.message =
      fmt::format("{} signals and waits for {} layers on side streams", hand_overs, side.layers);
  finding.evidence = {{"hand_overs", hand_overs, Unit::count},
                      {"side_stream_layers", side.layers, Unit::count},
                      {"side_stream_ms", side.time_ms, Unit::milliseconds}};
  for (const Row row : finding.layers) {
    if (const auto t = c.time_ms(row)) {
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + *t;
    }
  }
  finding.confidence = Confidence::low;  // the overlap that the streams win is not in the files
  return {std::move(finding)};
}

}  // namespace stream_hand_over_rule

constexpr Rule stream_hand_over = {
    .id = "stream-hand-over",
    .code = "E07",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "work is handed between streams for little",
    .why = "every signal and wait is an event; side streams also raise memory",
    .mitigation = "compare with a build of --maxAuxStreams=0",
    .source = "TensorRT documentation, within-inference multi-streaming; TensorRT issue 3665",
    .needs = {},
    .check = stream_hand_over_rule::check,
};

}  // namespace trex::lint
