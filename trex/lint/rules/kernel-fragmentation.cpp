// Reports engines whose time goes into many generated or tiny kernels.
//
// Two findings: a large share in kgen kernels (attention, which is one, does not count), and many
// layers of a few microseconds each, whatever their type; of these only the others where the first
// is reported. The claim is what they take above the roofline's floor and a launch.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace kernel_fragmentation_rule {

struct Layers {
  Finding finding;
  double time_ms = 0;
  Gathered types;
};

void add(const Context& c, Layers& group, Row row) {
  group.finding.layers.push_back(row);
  group.time_ms += c.time_ms(row).value_or(0);
  group.types.add(to_valid_utf8(c.type(row)), {row});
  if (const auto ms = c.recoverable_by_roofline(row)) {
    group.finding.recoverable_ms = group.finding.recoverable_ms.value_or(0) + *ms;
  }
}

// "15 Reformat, 10 Convolution and 4 of other types": the two types with the most layers.
std::string types_of(const Layers& group) {
  std::vector<Alike> types = group.types.groups();
  std::stable_sort(types.begin(), types.end(),
                   [](const Alike& a, const Alike& b) { return a.cases.size() > b.cases.size(); });
  std::string text;
  std::size_t told = 0;
  for (std::size_t i = 0; i < types.size() && i < 2; ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", types[i].cases.size(), types[i].cause);
    told += types[i].cases.size();
  }
  const std::size_t more = group.finding.layers.size() - told;
  return more == 0 ? text : text + fmt::format(" and {} of other types", more);
}

void report(Layers& group, const char* noun, const char* tail, double share,
            std::vector<Finding>& findings) {
  const auto count = static_cast<std::int64_t>(group.finding.layers.size());
  group.finding.message = fmt::format("{}{} {} {:.4g} ms, {:.1f} % of the layers' time",
                                      counted(group.finding.layers.size(), noun), tail,
                                      count == 1 ? "takes" : "take", group.time_ms, 100 * share);
  if (group.types.groups().size() > 1) group.finding.message += ": " + types_of(group);
  group.finding.evidence = {{"count", count, Unit::count},
                            {"time_ms", group.time_ms, Unit::milliseconds},
                            {"share", share, Unit::fraction}};
  group.finding.confidence = Confidence::low;
  findings.push_back(std::move(group.finding));
}

bool is_generated(const Context& c, Row row) { return c.is(row, kernel) && !c.is(row, attention); }

Layers tiny_layers(const Context& c, double tiny_ms, bool with_generated) {
  Layers tiny;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const auto t = c.time_ms(row);
    if (c.hidden(row) || !t || !(*t > 0 && *t < tiny_ms)) continue;
    if (with_generated || !is_generated(c, row)) add(c, tiny, row);
  }
  return tiny;
}

std::vector<Finding> check(const Context& c) {
  const auto threshold = [&](const char* name) {
    return c.thresholds.get("kernel-fragmentation", name);
  };
  const double tiny_ms = threshold("tiny_ms");
  if (!(*c.engine_ms > 0)) return {};
  Layers generated, tiny = tiny_layers(c, tiny_ms, true);
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.hidden(row) && is_generated(c, row)) add(c, generated, row);
  }
  std::vector<Finding> findings;
  const double generated_share = generated.time_ms / *c.engine_ms;
  if (generated_share >= threshold("min_kernel_share")) {
    report(generated, "generated kernel", "", generated_share, findings);
    tiny = tiny_layers(c, tiny_ms, false);
  }
  const double tiny_share = tiny.time_ms / *c.engine_ms;
  if (static_cast<double>(tiny.finding.layers.size()) >= threshold("min_tiny_count") &&
      tiny_share >= threshold("min_tiny_share")) {
    report(tiny, "layer", " of a few microseconds", tiny_share, findings);
  }
  return findings;
}

}  // namespace kernel_fragmentation_rule

constexpr Rule kernel_fragmentation = {
    .id = "kernel-fragmentation",
    .code = "D11",
    .group = Group::fusion,
    .severity = {.by_time = true},
    .summary = "much of the time goes into many small kernels",
    .why = "every kernel is a launch and a pass over memory with little arithmetic to show for it",
    .mitigation =
        "look at the findings on fusion and on Reformats first; then fewer shape operations, "
        "static "
        "shapes, a larger batch; on 11.1 try the build-route tuner",
    .source = "trt-perf-analysis: kgen share of 25 %, 20 layers below 5 us with 20 %",
    .needs = {.profile = true},
    .check = kernel_fragmentation_rule::check,
};

}  // namespace trex::lint
