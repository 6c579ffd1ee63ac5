// Reports a profile taken on a GPU that was held back by power, heat or its supply.
//
// Read from the recording that `trex process` and `trex gpu lock --record` leave beside the timing
// file (X.gpu.jsonl): the share of its samples, of those in which the GPU worked, where NVML names
// a reason that slows. Clocks that someone set are no such reason.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace throttled_gpu_rule {

constexpr std::string_view section = "gpu_recording";

std::optional<double> figure(const Metadata& metadata, std::string_view key) {
  const Json* value = metadata.find(section, key);
  return value == nullptr ? std::nullopt : value->number();
}

std::vector<Finding> check(const Context& c) {
  const Metadata& metadata = c.engine.profile_metadata;
  const std::optional<double> share = figure(metadata, "slowed_share");
  if (!share || *share <= c.thresholds.get("throttled-gpu", "max_share")) return {};
  const Json* reasons = metadata.find(section, "slowed_by");
  const std::optional<double> mean = figure(metadata, "mean_sm_mhz");
  const std::optional<double> wanted = figure(metadata, "asked_sm_mhz");
  Finding finding;
  finding.message =
      fmt::format("the GPU was held back in {:.0f} % of the time{}", 100 * *share,
                  reasons != nullptr && reasons->text() != nullptr ? ": " + *reasons->text() : "");
  if (mean && wanted) {
    finding.message += fmt::format("; it ran at {:.0f} of {:.0f} MHz on average", *mean, *wanted);
  }
  finding.evidence = {{"slowed_share", *share, Unit::fraction}};
  if (mean) finding.evidence.push_back({"mean_sm_mhz", *mean, Unit::megahertz});
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace throttled_gpu_rule

constexpr Rule throttled_gpu = {
    .id = "throttled-gpu",
    .code = "G09",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "the GPU was slowed down by power or heat while it was profiled",
    .why =
        "every time in the profile is longer than on a GPU that holds its clock, and by how much "
        "differs from run to run",
    .mitigation =
        "lock a clock that the GPU can hold (trex gpu lock --clock), raise the power limit, cool "
        "it",
    .source = "NVML API reference, nvmlClocksThrottleReasons",
    .needs = {.detail = false},
    .check = throttled_gpu_rule::check,
};

}  // namespace trex::lint
