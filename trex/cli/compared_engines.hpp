// The two engines of `trex diff` and the files that belong to each.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trex/cli/commands.hpp"
#include "trex/model/engine.hpp"

namespace trex::cli {

struct TwoEngines {
  std::vector<std::string> engines;  // the ENGINE arguments
  std::vector<std::string> profiles_a, profiles_b, timings_a, timings_b;
  std::string name_a, name_b, baseline;
  std::optional<std::int64_t> opt_profile;
};
std::vector<Flag> two_engine_flags(TwoEngines& options);

struct ComparedEngine {
  Engine engine;  // its times are the means over all profiles
  // Mean times by layer row, one a profile; empty when there is one profile at most.
  std::vector<std::vector<double>> profiles;
  std::string findings;  // of a baseline: what lint found then; else empty
};
struct ComparedEngines {
  ComparedEngine a, b;
};
// Throws Error when the arguments are not two engines (or a baseline and one).
ComparedEngines load_two_engines(const TwoEngines& options, Io& io);
// The only engine of the arguments, with b's files.
ComparedEngine load_last_engine(const TwoEngines& options, Io& io);

}  // namespace trex::cli
