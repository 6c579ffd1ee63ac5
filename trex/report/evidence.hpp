// Is the evidence sound? Measurement hygiene, from the files alone.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::report {

struct EvidenceIssue {
  std::string id;        // kebab-case, stable
  std::string severity;  // "warning": figures may mislead; "note": good to know
  std::string message;   // what, and the fix
};
// In a fixed order: what is missing, then what does not fit together, then what was unstable.
std::vector<EvidenceIssue> evidence_issues(const Engine& engine);

}  // namespace trex::report
