// Is the evidence sound? Measurement hygiene, from the files alone.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::report {

struct EvidenceIssue {
  std::string id;        // kebab-case, stable; a rule's id where a rule says it
  std::string severity;  // "warning": figures may mislead; "note": good to know
  std::string message;   // what, and the fix
};
// Warnings first; of these which files are missing, what could not be read, then the findings of
// the evidence rules (lint group evidence).
std::vector<EvidenceIssue> evidence_issues(const Engine& engine);

}  // namespace trex::report
