// Reports an engine whose launches take the CPU about as long as the GPU takes to run them.
//
// From the log's medians. A run with CUDA graphs enqueues in one launch and does not fire.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace enqueue_bound_rule {

std::vector<Finding> check(const Context& c) {
  const LatencySummary* enqueue = c.engine.profile_metadata.latency("Enqueue Time");
  const LatencySummary* compute = c.engine.profile_metadata.latency("GPU Compute Time");
  if (enqueue == nullptr || compute == nullptr || !(compute->median > 0)) return {};
  const double ratio = enqueue->median / compute->median;
  if (!(ratio >= c.thresholds.get("enqueue-bound", "min_ratio"))) return {};
  Finding finding;
  finding.message = fmt::format(
      "enqueueing takes {:.4g} ms of CPU for {:.4g} ms of GPU: the launches limit the throughput",
      enqueue->median, compute->median);
  finding.evidence = {{"enqueue_ms", enqueue->median, Unit::milliseconds},
                      {"compute_ms", compute->median, Unit::milliseconds},
                      {"ratio", ratio}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace enqueue_bound_rule

constexpr Rule enqueue_bound = {
    .id = "enqueue-bound",
    .code = "E08",
    .group = Group::shapes,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "launching takes as long as running",
    .why = "the GPU waits for the CPU between kernels",
    .mitigation = "capture a CUDA graph (--useCudaGraph; the default of 11.x), or raise the batch",
    .source = "TensorRT documentation, enqueue-bound workloads",
    .needs = {.detail = false, .log = true},
    .check = enqueue_bound_rule::check,
};

}  // namespace trex::lint
