// What changed from engine a to engine b: pair by pair, and milliseconds by cause.
//
// The parts of a waterfall add up to the whole change, always: what the layers do not explain
// stands as the end-to-end remainder, and profile rows that belong to no layer have a step of their
// own. A pair's milliseconds go to one cause, but for its Reformat layers, which have theirs.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/compare/alignment.hpp"
#include "trex/compare/statistics.hpp"
#include "trex/lint/context.hpp"

namespace trex::compare {

enum class Cause : std::uint8_t {
  precision,          // the math runs in another datatype
  format,             // it reads or writes another format
  shape,              // it works on other shapes
  faster_tactic,      // another kernel
  slower_tactic,      // the same, but not for the better
  same_kernel,        // nothing that the files state differs
  reformats_removed,  // Reformat layers that are gone
  reformats_added,
  reformats_kept,  // as many as before
  fused,           // fewer layers do the same
  split,           // more layers do the same
  removed,         // layers whose work is gone
  added,
  unmatched,     // no counterpart found, and none ruled out; or a time on one side only
  profile_rows,  // profile rows that no layer has
  overhead,      // end to end beyond the sum of the layers
};
inline constexpr std::size_t cause_count = 16;
std::string_view cause_name(Cause cause);   // "reformats_removed": for programs
std::string_view cause_title(Cause cause);  // "Reformats removed": for people

// What differs within a pair; bits.
enum Changed : std::uint16_t {
  changed_precision = 1 << 0,
  changed_format = 1 << 1,
  changed_tactic = 1 << 2,
  changed_type = 1 << 3,
  changed_shape = 1 << 4,
  changed_fusion = 1 << 5,  // other numbers of layers
  changed_name = 1 << 6,
  changed_reformats = 1 << 7,
  is_added = 1 << 8,
  is_removed = 1 << 9,
};
struct ChangedWord {
  Changed bit;
  std::string_view word;  // "precision"
};
const std::vector<ChangedWord>& changed_words();

struct PairDifference {
  // The layer that stands for each side: the slowest that is no Reformat; no_row when none.
  Row main_a = no_row, main_b = no_row;
  double time_a_ms = null_real, time_b_ms = null_real;  // of the layers whose time is known
  // b - a; a side without layers counts 0, a side with layers of unknown time makes it unknown.
  double delta_ms = null_real;
  // Where the milliseconds went; together what the pair adds to the waterfall. reformat_cause is
  // the cause of the second part.
  Cause cause = Cause::same_kernel, reformat_cause = Cause::reformats_kept;
  double part_ms = 0, reformat_part_ms = 0;
  bool has_reformats = false;
  std::uint16_t changes = 0;
  bool hidden = false;       // all its layers are: NoOp, Constant ...
  RepeatedChange repeated;   // over several profiles; unknown with one
  bool significant = false;  // repeated.p holds for a false discovery rate of 5 %
};

// One engine with what comparing needs. The engine must outlive it.
struct ComparedSide {
  explicit ComparedSide(const Engine& engine);
  const Engine& engine;
  lint::Context context;
  Sample sample;  // of latency; no values without a timing file
  // Mean times by layer row, one vector a profile; empty or the engine's own when there is but one.
  std::vector<std::vector<double>> profiles;
  bool is_reformat(Row row) const { return context.is(row, lint::reformat); }
};

// Why milliseconds went: "8 Reformats, Q/DQ of a float residual", "12 Convolution FP32 -> INT8".
struct Detail {
  std::string what;
  std::size_t count = 0;
  double delta_ms = 0;
  std::string example;  // a layer's name
};

struct Step {
  Cause cause = Cause::same_kernel;
  double delta_ms = 0;
  double faster_ms = 0, slower_ms = 0;  // the negative and the positive part of it
  std::size_t count = 0;                // pairs, or profile rows
  double from_ms = 0, to_ms = 0;        // where its bar begins and ends
  std::vector<Detail> details;          // the largest first
};

struct Waterfall {
  // "end to end" (medians) where both are known, "layers" (sums of means) where both profiles are,
  // "" when there is nothing to explain.
  std::string of;
  double from_ms = null_real, to_ms = null_real;
  std::vector<Step> steps;  // by |delta_ms|, overhead last; none of 0 pairs
};

struct Difference {
  Alignment alignment;
  std::vector<PairDifference> pairs;  // by group of the alignment
  Waterfall waterfall;
  Change latency;  // significance unknown without two timing files
  std::size_t profiles_a = 0, profiles_b = 0;
};

Difference difference(const ComparedSide& a, const ComparedSide& b, Alignment alignment);

// Steps of its parts.
Waterfall waterfall(const ComparedSide& a, const ComparedSide& b, const Alignment& alignment,
                    const std::vector<PairDifference>& pairs);
std::vector<PairDifference> pair_differences(const ComparedSide& a, const ComparedSide& b,
                                             const Alignment& alignment);

// "FP16 NHWC8"; "" when unknown. Of what the layer reads and of what it writes.
std::string input_format(const ComparedSide& side, Row layer);
std::string output_format(const ComparedSide& side, Row layer);

}  // namespace trex::compare
