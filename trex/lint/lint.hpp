// Runs rules over an engine: evidence first, then findings ranked by what they could win.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/lint/rule.hpp"

namespace trex::lint {

struct Skipped {
  const Rule* rule;
  std::string reason;  // "needs a profile"
};

struct Positive {
  std::string id;       // "tensor-core-share"
  std::string message;  // "97 % of convolution and GEMM time runs on Tensor Cores"
  std::vector<Evidence> evidence;
};

struct Result {
  std::vector<Finding> evidence;  // group evidence: read these first
  // By recoverable_ms, largest first; those of which it is not known last, by measured_ms; stable.
  std::vector<Finding> findings;
  std::vector<Positive> positives;
  std::vector<Skipped> skipped;
  std::optional<double> engine_ms;       // sum of layers
  std::optional<double> recoverable_ms;  // sum over findings, no layer's time twice
  std::optional<double> best_ms;         // engine_ms - recoverable_ms: Amdahl's bound
};

Result run(const Engine& engine, const std::vector<const Rule*>& rules,
           const Thresholds& thresholds);
std::vector<Positive> positives(const Context& context);

}  // namespace trex::lint
