// Every number a rule compares with, in one table: name, default, meaning, source.
//
// A threshold's full name is "rule-id.name"; `--set rule-id.name=value` and trex.toml override it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace trex::lint {

struct Threshold {
  std::string_view rule;
  std::string_view name;
  double value;
  std::string_view meaning;  // with its unit
  std::string_view source;   // a document, or "ours: ..." with the reason
};
std::span<const Threshold> threshold_table();  // sorted by rule, then name

class Thresholds {
 public:
  Thresholds();                                                    // the defaults
  double get(std::string_view rule, std::string_view name) const;  // must exist: asserted
  // "rule-id.name=value"; throws Error, "did you mean".
  void set(std::string_view assignment);
  void set(std::string_view rule, std::string_view name, double value);

 private:
  std::vector<double> values_;  // as threshold_table()
};

}  // namespace trex::lint
