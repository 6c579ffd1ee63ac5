// Pair by pair: times, what differs, and the cause that the milliseconds go to.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/difference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace trex::compare {
namespace {

// Below it an added or removed layer may as well have a counterpart that was not found.
constexpr double sure_enough = 0.5;
constexpr double false_discoveries = 0.05;

// The layers of one side of a group.
struct Part {
  Row main = no_row;
  double time_ms = 0, reformat_ms = 0;  // sums over known times
  bool timed = false;                   // any time known
  std::size_t shown = 0, reformats = 0, all = 0;
};

Part part_of(const ComparedSide& side, const std::vector<Row>& rows) {
  Part part;
  part.all = rows.size();
  double slowest = -1;
  bool main_is_reformat = true;
  for (const Row row : rows) {
    const std::optional<double> ms = side.context.time_ms(row);
    const bool hidden = side.context.hidden(row);
    const bool reformat = side.is_reformat(row) && !hidden;  // a NoOp copies nothing
    if (!hidden) ++(reformat ? part.reformats : part.shown);
    if (ms) {
      part.timed = true;
      part.time_ms += *ms;
      if (reformat) part.reformat_ms += *ms;
    }
    const double weight = hidden ? -0.5 : ms.value_or(0);
    const bool better = reformat == main_is_reformat ? weight > slowest : main_is_reformat;
    if (part.main == no_row || better) {
      part.main = row;
      slowest = weight;
      main_is_reformat = reformat;
    }
  }
  return part;
}

// Unknown texts differ from nothing.
bool differ(std::string_view a, std::string_view b) { return !a.empty() && !b.empty() && a != b; }

Row first_input(const ComparedSide& side, Row layer) { return side.context.data_input(layer); }
Row first_output(const ComparedSide& side, Row layer) { return side.context.first_output(layer); }

bool shapes_differ(const ComparedSide& a, Row tensor_a, const ComparedSide& b, Row tensor_b) {
  if (tensor_a == no_row || tensor_b == no_row) return false;
  const auto x = a.context.dims(tensor_a), y = b.context.dims(tensor_b);
  return !x.empty() && !y.empty() && !std::equal(x.begin(), x.end(), y.begin(), y.end());
}

std::string_view format_text(const ComparedSide& side, Row tensor) {
  if (tensor == no_row) return {};
  return side.engine.tensors[tensor::format][tensor];
}

class Differences {
 public:
  Differences(const ComparedSide& a, const ComparedSide& b)
      : a_(a),
        b_(b),
        both_timed_(a.engine.profile.present && b.engine.profile.present),
        precision_a_(a.engine.layers[layer::precision]),
        precision_b_(b.engine.layers[layer::precision]),
        tactic_a_(a.context.tactics[tactics::base_name]),
        tactic_b_(b.context.tactics[tactics::base_name]) {}

  PairDifference of(const AlignedGroup& group) const {
    PairDifference pair;
    const Part a = part_of(a_, group.a), b = part_of(b_, group.b);
    pair.main_a = a.main;
    pair.main_b = b.main;
    pair.hidden = a.shown + a.reformats + b.shown + b.reformats == 0;
    pair.has_reformats = a.reformats + b.reformats > 0;
    if (a.timed) pair.time_a_ms = a.time_ms;
    if (b.timed) pair.time_b_ms = b.time_ms;
    const bool known_a = a.timed || a.all == 0, known_b = b.timed || b.all == 0;
    if (known_a && known_b) pair.delta_ms = b.time_ms - a.time_ms;
    pair.changes = changes_of(group, pair, a, b);
    pair.reformat_part_ms = b.reformat_ms - a.reformat_ms;
    pair.part_ms = (b.time_ms - b.reformat_ms) - (a.time_ms - a.reformat_ms);
    pair.reformat_cause = b.reformats < a.reformats   ? Cause::reformats_removed
                          : b.reformats > a.reformats ? Cause::reformats_added
                                                      : Cause::reformats_kept;
    pair.cause = cause_of(group, pair, a, b);
    // Where a time is missing, what the other side has explains nothing.
    if (both_timed_ && (!known_a || !known_b)) pair.reformat_cause = Cause::unmatched;
    return pair;
  }

 private:
  std::uint16_t changes_of(const AlignedGroup& group, const PairDifference& pair, const Part& a,
                           const Part& b) const {
    if (group.a.empty()) return is_added;
    if (group.b.empty()) return is_removed;
    unsigned changes = 0;
    if (a.shown != b.shown) changes |= changed_fusion;
    if (a.reformats != b.reformats) changes |= changed_reformats;
    const Row x = pair.main_a, y = pair.main_b;
    if (differ(a_.context.name(x), b_.context.name(y))) changes |= changed_name;
    if (differ(precision_a_[x], precision_b_[y])) changes |= changed_precision;
    if (differ(tactic_a_[x], tactic_b_[y])) changes |= changed_tactic;
    if (differ(a_.context.type(x), b_.context.type(y))) changes |= changed_type;
    const Row in_a = first_input(a_, x), in_b = first_input(b_, y);
    const Row out_a = first_output(a_, x), out_b = first_output(b_, y);
    if (differ(format_text(a_, in_a), format_text(b_, in_b)) ||
        differ(format_text(a_, out_a), format_text(b_, out_b))) {
      changes |= changed_format;
    }
    if (shapes_differ(a_, out_a, b_, out_b)) changes |= changed_shape;
    return static_cast<std::uint16_t>(changes);
  }

