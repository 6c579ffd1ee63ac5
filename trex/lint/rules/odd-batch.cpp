// Reports a batch size that leaves rows of the Tensor Cores' tiles empty.
//
// Seen where the batch is the rows of a product: fully connected layers, decoders, heads. Eight
// rows are the least that a matrix instruction works on, so 12 rows cost as 16 do. Not reported: a
// batch of 8 or fewer (a choice of latency), inputs whose first dimensions differ (no batch),
// products with so many rows that a few empty ones do not matter, and dynamic shapes.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace odd_batch_rule {

constexpr std::string_view id = "odd-batch";
constexpr std::int64_t granule = 8;  // rows of a matrix instruction (mma.m16n8k16, transposed)

// The first dimension of every input of two dimensions and more, where they agree.
std::optional<std::int64_t> batch_of(const Engine& engine) {
  const auto mode = engine.bindings[binding::mode];
  const auto dims = engine.bindings[binding::dims];
  std::optional<std::int64_t> batch;
  for (Row row = 0; row < engine.bindings.row_count(); ++row) {
    if (mode[row] != "input" || dims[row].size() < 2) continue;
    if (batch && *batch != dims[row][0]) return std::nullopt;
    batch = dims[row][0];
  }
  return batch;
}

bool is_on_matrix_units(const Context& c, Row row) {
  const auto bits = datatype_bits(c.precision(row));
  return bits && *bits <= 16 && c.tensor_core(row) != "no";
}

std::vector<Finding> check(const Context& c) {
  const auto batch = batch_of(c.engine);
  if (!batch || *batch <= granule || *batch % granule == 0) return {};
  const double least = c.thresholds.get(id, "min_padding");
  const auto m = c.work[work::m];
  const auto bound = c.roofline[roofline::bound];
  Finding finding;
  double share = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, gemm) && !c.is(row, convolution)) continue;
    if (c.hidden(row) || !m[row] || *m[row] <= 0 || *m[row] % *batch != 0) continue;
    const auto rows = static_cast<double>(*m[row]);
    const double padding =
        rows > 1e9 ? 1 : static_cast<double>((*m[row] + granule - 1) / granule * granule) / rows;
    if (padding < least || !is_on_matrix_units(c, row)) continue;
    finding.layers.push_back(row);
    share += c.share(row).value_or(0);
    const auto roof = c.recoverable_by_roofline(row);
    if (roof && bound[row] == "compute") {
      const double empty = *c.time_ms(row) * (1 - 1 / padding);
      finding.recoverable_ms = finding.recoverable_ms.value_or(0) + std::min(empty, *roof);
    }
  }
  if (finding.layers.empty() || share < c.thresholds.get(id, "min_share")) return {};
  finding.message = fmt::format("a batch of {} is no multiple of {}: {} with empty rows, {} first",
                                *batch, granule, counted(finding.layers.size(), "product"),
                                quoted(c.name(finding.layers[0])));
  finding.evidence = {{"batch", *batch, Unit::none},
                      {"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"share", share, Unit::fraction}};
  return {std::move(finding)};
}

}  // namespace odd_batch_rule

constexpr Rule odd_batch = {
    .id = odd_batch_rule::id,
    .code = "F06",
    .group = Group::efficiency,
    .severity = {},
    .summary = "the batch leaves rows of the Tensor Cores' tiles empty",
    .why =
        "a matrix instruction works on eight rows or sixteen; what the batch does not fill is "
        "computed for nothing",
    .mitigation = "use batches that are multiples of 8, best of 32",
    .source = "TensorRT documentation, optimizing performance: batching",
    .needs = {.profile = true},
    .check = odd_batch_rule::check,
};

}  // namespace trex::lint
