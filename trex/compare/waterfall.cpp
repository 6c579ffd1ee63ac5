// The milliseconds from a to b, by cause, with what is behind each.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/compare/difference.hpp"
#include "trex/lint/reformat_reason.hpp"

namespace trex::compare {
namespace {

constexpr const char* arrow = " → ";

std::string_view or_unknown(std::string_view text) { return text.empty() ? "unknown" : text; }

// "Convolution FP32 → INT8"; where both are the same, once.
std::string from_to(std::string_view type, std::string_view a, std::string_view b) {
  if (a == b) return fmt::format("{} {}", type, or_unknown(a));
  return fmt::format("{} {}{}{}", type, or_unknown(a), arrow, or_unknown(b));
}

// Why a Reformat is there: its cause, and whether a float residual is behind it.
std::string reformat_detail(const ComparedSide& side, Row row) {
  const lint::ReformatReason reason = lint::reformat_reason(side.context, row);
  std::string text(lint::cause_title(reason.cause));
  if (reason.residual != no_row) text += " of a float residual branch";
  return text;
}

// Collects the details of one step.
class Details {
 public:
  void add(std::string what, double ms, std::string_view example, std::size_t count = 1) {
    const auto [at, is_new] = numbers_.emplace(what, list_.size());
    if (is_new) list_.push_back({std::move(what), 0, 0, std::string(example)});
    Detail& detail = list_[at->second];
    detail.count += count;
    detail.delta_ms += ms;
  }
  std::vector<Detail> take() {
    std::stable_sort(list_.begin(), list_.end(), [](const Detail& x, const Detail& y) {
      return std::abs(x.delta_ms) > std::abs(y.delta_ms);
    });
    return std::move(list_);
  }

 private:
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<Detail> list_;
};

class Steps {
 public:
  Steps(const ComparedSide& a, const ComparedSide& b)
      : a_(a), b_(b), steps_(cause_count), details_(cause_count) {}

  void add(const AlignedGroup& group, const PairDifference& pair) {
    const bool only_reformats = is_reformat(a_, pair.main_a) && is_reformat(b_, pair.main_b);
    const bool nothing = (pair.hidden || only_reformats) && pair.part_ms == 0;
    if (!nothing) {
      count(pair.cause, pair.part_ms, detail_of(group, pair), name_of(pair));
    }
    if (pair.has_reformats) add_reformats(group, pair);
  }

  void add_unjoined_rows() {
    const double rest = unjoined_ms(b_) - unjoined_ms(a_);
    const std::size_t rows =
        a_.engine.profile.unmatched.size() + b_.engine.profile.unmatched.size();
    // Rounding of the sums is no profile row.
    if (rows == 0) return;
    count(Cause::profile_rows, rest, "profile rows without a layer", "", rows);
  }

  void add_overhead(double ms) {
    count(Cause::overhead, ms, "launches, waits, copies, overlap, the profiler's own time", "", 0);
    step(Cause::overhead).count = 1;
  }

  double sum() const {
    double total = 0;
    for (const Step& step : steps_) total += step.delta_ms;
    return total;
  }

  std::vector<Step> take() {
    std::vector<Step> result;
    for (std::size_t i = 0; i < cause_count; ++i) {
      if (steps_[i].count == 0) continue;
      steps_[i].cause = static_cast<Cause>(i);
      steps_[i].details = details_[i].take();
      result.push_back(std::move(steps_[i]));
    }
    std::stable_sort(result.begin(), result.end(), [](const Step& x, const Step& y) {
      const bool last_x = x.cause == Cause::overhead, last_y = y.cause == Cause::overhead;
      if (last_x != last_y) return last_y;
      return std::abs(x.delta_ms) > std::abs(y.delta_ms);
    });
    return result;
  }

 private:
  // Also where a side has no layer.
  static bool is_reformat(const ComparedSide& side, Row row) {
    return row == no_row || side.is_reformat(row);
  }

  Step& step(Cause cause) { return steps_[static_cast<std::size_t>(cause)]; }

