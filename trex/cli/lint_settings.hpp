// What a project says of lint in its trex.toml: which rules, thresholds, what to fail on, what to
// live with.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trex/report/lint_suppress.hpp"

namespace trex::cli {

struct LintSettings {
  std::string rules, fail_on;  // empty: not said
  std::optional<double> min_ms;
  std::string baseline;                                    // relative to the working folder
  std::vector<std::pair<std::string, double>> thresholds;  // "rule-id.name", value
  std::vector<report::Suppression> suppressions;
};

// Throws Error naming file and line for malformed TOML, unknown keys ("did you mean") and values of
// another type.
LintSettings read_lint_settings(const std::string& path);
// A file of suppressions only: its [[suppress]] tables.
std::vector<report::Suppression> read_suppressions(const std::string& path);

}  // namespace trex::cli
