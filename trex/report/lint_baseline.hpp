// Which findings were there before: so that a CI fails on new ones only.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "trex/document/findings.hpp"

namespace trex::report {

// JSON: {"version": 1, "findings": [{engine, rule, fingerprint, severity, message}]}.
std::string baseline_text(std::span<const FoundIn> engines);

// Marks each finding "new" or "unchanged", and adds those of the baseline that are gone as "absent"
// (of rules that ran). An engine that the baseline does not name is compared with all of it when
// both are about one engine: a rebuilt one may have another name. Throws Error naming `file`.
void compare_with_baseline(std::span<FoundIn> engines, std::string_view text,
                           std::string_view file);

}  // namespace trex::report
