// What is the engine as a whole: totals, mixes, end-to-end latency beside the sum of its layers.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/analyze/memory.hpp"
#include "trex/model/engine.hpp"

namespace trex {

// End-to-end latency: from the timing file's latencyMs, else from the log's "Latency". Percentiles
// by trtexec's rule: sorted ascending, index max(n - 1 - int((1 - p / 100) n), 0).
struct EndToEnd {
  std::string source;  // "timing", "log"; "" when unknown
  double median = null_real, p90 = null_real, p95 = null_real, p99 = null_real, mean = null_real,
         min = null_real, max = null_real;
  std::optional<std::int64_t> count;
};
EndToEnd end_to_end(const Engine& engine);
// Inferences a second, as the log or its metadata states them.
std::optional<double> throughput_qps(const Engine& engine);
double trtexec_percentile(std::span<const double> sorted, double p);  // unknown for no values

struct Totals {
  std::int64_t layer_count = 0;  // as `trex layers` shows them
  std::int64_t file_layer_count = 0;
  std::optional<double> layer_time_ms;        // over all profile rows
  std::optional<std::int64_t> weights_bytes;  // of all layers, hidden ones (Constant) too
  bool weights_lower_bound = false;           // some layer has weights of unknown size
  // Read as inputs, never written, no engine input: Myelin's weights, which are no layer's
  // "Weights".
  std::optional<std::int64_t> constant_bytes;
  std::optional<std::int64_t> activation_bytes, peak_activation_bytes;
  bool activation_lower_bound = false;
};
Totals totals(const Engine& engine);
Totals totals(const Engine& engine, const ActivationMemory& memory);  // where that is at hand

// Rows: the value, count, time_ms, share, io_bytes, weights_bytes; slowest first, without a
// profile by count. `column`: type, subtype, precision, output_precision, tactic, device, stream,
// tactic_base ... Hidden layers are left out. Throws Error for a column that does not exist.
Table breakdown(const Engine& engine, std::string_view column);
// The same by scope of the source ops, cut to `depth` parts; a layer of several scopes counts in
// their common one ("" when they share none), a layer without source ops in none (null).
Table breakdown_by_scope(const Engine& engine, int depth);

// Why the sum of layers and the end-to-end latency differ, in words; empty when either is unknown.
std::string explain_difference(const Engine& engine, const EndToEnd& end_to_end);

}  // namespace trex
