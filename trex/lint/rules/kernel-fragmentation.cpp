// Reports engines whose time goes into many generated or tiny kernels.
//
// Two findings: a large share in kgen kernels (attention, which is one, does not count), and many
// layers of a few microseconds each, whatever their type. The claim is what they take above the
// roofline's floor.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace {

struct Layers {
  Finding finding;
  double time_ms = 0;
};

void add(const Context& c, Layers& group, Row row) {
  group.finding.layers.push_back(row);
  group.time_ms += c.time_ms(row).value_or(0);
  if (const auto ms = c.recoverable_by_roofline(row)) {
    group.finding.recoverable_ms = group.finding.recoverable_ms.value_or(0) + *ms;
  }
}

void report(Layers& group, const char* what, double share, std::vector<Finding>& findings) {
  const auto count = static_cast<std::int64_t>(group.finding.layers.size());
  group.finding.message = fmt::format("{} {} take {:.4g} ms, {:.1f} % of the layers' time", count,
                                      what, group.time_ms, 100 * share);
  group.finding.evidence = {{"count", count, Unit::count},
                            {"time_ms", group.time_ms, Unit::milliseconds},
                            {"share", share, Unit::fraction}};
  group.finding.confidence = Confidence::low;
  findings.push_back(std::move(group.finding));
}

std::vector<Finding> check(const Context& c) {
  const auto threshold = [&](const char* name) {
    return c.thresholds.get("kernel-fragmentation", name);
  };
  const double tiny_ms = threshold("tiny_ms");
  Layers generated, tiny;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row)) continue;
    if (c.is(row, kernel) && !c.is(row, attention)) add(c, generated, row);
    const auto t = c.time_ms(row);
    if (t && *t > 0 && *t < tiny_ms) add(c, tiny, row);
  }
  if (!(*c.engine_ms > 0)) return {};
  std::vector<Finding> findings;
  const double generated_share = generated.time_ms / *c.engine_ms;
  if (generated_share >= threshold("min_kernel_share")) {
    report(generated, "generated kernels", generated_share, findings);
  }
  const double tiny_share = tiny.time_ms / *c.engine_ms;
  if (static_cast<double>(tiny.finding.layers.size()) >= threshold("min_tiny_count") &&
      tiny_share >= threshold("min_tiny_share")) {
    report(tiny, "layers of a few microseconds", tiny_share, findings);
  }
  return findings;
}

}  // namespace

constexpr Rule kernel_fragmentation = {
    .id = "kernel-fragmentation",
    .code = "D11",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "much of the time goes into many small kernels",
    .why = "every kernel is a launch and a pass over memory with little arithmetic to show for it",
    .mitigation =
        "use fewer shape operations, static shapes and larger batches; on 11.1 try the build-route "
        "tuner",
    .source = "trt-perf-analysis: kgen share of 25 %, 20 layers below 5 us with 20 %",
    .needs = {.profile = true},
    .check = check,
};

}  // namespace trex::lint
