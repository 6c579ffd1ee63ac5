// What a lint run says, as plain data: every renderer can show it without knowing rules or engines.
//
// Lint's own reports make text, JSON and Markdown of it (report/lint_report); SARIF and JUnit,
// which have shapes of their own, are made by renderers straight from here.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/table/key.hpp"

namespace trex {

struct FoundRule {  // what a reader may want to know of a rule
  std::string id, code, group;
  std::string summary, why, mitigation, source;
  std::string severity;  // the usual one: "note", "warning", "error"
};

struct FoundEvidence {
  std::string key;
  Json value;
  Unit unit = Unit::none;
};

// Where a layer stands in its graph file; unknown when the file's text was mended.
struct FoundPlace {
  std::string layer;
  std::int64_t index = 0;
  std::optional<std::int64_t> byte_offset, byte_length;
};

struct Found {
  std::size_t rule = 0;  // in FoundIn::rules
  std::string severity, confidence;
  std::string message, mitigation;
  std::vector<FoundPlace> places;  // the layers; the first is the one to point at
  std::vector<std::string> tensors, source_ops;
  std::vector<FoundEvidence> evidence;
  std::optional<double> measured_ms, recoverable_ms;
  std::string fingerprint;     // the same for the same trouble after a rebuild
  std::string baseline_state;  // "new", "unchanged", "absent"; "" without a baseline
  // Set when a suppression holds: why, and until when ("2026-12-31").
  std::optional<std::string> suppressed_because;
  std::string suppressed_until;
  bool fails = false;  // severe enough, as --fail-on says, and neither suppressed nor known
};

struct FoundGood {
  std::string id, message;
  std::vector<FoundEvidence> evidence;
};

struct FoundSkipped {
  std::string rule, code, reason;
};

struct FoundNote {
  std::string file, path, message;
};

// Of one engine. `rules` are those that ran or would have: one list for all engines of a run.
struct FoundIn {
  std::string engine, graph_file;
  std::vector<FoundRule> rules;
  std::vector<Found> evidence;  // reasons to doubt what follows: read first
  std::vector<Found> findings;  // by what they could win
  std::vector<FoundGood> positives;
  std::vector<FoundSkipped> skipped;
  std::vector<FoundNote> notes;      // of loading
  std::vector<FoundNote> run_notes;  // of this run: suppressions that expired or match nothing
  std::optional<double> engine_ms, recoverable_ms, best_ms;
  std::size_t below_min_ms = 0;  // findings that --min-ms left out
};

// A rule of a gate, judged.
struct CheckedRule {
  std::string rule, reason;
  bool passed = false;
  std::vector<std::string> details;
};

}  // namespace trex
