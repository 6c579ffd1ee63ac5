// Reports tensors of rank 3 and up whose first dimension is past 65536.
//
// Their kernels need wider index arithmetic. One finding for all layers that read or write such a
// tensor. Not reported: tensors of rank 1 and 2, where the first dimension is rows, not batch.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace oversized_batch_rule {

constexpr std::string_view id = "oversized-batch";

std::vector<Finding> check(const Context& c) {
  const double most = c.thresholds.get(id, "max_batch");
  Finding finding;
  std::int64_t largest = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.hidden(row)) continue;
    std::int64_t batch = 0;
    for (const auto range : {c.engine.inputs(row), c.engine.outputs(row)}) {
      for (const Row t : range) {
        if (c.dims(t).size() >= 3) batch = std::max(batch, c.dims(t)[0]);
      }
    }
    if (static_cast<double>(batch) <= most) continue;
    largest = std::max(largest, batch);
    finding.layers.push_back(row);
  }
  if (finding.layers.empty()) return {};
  finding.message =
      fmt::format("{} with a batch of up to {}, {} first", counted(finding.layers.size(), "layer"),
                  largest, quoted(c.name(finding.layers[0])));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"batch", largest, Unit::none}};
  finding.confidence = Confidence::low;  // what wider indices cost, no file tells
  return {std::move(finding)};
}

}  // namespace oversized_batch_rule

constexpr Rule oversized_batch = {
    .id = oversized_batch_rule::id,
    .code = "F07",
    .group = Group::efficiency,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "a batch dimension is larger than 65536",
    .why = "past it kernels need extended index arithmetic, and fewer kernels apply",
    .mitigation = "split the batch into several inferences",
    .source = "TensorRT documentation, optimizing performance",
    .needs = {},
    .check = oversized_batch_rule::check,
};

}  // namespace trex::lint
