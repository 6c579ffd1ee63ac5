// Tiles and hidden work, for the rules on efficiency.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules/efficiency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/model/tactic.hpp"

namespace trex::lint {
namespace {

bool multiplies(std::span<const std::string_view> operations) {
  return std::any_of(operations.begin(), operations.end(), [](std::string_view op) {
    return contains_ignoring_case(op, "gemm") || contains_ignoring_case(op, "conv") ||
           contains_ignoring_case(op, "matmul") || contains_ignoring_case(op, "attention") ||
           contains_ignoring_case(op, "matrix") || contains_ignoring_case(op, "mha") ||
           equals_ignoring_case(op, "Fc") || contains_ignoring_case(op, "FullyConnected");
  });
}

Grid grid(double m, double n, double tile_m, double tile_n) {
  const double rows = std::ceil(m / tile_m), columns = std::ceil(n / tile_n);
  return {rows * columns, m * n / (rows * tile_m * columns * tile_n)};
}

}  // namespace

bool hides_work(const Context& c, Row layer) {
  if (c.is(layer, compute)) return false;
  const std::string_view type = c.type(layer);
  if (equals_ignoring_case(type, "Myelin") || contains_ignoring_case(type, "plugin") ||
      contains_ignoring_case(type, "Loop") || equals_ignoring_case(type, "fusion") ||
      equals_ignoring_case(type, "correlation") || contains_ignoring_case(type, "RNN") ||
      contains_ignoring_case(c.name(layer), "ForeignNode")) {
    return true;
  }
  return c.is(layer, kernel) && multiplies(c.operations(layer));
}

std::string percent(double fraction) { return fmt::format("{:.1f} %", 100 * fraction); }

Grids::Grids(const Context& c)
    : c_(c),
      min_share_(c.thresholds.get("under-filled-gpu", "min_share")),
      most_tiles_(c.thresholds.get("under-filled-gpu", "max_filled") *
                  std::max(0, c.device.sms.value_or(0))),
      tile_m_(c.tactics[tactics::tile_m]),
      tile_n_(c.tactics[tactics::tile_n]),
      m_(c.work[work::m]),
      n_(c.work[work::n]),
      gemm_count_(c.work[work::gemm_count]),
      groups_(c.work[work::groups]) {}

std::optional<std::array<Grid, 2>> Grids::of(Row layer) const {
  if (!c_.is(layer, gemm) && !c_.is(layer, convolution)) return std::nullopt;
  const auto a = tile_m_[layer], b = tile_n_[layer], m = m_[layer], n = n_[layer];
  if (!a || !b || !m || !n || *a <= 0 || *b <= 0 || *m <= 0 || *n <= 0) return std::nullopt;
  if (groups_[layer].value_or(1) != 1) return std::nullopt;
  const std::string_view tactic = c_.tactic(layer);
  for (const std::string_view word : {"winograd", "fft", "streamk", "stream_k"}) {
    if (contains_ignoring_case(tactic, word)) return std::nullopt;
  }
  const std::optional<int> split_k = parse_tactic(tactic).split_k;
  if (!split_k && contains_ignoring_case(tactic, "splitk")) return std::nullopt;
  const double copies =
      static_cast<double>(std::max<std::int64_t>(1, gemm_count_[layer].value_or(1))) *
      std::max(1, split_k.value_or(1));
  const auto rows = static_cast<double>(*m), columns = static_cast<double>(*n);
  const auto tile_a = static_cast<double>(*a), tile_b = static_cast<double>(*b);
  std::array<Grid, 2> grids = {grid(rows, columns, tile_a, tile_b),
                               grid(rows, columns, tile_b, tile_a)};
  for (Grid& g : grids) g.tiles *= copies;
  return grids;
}

std::optional<double> Grids::too_few_tiles(Row layer) const {
  if (c_.share(layer).value_or(0) < min_share_ || c_.hidden(layer)) return std::nullopt;
  const auto both = of(layer);
  if (!both) return std::nullopt;
  const double tiles = std::max((*both)[0].tiles, (*both)[1].tiles);
  return tiles < most_tiles_ ? std::optional(tiles) : std::nullopt;
}

}  // namespace trex::lint
