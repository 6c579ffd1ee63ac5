// Judges the rules of a gate.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/units.hpp"
#include "trex/compare/figures.hpp"

namespace trex::compare {
namespace {

std::string said(double value, Unit unit) {
  switch (unit) {
    case Unit::milliseconds:
      return human_ms(value) + " ms";
    case Unit::bytes:
      return human_bytes(static_cast<std::int64_t>(std::clamp(value, -9e18, 9e18)));
    case Unit::fraction:
      return human_percent(value);
    default:
      return fmt::format("{:g}", value);
  }
}

std::string said_ratio(double ratio) { return fmt::format("{:+.2f}%", 100 * ratio); }

bool holds(Bound bound, double value, double limit) {
  switch (bound) {
    case Bound::at_most:
      return value <= limit;
    case Bound::at_least:
      return value >= limit;
    case Bound::below:
      return value < limit;
    case Bound::above:
      return value > limit;
    case Bound::equal:
      break;
  }
  return value == limit;
}

// Past the ratio and the least amount, in the direction that the rule watches.
bool exceeds(const GateRule& rule, double before, double after) {
  const double delta = after - before;
  if (rule.ratio < 0) return after < before * (1 + rule.ratio) && -delta > rule.least_delta;
  return after > before * (1 + rule.ratio) && delta > rule.least_delta;
}

class Judge {
 public:
  Judge(const ComparedSide& a, const ComparedSide& b, const Difference& difference,
        const FindingsChange& findings)
      : a_(a), b_(b), difference_(difference), findings_(findings) {}

  GateCheck check(const GateRule& rule) {
    GateCheck check{.rule = rule.text, .reason = {}, .details = {}};
    if (rule.metric == "layer") {
      layers(rule, check);
    } else if (rule.kind == GateKind::new_findings) {
      new_findings(check);
    } else {
      figure(rule, check);
    }
    return check;
  }

 private:
  const FigureSpec* spec_of(const GateRule& rule) const {
    for (const FigureSpec& spec : figure_specs()) {
      if (spec.gate == rule.metric) return &spec;
    }
    return nullptr;
  }

  // The metric's value; NaN where unknown.
  double value(const GateRule& rule, bool of_b) {
    if (rule.metric == "precision") return precision_share(of_b ? b_ : a_, rule.argument);
    if (rule.metric == "findings") {
      return of_b && findings_.known ? static_cast<double>(findings_.in_b) : null_real;
    }
    std::vector<double>& figures = of_b ? figures_b_ : figures_a_;
    if (figures.empty()) figures = figures_of(of_b ? b_ : a_);
    return figures[static_cast<std::size_t>(spec_of(rule) - figure_specs().data())];
  }

  void figure(const GateRule& rule, GateCheck& check) {
    const FigureSpec* spec = spec_of(rule);
    const Unit unit = spec != nullptr              ? spec->unit
                      : rule.metric == "precision" ? Unit::fraction
                                                   : Unit::count;
    const double after = value(rule, true);
    if (rule.kind == GateKind::bound) {
      if (std::isnan(after)) return unknown(rule, b_, check);
      check.passed = holds(rule.bound, after, rule.limit);
      check.reason = "is " + said(after, unit);
      return;
    }
    const double before = value(rule, false);
    if (std::isnan(after)) return unknown(rule, b_, check);
    if (std::isnan(before)) return unknown(rule, a_, check);
    check.passed = !exceeds(rule, before, after);
    check.reason = fmt::format("{} to {}", said(before, unit), said(after, unit));
    if (before > 0) check.reason += fmt::format(", {}", said_ratio(after / before - 1));
    if (spec != nullptr && spec->quantile >= 0) noise(*spec, check);
  }

  static std::string colon(const GateRule& rule) {
    return rule.argument.empty() ? "" : ":" + rule.argument;
  }

  // A change that is noise fails nothing.
  void noise(const FigureSpec& spec, GateCheck& check) {
    const Change change = change_of(a_.sample, b_.sample, spec.quantile);
    if (!change.significant) {
      check.reason += "; without two timing files nothing says whether that is noise";
      return;
    }
    check.reason += fmt::format(" (99% interval {} to {})", said_ratio(change.interval.low),
                                said_ratio(change.interval.high));
    if (check.passed || *change.significant) return;
    check.passed = true;
    check.reason += ": within noise";
  }

  static void unknown(const GateRule& rule, const ComparedSide& side, GateCheck& check) {
    check.passed = false;
    check.reason = fmt::format("cannot be judged: {} of '{}' is unknown", rule.metric + colon(rule),
                               side.engine.name);
  }

  void new_findings(GateCheck& check) const {
    if (!findings_.known) {
      check.reason = "cannot be judged: findings were not looked for";
      return;
    }
    check.passed = findings_.added.empty();
    check.reason = fmt::format("{} new, {} gone, {} kept", findings_.added.size(),
                               findings_.removed.size(), findings_.kept);
    check.details = findings_.added;
  }

  void layers(const GateRule& rule, GateCheck& check) const {
    const bool repeated = difference_.profiles_a > 1 && difference_.profiles_b > 1;
    std::vector<std::pair<double, std::size_t>> worse;  // by delta
    std::size_t looked_at = 0, noise = 0;
    for (std::size_t i = 0; i < difference_.pairs.size(); ++i) {
      const PairDifference& pair = difference_.pairs[i];
      if (pair.main_a == no_row || pair.main_b == no_row || std::isnan(pair.delta_ms)) continue;
      ++looked_at;
      if (!exceeds(rule, pair.time_a_ms, pair.time_b_ms)) continue;
      if (repeated && !pair.significant) {
        ++noise;
        continue;
      }
      worse.emplace_back(std::abs(pair.delta_ms), i);
    }
    check.passed = worse.empty() && looked_at > 0;
    check.reason = looked_at == 0 ? "cannot be judged: no pair of layers has times on both sides"
                                  : fmt::format("{} of {} pairs", worse.size(), looked_at);
    if (noise > 0) check.reason += fmt::format("; {} more within noise", noise);
    if (!repeated && !worse.empty()) {
      check.reason += "; with one profile each, nothing says whether that is noise";
    }
    std::stable_sort(worse.begin(), worse.end(),
                     [](const auto& x, const auto& y) { return x.first > y.first; });
    for (const auto& entry : worse)
      check.details.push_back(said_pair(difference_.pairs[entry.second]));
  }

  std::string said_pair(const PairDifference& pair) const {
    std::string text = fmt::format("{}: {} to {} ms", b_.context.name(pair.main_b),
                                   human_ms(pair.time_a_ms), human_ms(pair.time_b_ms));
    if (pair.time_a_ms > 0) {
      text += fmt::format(", {}", said_ratio(pair.time_b_ms / pair.time_a_ms - 1));
    }
    return text;
  }

  const ComparedSide& a_;
  const ComparedSide& b_;
  const Difference& difference_;
  const FindingsChange& findings_;
  std::vector<double> figures_a_, figures_b_;
};

}  // namespace

Gate judge(std::span<const GateRule> rules, const ComparedSide& a, const ComparedSide& b,
           const Difference& difference, const FindingsChange& findings) {
  Judge judge(a, b, difference, findings);
  Gate gate;
  for (const GateRule& rule : rules) {
    gate.checks.push_back(judge.check(rule));
    gate.passed = gate.passed && gate.checks.back().passed;
  }
  return gate;
}

}  // namespace trex::compare
