// What is already good about the engine, with the figures that say so.
//
// So that nobody works on what needs no work. Each is said only where the files prove it.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/lint/lint.hpp"
#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/words.hpp"
#include "trex/model/datatype.hpp"

namespace trex::lint {
namespace {

// Below this share of the time (or bytes) a good thing is not worth a line. Ours.
constexpr double worth_saying = 0.9;
// Quantizing half of the work already tells that it was meant and works. Ours.
constexpr double quantized_share = 0.5;
// trtexec calls a run of averages unstable above 1 % (to 10.13.0); single inferences scatter more.
constexpr double steady_variation = 0.01;
constexpr std::size_t steady_count = 100;
// A kernel that reaches 70 % of the roofline is as good as tuned kernels get. Ours.
constexpr double good_efficiency = 0.7;

struct Part {
  double part = 0, whole = 0;
  std::optional<double> share() const {
    return whole > 0 ? std::optional<double>(part / whole) : std::nullopt;
  }
};

using Positives = std::vector<Positive>;

int percent(double share) { return static_cast<int>(std::floor(100 * share)); }

void add_tensor_cores(const Context& c, Positives& result) {
  Part time;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.tensor_core(row).empty()) continue;
    const double ms = c.time_ms(row).value_or(0);
    time.whole += ms;
    if (c.tensor_core(row) == "yes") time.part += ms;
  }
  const auto share = time.share();
  if (!share || *share < worth_saying) return;
  result.push_back(
      {"tensor-core-share",
       fmt::format("{} % of the time of convolutions and matrix multiplications runs on Tensor "
                   "Cores",
                   percent(*share)),
       {{"share", *share, Unit::fraction}}});
}

void add_attention(const Context& c, Positives& result) {
  std::int64_t count = 0;
  double time_ms = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, attention)) continue;
    ++count;
    time_ms += c.time_ms(row).value_or(0);
  }
  if (count == 0) return;
  result.push_back({"fused-attention",
                    fmt::format("attention is fused: {}, the scores never reach memory",
                                counted(static_cast<std::size_t>(count), "attention kernel")),
                    {{"count", count, Unit::count}, {"time_ms", time_ms, Unit::milliseconds}}});
}

void add_quantized(const Context& c, Datatype type, std::string_view id, Positives& result) {
  Part time;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.precision(row) == Datatype::unknown) continue;
    const double ms = c.time_ms(row).value_or(0);
    time.whole += ms;
    if (c.precision(row) == type) time.part += ms;
  }
  const auto share = time.share();
  if (!share || *share < quantized_share) return;
  result.push_back({std::string(id),
                    fmt::format("{} % of the time of convolutions and matrix multiplications is {}",
                                percent(*share), datatype_name(type)),
                    {{"share", *share, Unit::fraction}}});
}

void add_reformats(const Context& c, Positives& result) {
  bool any = false, at_binding = false, computes = false;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    computes = computes || c.is(row, compute);
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    any = true;
    if (at_binding) continue;
    const ReformatReason reason = reformat_reason(c, row);
    at_binding = reason.reads_input || reason.writes_output;
  }
  if (!computes) return;  // too small to praise
  if (!any) {
    result.push_back({"no-reformats", "no layer only changes a format", {}});
  } else if (!at_binding && c.engine.bindings.row_count() > 0) {
    result.push_back(
        {"no-binding-reformats", "inputs and outputs are read and written as they are", {}});
  }
}

void add_weights(const Context& c, Positives& result) {
  Part bytes;
  for (const Weights& weights : c.engine.weights) {
    const std::optional<int> bits = datatype_bits(weights.type);
    if (!bits || weights.count <= 0) continue;
    const double size = static_cast<double>(weights.count) * *bits / 8;
    bytes.whole += size;
    if (*bits <= 16) bytes.part += size;
  }
  const auto share = bytes.share();
  if (!share || *share < worth_saying) return;
  result.push_back(
      {"small-weights",
       fmt::format("{} % of the weights' bytes are of 16 bits or fewer a value", percent(*share)),
       {{"share", *share, Unit::fraction}}});
}

void add_efficiency(const Context& c, Positives& result) {
  if (!c.engine_ms) return;
  Part time{0, *c.engine_ms};
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (c.efficiency(row).value_or(0) >= good_efficiency) time.part += c.time_ms(row).value_or(0);
  }
  const auto share = time.share();
  if (!share || *share < quantized_share) return;
  result.push_back({"near-roofline",
                    fmt::format("{} % of the layers' time is spent at {} % of the roofline or more",
                                percent(*share), percent(good_efficiency)),
                    {{"share", *share, Unit::fraction}}});
}

void add_steady(const Context& c, Positives& result) {
  if (!c.engine.timing.has(timing::latency_ms)) return;
  double sum = 0, squares = 0;
  std::size_t count = 0;
  const auto values = c.engine.timing[timing::latency_ms].values();
  for (const double v : values) {
    if (std::isfinite(v)) sum += v, ++count;
  }
  if (count < steady_count || !(sum > 0) || !std::isfinite(sum)) return;
  const double mean = sum / static_cast<double>(count);
  for (const double v : values) {
    if (std::isfinite(v)) squares += (v - mean) * (v - mean);
  }
  const double variation = std::sqrt(squares / static_cast<double>(count - 1)) / mean;
  if (!(variation <= steady_variation)) return;
  result.push_back({"steady-latency",
                    fmt::format("the latency of {} scatters by {:.2f} % only",
                                counted(count, "inference"), 100 * variation),
                    {{"variation", variation, Unit::fraction},
                     {"count", static_cast<std::int64_t>(count), Unit::count}}});
}

}  // namespace

std::vector<Positive> positives(const Context& c) {
  Positives result;
  add_tensor_cores(c, result);
  add_attention(c, result);
  add_quantized(c, Datatype::int8, "int8-coverage", result);
  add_quantized(c, Datatype::fp8, "fp8-coverage", result);
  add_reformats(c, result);
  add_weights(c, result);
  add_efficiency(c, result);
  add_steady(c, result);
  return result;
}

}  // namespace trex::lint
