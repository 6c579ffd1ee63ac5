// What the efficiency rules share: which layers the roofline can judge, how a kernel cuts its work.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "trex/lint/context.hpp"

namespace trex::lint {

// Work that the file does not show: a whole graph in one layer (Myelin), a plugin, a matrix product
// inside a generated kernel. Its bytes say nothing of the time it needs.
bool hides_work(const Context& c, Row layer);

// "12.5 %"
std::string percent(double fraction);

// One way to lay the kernel's tiles over the output of its GEMM.
struct Grid {
  double tiles = 0;   // thread blocks, batch and split-K included
  double useful = 0;  // part of the tiles' area that is output, 0 to 1
};

// Tactic names give a tile as AxB and do not say whether A is of the rows or of the columns
// (libraries that compute the transposed product swap them). So both ways are given, and a rule
// holds only what is true of both.
class Grids {
 public:
  explicit Grids(const Context& c);
  // Nothing where the tactic names no tile, the sizes are unknown, groups or a transform
  // (Winograd, FFT) make the tile another thing, or blocks share tiles in a way the name hides
  // (stream-K, split-K without a number).
  std::optional<std::array<Grid, 2>> of(Row layer) const;
  // Its tiles, where by either orientation they leave SMs without work by the thresholds of
  // `under-filled-gpu`.
  std::optional<double> too_few_tiles(Row layer) const;

 private:
  const Context& c_;
  double min_share_, most_tiles_;
  View<std::int64_t> tile_m_, tile_n_, m_, n_, gemm_count_, groups_;
};

}  // namespace trex::lint
