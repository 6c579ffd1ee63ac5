// May this build replace the other? Rules that CI states, judged on figures, pairs and findings.
//
// A rule on growth fails only when the change passes its ratio and its least amount, and, where
// there are timing files or several profiles to tell, is no noise. What cannot be judged fails too:
// a gate that looks at nothing must not be green.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/compare/difference.hpp"

namespace trex::compare {

enum class GateKind : std::uint8_t {
  growth,        // METRIC=+2%[,0.01ms]; METRIC=-2% for what must not fall
  bound,         // METRIC<=3, METRIC>=80%
  new_findings,  // findings=none-new
};
enum class Bound : std::uint8_t { at_most, at_least, below, above, equal };

struct GateRule {
  std::string text;      // as given
  std::string metric;    // "end_to_end", "layer", "precision", "findings" ...
  std::string argument;  // "INT8" of "precision:INT8"
  GateKind kind = GateKind::growth;
  double ratio = 0;        // +0.02: may grow by 2 %; negative: may fall by so much
  double least_delta = 0;  // in the metric's unit
  Bound bound = Bound::at_most;
  double limit = 0;  // in the metric's unit
};
// Throws Error that shows the forms, "did you mean" for the metric.
GateRule parse_gate_rule(std::string_view text);
std::vector<std::string> gate_metrics();  // names, for help

// Warnings and errors of lint, evidence left out.
struct FindingsChange {
  bool known = false;
  std::vector<std::string> added, removed;  // messages
  std::size_t kept = 0, in_b = 0;           // in_b: warnings and errors of b
};

struct GateCheck {
  std::string rule;
  bool passed = false;
  std::string reason;                // one line: the figures, whatever the outcome
  std::vector<std::string> details;  // the layers or findings that fail it
};
struct Gate {
  bool passed = true;
  std::vector<GateCheck> checks;
};

Gate judge(std::span<const GateRule> rules, const ComparedSide& a, const ComparedSide& b,
           const Difference& difference, const FindingsChange& findings);

}  // namespace trex::compare
