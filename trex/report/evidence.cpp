// Is the evidence sound? Measurement hygiene, from the files alone.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"
#include "trex/document/units.hpp"

namespace trex::report {
namespace {

using Issues = std::vector<EvidenceIssue>;

// benchstat asks for "at least 10" samples; a median of fewer says little.
constexpr std::int64_t few_iterations = 10;
// trtexec calls a run unstable above a coefficient of variance of 1 % (to 10.13.0) or 2.5 %
// (later); its samples are averages of 10 runs, ours single inferences, which scatter more.
constexpr double unstable_variation = 0.03;
// The two halves of a run with locked clocks agree much better than this.
constexpr double drift_between_halves = 0.02;
// Above this, the events around each layer cost so much that small layers look slow.
constexpr double inflated_layer_sum = 1.15;
constexpr double large_transfer_share = 0.10;

void check_graph(const Engine& engine, Issues& issues) {
  if (engine.verbosity == Verbosity::unknown) {
    issues.push_back({"no-graph", "warning",
                      "no graph file, so no layer has a type, tensors or a precision: run trtexec "
                      "--exportLayerInfo=FILE --profilingVerbosity=detailed"});
  } else if (engine.verbosity != Verbosity::detailed) {
    issues.push_back({"names-only", "warning",
                      "the layers are names only: rebuild with --profilingVerbosity=detailed"});
  }
  std::int64_t unknown_formats = 0;
  for (const Format& format : engine.formats) {
    if (!format.recognised && !format.dynamic && !format.raw.empty()) ++unknown_formats;
  }
  if (unknown_formats > 0) {
    issues.push_back({"unknown-format", "note",
                      fmt::format("{} tensor format{} not understood: their bytes are unknown",
                                  unknown_formats, unknown_formats == 1 ? " is" : "s are")});
  }
}

void check_profile(const Engine& engine, Issues& issues) {
  const ProfileFacts& profile = engine.profile;
  if (!profile.present) {
    issues.push_back({"no-profile", "warning",
                      "no profile, so no layer has a time: run trtexec --exportProfile=FILE"});
    return;
  }
  if (profile.iterations != null_integer && profile.iterations < few_iterations) {
    issues.push_back(
        {"few-iterations", "warning",
         fmt::format("the profile is of {} iteration{}: below {}, means and medians "
                     "say little; raise --iterations or --duration",
                     profile.iterations, profile.iterations == 1 ? "" : "s", few_iterations)});
  }
  if (profile.matched_rows < profile.rows) {
    issues.push_back(
        {"unmatched-profile-rows", "warning",
         fmt::format(
             "{} of {} profile rows belong to no layer, such as '{}': is the profile of "
             "this engine?",
             profile.rows - profile.matched_rows, profile.rows,
             profile.unmatched.empty() ? "" : shorten_middle(profile.unmatched.front(), 60))});
  }
  const View<double> time = engine.layers[layer::time_ms];
  const View<bool> hidden = engine.layers[layer::hidden];
  std::int64_t untimed = 0;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (!hidden.is_true(row) && !time[row]) ++untimed;
  }
  if (untimed > 0) {
    issues.push_back({"untimed-layers", "warning",
                      fmt::format("{} of {} layers have no time in the profile", untimed,
                                  engine.layer_count())});
  }
  if (profile.joined_by == "order" || profile.joined_by == "index") {
    issues.push_back({"joined-by-order", "note",
                      fmt::format("the profile was joined with the layers by {}, not by name",
                                  profile.joined_by)});
  }
}

struct Spread {
  double mean = 0, deviation = 0;
};
Spread spread(std::span<const double> values) {
  Spread result;
  double count = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    // Welford: one pass, no cancellation.
    count += 1;
    const double delta = value - result.mean;
    result.mean += delta / count;
    result.deviation += delta * (value - result.mean);
  }
  result.deviation = count > 1 ? std::sqrt(result.deviation / (count - 1)) : 0;
  return result;
}

std::optional<double> median_of(std::span<const double> values) {
  std::vector<double> known;
  for (const double value : values) {
    if (std::isfinite(value)) known.push_back(value);
  }
  if (known.empty()) return std::nullopt;
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::nth_element(known.begin(), middle, known.end());
  return *middle;
}

