// At which engine of a history did a figure change its level, by how much, and is it real?
//
// Two runs of one engine differ by more than the records of each run say: clocks, temperature,
// another process. So with enough engines the unit of noise is what one engine differs by from the
// next, and a change is a step that noise alone would not make anywhere in such a series. With few
// engines nothing says how much runs differ: there the records decide, as in `trex diff`, and only
// a change of some size counts. n log n for n engines; random numbers come from a fixed seed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "trex/compare/statistics.hpp"

namespace trex::compare {

// Fewer engines say nothing of the noise between runs.
inline constexpr std::size_t least_series = 6;
// Smaller changes are not reported: real, perhaps, but harmless; and with few engines, where run to
// run noise is not known, what runs of one engine are seldom apart.
inline constexpr double least_series_change = 0.005, least_records_change = 0.02;

struct SeriesPoint {
  double value = null_real;         // finite and above 0
  const Sample* records = nullptr;  // its timed inferences, where there are any
};

enum class Basis : std::uint8_t {
  series,   // it stands out of the noise between engines
  records,  // too few engines for that: it stands out of the noise within the runs
};
std::string_view basis_word(Basis basis);  // "series", "records"

struct ChangePoint {
  std::size_t at = 0;                            // the first point of the new level
  std::size_t first = 0, last = 0;               // the levels are [first, at) and [at, last)
  double before = null_real, after = null_real;  // medians of the levels
  double ratio = null_real;                      // after / before - 1
  Interval interval;                             // of ratio, 99 %
  double p = null_real;  // of so large a step anywhere in a series in which nothing changed
  Basis basis = Basis::series;
  RankTest ranks;  // over the records of both levels; unknown where they are missing
};

struct ChangePoints {
  std::vector<ChangePoint> changes;  // by place
  std::vector<std::size_t> spikes;   // single points far from both neighbours
  double noise = null_real;  // standard deviation between engines, as a fraction; unknown when few
  bool tested = false;       // false: too few engines, and no records to ask instead
};

// Keeps null distributions, which depend on the length of a series only.
class ChangePointTest {
 public:
  // `error`: the chance to find any change in a series without one.
  explicit ChangePointTest(double error = 0.01) : error_(error) {}

  // Points that are not finite and above 0 must have been left out.
  ChangePoints find(std::span<const SeriesPoint> points);

  // The chance that the largest step of a series of that length, without changes, is as large; a
  // step is the difference of two means in standard errors.
  double p_of(std::size_t length, double step);

 private:
  const std::vector<double>& null_of(std::size_t length);
  double error_;
  std::map<std::size_t, std::vector<double>> nulls_;  // by length; ascending
};

}  // namespace trex::compare
