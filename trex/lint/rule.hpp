// What a rule is. One file a rule in rules/, one explicit list in rules.cpp.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "trex/lint/context.hpp"
#include "trex/lint/finding.hpp"

namespace trex::lint {

// What a rule cannot do without; it is skipped, and said to be, when that is not there.
struct Needs {
  bool detail = true;    // a detailed plan: types, tensors
  bool profile = false;  // time per layer
  bool device = false;   // peak rates and bandwidth
  bool timing = false;   // one record per inference
  bool log = false;      // options and figures of a trtexec log, or its metadata
};

// How severe a finding is. By recoverable time: error from 5 % of the engine's time (of low
// confidence: a warning), warning from 1 %, else note. Fixed: always the one given (evidence rules,
// and what no time can be put on).
struct SeverityPolicy {
  bool by_time = true;
  Severity fixed = Severity::note;
};

enum class Group : std::uint8_t {
  precision,
  quantization,
  movement,
  fusion,
  shapes,
  efficiency,
  evidence,
};
std::string_view group_title(Group group);

struct Rule {
  std::string_view id;    // "reformat-round-trip"
  std::string_view code;  // "C02": the alias
  Group group = Group::precision;
  SeverityPolicy severity;
  std::string_view summary;     // one line, lower case
  std::string_view why;         // why it costs
  std::string_view mitigation;  // what to do
  std::string_view source;      // where the rule comes from
  Needs needs;
  std::vector<Finding> (*check)(const Context&) = nullptr;
};

std::span<const Rule* const> rules();                // sorted by code
const Rule* find_rule(std::string_view id_or_code);  // null when unknown
// "all", "a,b", "-a" (all but a), "precision" (a group), codes too. Throws Error, "did you mean".
std::vector<const Rule*> select_rules(std::string_view list);

}  // namespace trex::lint
