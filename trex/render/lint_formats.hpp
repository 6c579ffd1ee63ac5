// Findings and gates for machines that show them: code scanning (SARIF) and test reports (JUnit).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "trex/document/findings.hpp"

namespace trex::render {

// SARIF 2.1.0 (OASIS), one run with every engine's findings. `version` is the program's.
std::string sarif(std::span<const FoundIn> engines, std::string_view version);
// JUnit's XML: a suite an engine, a case a finding and one for each rule that found nothing.
std::string junit(std::span<const FoundIn> engines);
// One suite with a case a rule.
std::string junit(std::string_view suite, std::span<const CheckedRule> checks);

}  // namespace trex::render
