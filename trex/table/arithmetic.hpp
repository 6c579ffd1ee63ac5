// Sums that tell when they overflow.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "trex/table/column.hpp"

namespace trex {

// Of the known values; unknown when none is known or the sum leaves int64. The order of the values
// does not matter: only the end result counts.
class IntegerSum {
 public:
  void add(std::int64_t value) {
    if (value == null_integer) return;
    known_ = true;
    std::int64_t sum = 0;
    if (__builtin_add_overflow(low_, value, &sum)) high_ += value < 0 ? -1 : 1;
    low_ = sum;
  }
  std::int64_t value() const { return known_ && high_ == 0 ? low_ : null_integer; }

 private:
  std::int64_t low_ = 0;   // the sum modulo 2^64
  std::int64_t high_ = 0;  // how often it left int64 upwards, less downwards
  bool known_ = false;
};

// What a computation on finite values gives when it leaves the doubles is not known.
inline double known_if_finite(double value) { return std::isfinite(value) ? value : null_real; }

}  // namespace trex