  void count(Cause cause, double ms, std::string what, std::string_view example,
             std::size_t pairs = 1) {
    Step& at = step(cause);
    at.delta_ms += ms;
    at.faster_ms += std::min(ms, 0.0);
    at.slower_ms += std::max(ms, 0.0);
    at.count += pairs;
    details_[static_cast<std::size_t>(cause)].add(std::move(what), ms, example, pairs);
  }

  // Sum of the profile beyond the layers.
  static double unjoined_ms(const ComparedSide& side) {
    double joined = 0;
    for (const double ms : side.engine.layers[layer::time_ms].values()) {
      if (std::isfinite(ms)) joined += ms;
    }
    return side.engine.profile.layer_time_ms - joined;
  }

  std::string_view name_of(const PairDifference& pair) const {
    return pair.main_a != no_row ? a_.context.name(pair.main_a) : b_.context.name(pair.main_b);
  }

  std::string detail_of(const AlignedGroup& group, const PairDifference& pair) const {
    const Row x = pair.main_a, y = pair.main_b;
    const std::string_view type = or_unknown(y != no_row ? b_.context.type(y) : a_.context.type(x));
    switch (pair.cause) {
      case Cause::precision:
        return from_to(type, a_.engine.layers[layer::precision][x],
                       b_.engine.layers[layer::precision][y]);
      case Cause::format: {
        const std::string out_a = output_format(a_, x), out_b = output_format(b_, y);
        if (out_a != out_b) return from_to(fmt::format("{} writing", type), out_a, out_b);
        return from_to(fmt::format("{} reading", type), input_format(a_, x), input_format(b_, y));
      }
      case Cause::fused:
      case Cause::split:
        return fmt::format("{} layers{}{}", group.a.size(), arrow, group.b.size());
      default:
        return std::string(type);
    }
  }

  // One Reformat at a time, so that each is told by its own reason: those that are gone by the
  // reason that a had for them, those that came by b's.
  void add_reformats(const AlignedGroup& group, const PairDifference& pair) {
    const bool removed = pair.reformat_cause == Cause::reformats_removed;
    const ComparedSide& told = removed ? a_ : b_;
    const std::vector<Row>& rows = removed ? group.a : group.b;
    std::vector<Row> reformats;
    for (const Row row : rows) {
      if (told.is_reformat(row) && !told.context.hidden(row)) reformats.push_back(row);
    }
    if (reformats.empty()) {
      count(pair.reformat_cause, pair.reformat_part_ms, "Reformat", name_of(pair));
      return;
    }
    // By time, so that the parts add up to the pair's.
    double known = 0;
    for (const Row row : reformats) known += told.context.time_ms(row).value_or(0);
    for (const Row row : reformats) {
      const double weight = known > 0 ? told.context.time_ms(row).value_or(0) / known
                                      : 1 / static_cast<double>(reformats.size());
      count(pair.reformat_cause, pair.reformat_part_ms * weight, reformat_detail(told, row),
            told.context.name(row));
    }
  }

  const ComparedSide& a_;
  const ComparedSide& b_;
  std::vector<Step> steps_;
  std::vector<Details> details_;
};

bool has_layers_time(const ComparedSide& side) {
  return std::isfinite(side.engine.profile.layer_time_ms);
}

}  // namespace

Waterfall waterfall(const ComparedSide& a, const ComparedSide& b, const Alignment& alignment,
                    const std::vector<PairDifference>& pairs) {
  Waterfall result;
  if (!has_layers_time(a) || !has_layers_time(b)) return result;
  Steps steps(a, b);
  for (std::size_t i = 0; i < pairs.size(); ++i) steps.add(alignment.groups[i], pairs[i]);
  steps.add_unjoined_rows();
  const double before = a.context.latency.median, after = b.context.latency.median;
  if (std::isfinite(before) && std::isfinite(after)) {
    result.of = "end to end";
    result.from_ms = before;
    result.to_ms = after;
    steps.add_overhead(after - before - steps.sum());
  } else {
    result.of = "layers";
    result.from_ms = a.engine.profile.layer_time_ms;
    result.to_ms = b.engine.profile.layer_time_ms;
  }
  result.steps = steps.take();
  double at = result.from_ms;
  for (Step& step : result.steps) {
    step.from_ms = at;
    at += step.delta_ms;
    step.to_ms = at;
  }
  return result;
}

}  // namespace trex::compare
