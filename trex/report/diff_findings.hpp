// Which findings of lint came and which went, from one engine to another.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/compare/gate.hpp"

namespace trex::report {

// Warnings and errors of every rule, as a baseline that findings_change() reads.
std::string findings_text(const Engine& engine);
// `before`: what findings_text() gave; `file` names it in errors. Runs lint on `after`. Findings
// are the same when their fingerprints are: a rebuild may rename layers.
compare::FindingsChange findings_change(const std::string& before, const std::string& file,
                                        const Engine& after);

}  // namespace trex::report
