// Runs the rules, then settles what each finding is worth: no layer's time is counted twice.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/lint.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace trex::lint {
namespace {

// Severity by recoverable time, as a share of the engine's: lint-rules.md's scale.
constexpr double error_share = 0.05;
constexpr double warning_share = 0.01;

std::optional<std::string> missing(const Needs& needs, const Context& c) {
  if (needs.detail && c.engine.verbosity != Verbosity::detailed) {
    return "needs a plan with detailed verbosity: build with --profilingVerbosity=detailed";
  }
  if (needs.profile && !c.engine_ms) return "needs a profile: trtexec --exportProfile";
  if (needs.device && !c.device.bandwidth_gbps) return "needs the GPU: a trtexec log or metadata";
  if (needs.timing && c.engine.timing.row_count() == 0) {
    return "needs a timing file: trtexec --exportTimes";
  }
  if (needs.log && c.engine.profile_metadata.entries.empty() &&
      c.engine.build_metadata.entries.empty()) {
    return "needs a trtexec log or its metadata";
  }
  return std::nullopt;
}

std::vector<Row> distinct(std::vector<Row> rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::optional<double> time_of(const Context& c, const std::vector<Row>& layers) {
  std::optional<double> sum;
  for (const Row row : layers) {
    if (const auto t = c.time_ms(row)) sum = sum.value_or(0) + *t;
  }
  if (sum && !std::isfinite(*sum)) sum.reset();
  return sum;
}

Severity severity_of(const Rule& rule, const Finding& finding, const Context& c) {
  if (!rule.severity.by_time) return rule.severity.fixed;
  if (!finding.recoverable_ms || !c.engine_ms || *c.engine_ms <= 0) return Severity::note;
  const double share = *finding.recoverable_ms / *c.engine_ms;
  if (share < warning_share) return Severity::note;
  // What is a guess should not fail anyone's build.
  const bool sure = finding.confidence != Confidence::low;
  return share >= error_share && sure ? Severity::error : Severity::warning;
}

void settle(const Rule& rule, const Context& c, Finding& finding) {
  finding.rule = rule.id;
  finding.measured_ms = time_of(c, distinct(finding.layers));
  if (finding.recoverable_ms) {
    // What is not measured cannot be won; what a layer takes is the most it can give.
    if (!finding.measured_ms) {
      finding.recoverable_ms.reset();
    } else {
      finding.recoverable_ms =
          std::clamp(*finding.recoverable_ms, 0.0, std::max(0.0, *finding.measured_ms));
    }
  }
  const auto ops = c.engine.layers[layer::source_ops];
  std::unordered_set<StringId> seen;
  for (const Row row : finding.layers) {
    const TextList list = ops[row];
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (seen.insert(list.ids()[i]).second) finding.source_ops.emplace_back(list[i]);
    }
  }
  finding.severity = severity_of(rule, finding, c);
}

// The findings' claims in order of size, each served from what its layers still have.
std::optional<double> total_recoverable(const Context& c, const std::vector<Finding>& ranked) {
  std::vector<double> left(c.engine.layer_count());
  for (Row row = 0; row < left.size(); ++row) left[row] = c.time_ms(row).value_or(0);
  std::optional<double> sum;
  for (const Finding& finding : ranked) {
    if (!finding.recoverable_ms) continue;
    double claim = *finding.recoverable_ms;
    for (const Row row : distinct(finding.layers)) {
      const double taken = std::min(claim, left[row]);
      left[row] -= taken;
      claim -= taken;
      sum = sum.value_or(0) + taken;
    }
  }
  return sum;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

std::string_view confidence_name(Confidence confidence) {
  switch (confidence) {
    case Confidence::low:
      return "low";
    case Confidence::medium:
      return "medium";
    case Confidence::high:
      return "high";
  }
  return "";
}

Run::Run(const Context& context, std::vector<const Rule*> rules)
    : context_(context), rules_(std::move(rules)) {
  result_.engine_ms = context.engine_ms;
}

void Run::step() {
  const Rule& rule = *rules_.at(next_++);
  if (auto reason = missing(rule.needs, context_)) {
    result_.skipped.push_back({&rule, std::move(*reason)});
    return;
  }
  for (Finding& finding : rule.check(context_)) {
    settle(rule, context_, finding);
    auto& list = rule.group == Group::evidence ? result_.evidence : result_.findings;
    list.push_back(std::move(finding));
  }
}

Result Run::finish() {
  while (left() > 0) step();
  std::stable_sort(result_.findings.begin(), result_.findings.end(),
                   [](const Finding& a, const Finding& b) {
                     const double first = a.recoverable_ms.value_or(-1);
                     const double second = b.recoverable_ms.value_or(-1);
                     if (first != second || a.recoverable_ms) return first > second;
                     return a.measured_ms.value_or(-1) > b.measured_ms.value_or(-1);
                   });
  std::stable_sort(result_.evidence.begin(), result_.evidence.end(),
                   [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
  result_.recoverable_ms = total_recoverable(context_, result_.findings);
  if (context_.engine_ms && result_.recoverable_ms) {
    result_.best_ms = std::max(0.0, *context_.engine_ms - *result_.recoverable_ms);
  }
  if (context_.engine.verbosity == Verbosity::detailed) result_.positives = positives(context_);
  return std::move(result_);
}

Result run(const Engine& engine, const std::vector<const Rule*>& rules,
           const Thresholds& thresholds) {
  const Context context(engine, thresholds);
  return Run(context, rules).finish();
}

}  // namespace trex::lint
