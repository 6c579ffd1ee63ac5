// What is already good about the engine, with the figures that say so.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/lint.hpp"

namespace trex::lint {
namespace {

// Below this share of the time a good thing is not worth a line. Ours.
constexpr double worth_saying = 0.9;

struct TensorCoreTime {
  double with = 0, known = 0;
};

TensorCoreTime tensor_core_time(const Context& c) {
  TensorCoreTime time;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, compute) || c.tensor_core(row).empty()) continue;
    const double ms = c.time_ms(row).value_or(0);
    time.known += ms;
    if (c.tensor_core(row) == "yes") time.with += ms;
  }
  return time;
}

}  // namespace

std::vector<Positive> positives(const Context& c) {
  std::vector<Positive> result;
  const TensorCoreTime time = tensor_core_time(c);
  if (time.known > 0 && time.with / time.known >= worth_saying) {
    const double share = time.with / time.known;
    result.push_back({"tensor-core-share",
                      fmt::format("{:.0f} % of the time of convolutions and matrix "
                                  "multiplications runs on Tensor Cores",
                                  100 * share),
                      {{"share", share, Unit::fraction}}});
  }
  return result;
}

}  // namespace trex::lint