  Cause cause_of(const AlignedGroup& group, const PairDifference& pair, const Part& a,
                 const Part& b) const {
    if (both_timed_ && a.all > 0 && b.all > 0 && a.timed != b.timed) return Cause::unmatched;
    if (group.a.empty() || group.b.empty()) {
      if (group.confidence < sure_enough) return Cause::unmatched;
      return group.a.empty() ? Cause::added : Cause::removed;
    }
    if ((pair.changes & changed_precision) != 0) return Cause::precision;
    if ((pair.changes & changed_shape) != 0) return Cause::shape;
    if ((pair.changes & changed_fusion) != 0)
      return b.shown < a.shown ? Cause::fused : Cause::split;
    if ((pair.changes & changed_format) != 0) return Cause::format;
    if ((pair.changes & changed_tactic) != 0) {
      return pair.part_ms <= 0 ? Cause::faster_tactic : Cause::slower_tactic;
    }
    return Cause::same_kernel;
  }

  const ComparedSide& a_;
  const ComparedSide& b_;
  bool both_timed_;
  View<std::string_view> precision_a_, precision_b_, tactic_a_, tactic_b_;
};

// A group's time in each profile; nothing from a profile that lacks any of its layers' times.
std::vector<double> repeated_times(const ComparedSide& side, const std::vector<Row>& rows) {
  std::vector<double> times;
  for (const std::vector<double>& profile : side.profiles) {
    double sum = 0;
    for (const Row row : rows) {
      if (!side.context.hidden(row)) sum += profile[row];
    }
    if (std::isfinite(sum)) times.push_back(sum);
  }
  return times;
}

void add_significance(const ComparedSide& a, const ComparedSide& b, const Alignment& alignment,
                      std::vector<PairDifference>& pairs) {
  if (a.profiles.size() < 2 || b.profiles.size() < 2) return;
  std::vector<double> p;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const AlignedGroup& group = alignment.groups[i];
    if (!group.a.empty() && !group.b.empty() && !pairs[i].hidden) {
      pairs[i].repeated = repeated_change(repeated_times(a, group.a), repeated_times(b, group.b));
    }
    p.push_back(pairs[i].repeated.p);
  }
  const std::vector<bool> holds = discoveries(p, false_discoveries);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].significant = holds[i];
}

struct CauseWords {
  std::string_view name, title;
};
constexpr std::array<CauseWords, cause_count> cause_words{{
    {"precision", "changed precision"},
    {"format", "other formats"},
    {"shape", "other shapes"},
    {"faster_tactic", "faster tactic"},
    {"slower_tactic", "slower tactic"},
    {"same_kernel", "same kernel, other time"},
    {"reformats_removed", "Reformats removed"},
    {"reformats_added", "Reformats added"},
    {"reformats_kept", "Reformats kept"},
    {"fused", "fused"},
    {"split", "split"},
    {"removed", "layers removed"},
    {"added", "layers added"},
    {"unmatched", "unmatched"},
    {"profile_rows", "profile rows of no layer"},
    {"overhead", "end to end beyond the layers"},
}};

Sample latency_sample(const Engine& engine) {
  if (!engine.timing.has(timing::latency_ms)) return {};
  return make_sample(engine.timing[timing::latency_ms].values());
}

const lint::Thresholds& usual_thresholds() {
  static const lint::Thresholds thresholds;
  return thresholds;
}

}  // namespace

std::string_view cause_name(Cause cause) {
  return cause_words[static_cast<std::size_t>(cause)].name;
}
std::string_view cause_title(Cause cause) {
  return cause_words[static_cast<std::size_t>(cause)].title;
}

const std::vector<ChangedWord>& changed_words() {
  static const std::vector<ChangedWord> words{
      {is_added, "added"},     {changed_format, "format"},       {changed_fusion, "fusion"},
      {changed_name, "name"},  {changed_precision, "precision"}, {changed_reformats, "reformats"},
      {is_removed, "removed"}, {changed_shape, "shape"},         {changed_tactic, "tactic"},
      {changed_type, "type"},
  };
  return words;
}

std::string input_format(const ComparedSide& side, Row layer) {
  return std::string(format_text(side, first_input(side, layer)));
}
std::string output_format(const ComparedSide& side, Row layer) {
  return std::string(format_text(side, first_output(side, layer)));
}

ComparedSide::ComparedSide(const Engine& e)
    : engine(e), context(e, usual_thresholds()), sample(latency_sample(e)) {}

std::vector<PairDifference> pair_differences(const ComparedSide& a, const ComparedSide& b,
                                             const Alignment& alignment) {
  const Differences differences(a, b);
  std::vector<PairDifference> pairs;
  pairs.reserve(alignment.groups.size());
  for (const AlignedGroup& group : alignment.groups) pairs.push_back(differences.of(group));
  add_significance(a, b, alignment, pairs);
  return pairs;
}

Difference difference(const ComparedSide& a, const ComparedSide& b, Alignment alignment) {
  Difference result;
  result.pairs = pair_differences(a, b, alignment);
  result.waterfall = waterfall(a, b, alignment, result.pairs);
  result.latency = change_of(a.sample, b.sample);
  if (std::isnan(result.latency.ratio) && a.context.latency.median > 0) {  // from the logs
    result.latency.ratio = b.context.latency.median / a.context.latency.median - 1;
  }
  const auto profiles = [](const ComparedSide& side) {
    return std::max<std::size_t>(side.profiles.size(), side.engine.profile.present ? 1 : 0);
  };
  result.profiles_a = profiles(a);
  result.profiles_b = profiles(b);
  result.alignment = std::move(alignment);
  return result;
}

}  // namespace trex::compare
