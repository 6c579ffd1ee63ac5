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

// The same, rule by rule, for who has other work to do in between. The context must outlive it.
class Run {
 public:
  Run(const Context& context, std::vector<const Rule*> rules);
  std::size_t left() const { return rules_.size() - next_; }
  // Checks the next rule. Not when none is left.
  void step();
  // Checks those that are left, then settles what the findings are worth together. Once.
  Result finish();

 private:
  const Context& context_;
  std::vector<const Rule*> rules_;
  std::size_t next_ = 0;
  Result result_;
};

std::vector<Positive> positives(const Context& context);

}  // namespace trex::lint
