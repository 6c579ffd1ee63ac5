// A lint result as plain data, which reports and renderers show.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "trex/document/findings.hpp"
#include "trex/lint/lint.hpp"

namespace trex::report {

// `rules` are those that were asked for. Load notes become notes.
FoundIn lint_findings(const Engine& engine, const std::vector<const lint::Rule*>& rules,
                      const lint::Result& result);
FoundRule found_rule(const lint::Rule& rule);

}  // namespace trex::report
