// The speed-of-light time of each layer, from its work and the device's two peak rates.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/roofline.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "trex/analyze/precision_ids.hpp"
#include "trex/analyze/work.hpp"

namespace trex {
namespace {

// The device's peaks by datatype, looked up once.
class Peaks {
 public:
  Peaks(const Device& device, StringPool& strings) : ids_(strings) {
    for (std::size_t i = 1; i < PrecisionIds::count; ++i) {
      peaks_[i] = device.peak_tflops(static_cast<Datatype>(i));
    }
  }
  std::optional<double> tflops(StringId precision) const {
    return peaks_[static_cast<std::size_t>(ids_[precision])];
  }

 private:
  PrecisionIds ids_;
  std::array<std::optional<double>, PrecisionIds::count> peaks_;
};

enum class Bound : std::uint8_t { unknown, memory, compute };

struct Floor {
  double ms = null_real;
  Bound bound = Bound::unknown;
};

// `tflops` is asked for only where there are FLOPs to divide by it.
Floor floor_of(std::optional<std::int64_t> flops, std::optional<double> tflops,
               std::optional<std::int64_t> bytes, std::optional<double> bandwidth_gbps) {
  if (!bytes || *bytes <= 0 || !bandwidth_gbps || !(*bandwidth_gbps > 0)) return {};
  const double memory_ms = static_cast<double>(*bytes) / *bandwidth_gbps * 1e-6;
  if (!flops) return {memory_ms, Bound::memory};
  if (!tflops || !(*tflops > 0)) return {};
  const double compute_ms = static_cast<double>(*flops) / *tflops * 1e-9;
  if (compute_ms > memory_ms) return {compute_ms, Bound::compute};
  return {memory_ms, Bound::memory};
}

}  // namespace

Table roofline_table(const Engine& engine, const Table& work, const Device& device) {
  const Peaks peaks(device, *engine.strings);
  const auto flops = work[work::flops];
  const auto kind = work[work::kind];
  const auto bytes = work[work::bytes_moved];
  const auto precision = engine.layers[layer::precision];
  const auto time_ms = engine.layers[layer::time_ms];
  const std::size_t rows = engine.layer_count();
  std::vector<double> floor_ms(rows, null_real), efficiency(rows, null_real),
      recoverable_ms(rows, null_real);
  std::vector<StringId> bound(rows, null_string);

  const StringId memory_bound = engine.strings->intern("memory");
  const StringId compute_bound = engine.strings->intern("compute");
  for (Row row = 0; row < rows; ++row) {
    const bool uncounted = !kind.is_null(row) && !flops[row];
    if (uncounted) continue;
    const Floor floor =
        floor_of(flops[row], peaks.tflops(precision.id(row)), bytes[row], device.bandwidth_gbps);
    if (floor.bound == Bound::unknown) continue;
    floor_ms[row] = floor.ms;
    bound[row] = floor.bound == Bound::memory ? memory_bound : compute_bound;
    const auto time = time_ms[row];
    if (!time || !(*time > 0)) continue;
    efficiency[row] = floor.ms / *time;
    recoverable_ms[row] = std::max(*time - floor.ms, 0.0);
  }

  Table table(engine.strings);
  table.add(roofline::floor_ms, std::move(floor_ms));
  table.add(roofline::bound, std::move(bound));
  table.add(roofline::efficiency, std::move(efficiency));
  table.add(roofline::recoverable_ms, std::move(recoverable_ms));
  return table;
}

}  // namespace trex
