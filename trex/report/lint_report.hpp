// `trex lint`: evidence first, then findings by what they could win, what is good, what was
// skipped.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "trex/document/document.hpp"
#include "trex/document/findings.hpp"

namespace trex::report {

// For people, one engine. `most` findings are told in full; 0: all.
Document lint_report(const FoundIn& found, std::size_t most);
// For programs: one document of all engines, with keys findings, positives, notes, skipped,
// engines.
Document lint_data(std::span<const FoundIn> engines);
// For CSV: one row a finding.
Document lint_rows(std::span<const FoundIn> engines);

}  // namespace trex::report
