// One thing the engine could do better, or one reason to doubt the evidence.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/table/column.hpp"
#include "trex/table/key.hpp"

namespace trex::lint {

enum class Severity : std::uint8_t { note, warning, error };
std::string_view severity_name(Severity severity);

enum class Confidence : std::uint8_t { low, medium, high };
std::string_view confidence_name(Confidence confidence);

// A figure that made the rule fire: ("channels", 3), ("share", 0.18).
struct Evidence {
  std::string key;
  Json value;
  Unit unit = Unit::none;
};

struct Finding {
  std::string_view rule;    // set by run()
  std::string message;      // one line: which layer, what, with the figures
  std::vector<Row> layers;  // rows of engine.layers; the first is the one to point at
  std::vector<std::string> tensors;
  std::vector<Evidence> evidence;
  Confidence confidence = Confidence::medium;
  std::string mitigation;  // empty: the rule's own

  // What a change could win, as the rule sees it, in ms per inference; run() caps it by the layers'
  // time and never counts one layer's time twice over all findings. Unknown stays unknown.
  std::optional<double> recoverable_ms;
  // Set by run():
  std::optional<double> measured_ms;  // time of `layers`, each once
  Severity severity = Severity::note;
  std::vector<std::string> source_ops;  // of `layers`, distinct, in order
};

}  // namespace trex::lint