void check_drift(std::span<const double> latency, Issues& issues) {
  const std::optional<double> early = median_of(latency.first(latency.size() / 2));
  const std::optional<double> late = median_of(latency.subspan(latency.size() / 2));
  if (!early || !late || *early <= 0) return;
  const double change = *late / *early - 1;
  if (std::abs(change) <= drift_between_halves) return;
  issues.push_back(
      {"drift", "warning",
       fmt::format("the latency drifted: the second half's median is {} {} than the "
                   "first's; lock the clocks (nvidia-smi -lgc) and watch temperature",
                   said(std::abs(change), Unit::fraction), change > 0 ? "higher" : "lower")});
}

void check_timing(const Engine& engine, Issues& issues) {
  if (engine.timing.row_count() == 0 || !engine.timing.has(timing::latency_ms)) {
    issues.push_back({"no-timing", "note",
                      "no timing file, so scatter and drift are unknown: run trtexec "
                      "--exportTimes=FILE"});
    return;
  }
  const std::span<const double> latency = engine.timing[timing::latency_ms].values();
  if (latency.size() < static_cast<std::size_t>(few_iterations)) {
    issues.push_back({"few-inferences", "warning",
                      fmt::format("the timing file has {} inferences: too few for percentiles",
                                  latency.size())});
    return;
  }
  const Spread scatter = spread(latency);
  if (scatter.mean > 0 && scatter.deviation / scatter.mean > unstable_variation) {
    issues.push_back(
        {"unstable", "warning",
         fmt::format("the latency scatters by {} (standard deviation over mean; quiet runs stay "
                     "below {}): lock the clocks, close what else runs on the GPU",
                     said(scatter.deviation / scatter.mean, Unit::fraction),
                     said(unstable_variation, Unit::fraction))});
  }
  check_drift(latency, issues);
  if (!engine.timing.has(timing::h2d_ms) || !engine.timing.has(timing::d2h_ms)) return;
  const double copies = spread(engine.timing[timing::h2d_ms].values()).mean +
                        spread(engine.timing[timing::d2h_ms].values()).mean;
  if (scatter.mean > 0 && copies / scatter.mean >= large_transfer_share) {
    issues.push_back({"transfers", "note",
                      fmt::format("{} of the latency is copies between host and device: "
                                  "--noDataTransfers leaves them out",
                                  said(copies / scatter.mean, Unit::fraction))});
  }
}

// Layers run one after the other and their sum is taken over the GPU's compute time.
void check_layer_sum(const Engine& engine, Issues& issues) {
  if (!engine.profile.present || engine.timing.row_count() == 0 ||
      !engine.timing.has(timing::compute_ms)) {
    return;
  }
  const std::optional<double> compute = median_of(engine.timing[timing::compute_ms].values());
  const double sum = engine.profile.layer_time_ms;
  if (!compute || *compute <= 0 || !(sum > inflated_layer_sum * *compute)) return;
  issues.push_back(
      {"inflated-layer-times", "note",
       fmt::format("the layers sum to {}, {} above the GPU's {}: timing each layer "
                   "costs time, most for small ones; trust shares more than sums",
                   said(sum, Unit::milliseconds), said(sum / *compute - 1, Unit::fraction),
                   said(*compute, Unit::milliseconds))});
}

std::string device_named(const Metadata& metadata) {
  const Json* name = metadata.find("device_information", "Selected Device");
  return name != nullptr && name->text() != nullptr ? *name->text() : "";
}

void check_origins(const Engine& engine, Issues& issues) {
  const std::string built_on = device_named(engine.build_metadata);
  const std::string run_on = device_named(engine.profile_metadata);
  if (!built_on.empty() && !run_on.empty() && built_on != run_on) {
    issues.push_back({"other-gpu", "warning",
                      fmt::format("built on '{}' but profiled on '{}'", built_on, run_on)});
  }
  const std::string& built_with = engine.build_metadata.tensorrt_version;
  const std::string& run_with = engine.profile_metadata.tensorrt_version;
  if (!built_with.empty() && !run_with.empty() && built_with != run_with) {
    issues.push_back(
        {"other-tensorrt", "warning",
         fmt::format("built with TensorRT {} but profiled with {}", built_with, run_with)});
  }
}

}  // namespace

std::vector<EvidenceIssue> evidence_issues(const Engine& engine) {
  Issues issues;
  check_graph(engine, issues);
  check_profile(engine, issues);
  check_origins(engine, issues);
  check_layer_sum(engine, issues);
  check_timing(engine, issues);
  return issues;
}

}  // namespace trex::report
