// Findings that somebody decided to live with: which, why, and until when.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/document/findings.hpp"

namespace trex::report {

struct Suppression {
  std::string rule;     // id or code; "all"
  std::string layers;   // a regular expression that a part of each layer's name matches; "": any
  std::string reason;   // must be there
  std::string expires;  // the last day it holds, "2026-12-31"; "": for ever
  std::string file;     // where it stands, for messages
  std::string where;    // "suppress 2"
};

// "2026-12-31": four, two and two digits that are a date.
bool is_date(std::string_view text);

// Marks the findings of which every layer is matched. One that has expired on `today`, and one that
// matched nothing in any engine, is said so in the first engine's `run_notes`. Throws Error for an
// unknown rule, a malformed pattern or date, and a missing reason.
void suppress(std::span<FoundIn> engines, const std::vector<Suppression>& suppressions,
              std::string_view today);

}  // namespace trex::report
