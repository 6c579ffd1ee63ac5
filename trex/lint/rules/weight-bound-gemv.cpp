// Reports matrix products of a few rows, whose time is the reading of their weights.
//
// One finding for all of them: the decode step of a language model has hundreds. Weights: those the
// layer states; else its largest input that nothing writes and no caller gives. Not reported:
// products of two activations (attention scores), products with 4-bit weights (nothing smaller is
// to be had) and, where there is a profile, those that take little of the time together.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace weight_bound_gemv_rule {

constexpr std::string_view id = "weight-bound-gemv";

class Weighing {
 public:
  explicit Weighing(const Context& c)
      : c_(c),
        weights_bytes_(c.engine.layers[layer::weights_bytes]),
        region_(c.engine.tensors[tensor::region]),
        writers_(c.engine.regions[region::writer_count]) {}

  struct Weight {
    std::int64_t bytes = 0;
    Datatype type = Datatype::unknown;
  };
  Weight of(Row row) const {
    const auto stated = weights_bytes_[row].value_or(0);
    const auto entries = c_.engine.weights_of(row);
    if (stated > 0 && !entries.empty()) return {stated, entries[0].type};
    Weight largest;
    for (const Row t : c_.engine.constants(row)) {  // as TensorRT 11 states them
      const std::int64_t bytes = c_.bytes(t).value_or(0);
      if (bytes > largest.bytes) largest = {bytes, c_.format(t).datatype};
    }
    for (const Row t : c_.engine.inputs(row)) {
      const auto r = region_[t];
      if (!r || c_.is_binding(t) || writers_[static_cast<Row>(*r)].value_or(1) != 0) continue;
      const std::int64_t bytes = c_.bytes(t).value_or(0);
      if (bytes > largest.bytes) largest = {bytes, c_.format(t).datatype};
    }
    return largest;
  }

 private:
  const Context& c_;
  View<std::int64_t> weights_bytes_, region_, writers_;
};

std::vector<Finding> check(const Context& c) {
  const double max_rows = c.thresholds.get(id, "max_rows");
  const double min_weight_share = c.thresholds.get(id, "min_weight_share");
  const auto m = c.work[work::m], moved = c.work[work::bytes_moved];
  const Weighing weighing(c);
  Finding finding;
  double share = 0;
  std::int64_t total = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.hidden(row) || !(c.is(row, gemm) || c.is(row, convolution))) continue;
    if (!m[row] || static_cast<double>(*m[row]) > max_rows || moved[row].value_or(0) <= 0) continue;
    const auto [bytes, type] = weighing.of(row);
    const auto bits = datatype_bits(type);
    if (!bits || *bits <= 4) continue;
    if (static_cast<double>(bytes) < min_weight_share * static_cast<double>(*moved[row])) continue;
    finding.layers.push_back(row);
    share += c.share(row).value_or(0);
    if (total <= INT64_MAX - bytes) total += bytes;
    // The next smaller type halves the bytes, and with them the least time of reading them.
    const auto half = c.move_ms(bytes / 2);
    if (half && c.time_ms(row)) {
      finding.recoverable_ms =
          finding.recoverable_ms.value_or(0) + std::min(*half, *c.time_ms(row));
    }
  }
  if (finding.layers.empty()) return {};
  if (c.engine_ms && share < c.thresholds.get(id, "min_share")) return {};
  finding.message = fmt::format("{} of at most {:.0f} rows {} {} of weights, {} first",
                                counted(finding.layers.size(), "matrix product"), max_rows,
                                finding.layers.size() == 1 ? "reads" : "read", bytes_text(total),
                                quoted(c.name(finding.layers[0])));
  finding.evidence = {{"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count},
                      {"weights_bytes", total, Unit::bytes}};
  if (c.engine_ms) finding.evidence.push_back({"share", share, Unit::fraction});
  finding.confidence = Confidence::medium;
  return {std::move(finding)};
}

}  // namespace weight_bound_gemv_rule

constexpr Rule weight_bound_gemv = {
    .id = weight_bound_gemv_rule::id,
    .code = "F18",
    .group = Group::efficiency,
    .severity = {},
    .summary = "matrix products of a few rows spend their time on reading weights",
    .why =
        "with a few rows every weight is read for a few multiplications: the memory sets the time, "
        "not the math units",
    .mitigation =
        "quantize the weights (weight-only INT8, FP8 or INT4), or batch requests so that a weight "
        "read once serves more rows",
    .source = "TensorRT documentation, quantized types: weight-only quantization",
    .needs = {},
    .check = weight_bound_gemv_rule::check,
};

}  // namespace trex::lint
