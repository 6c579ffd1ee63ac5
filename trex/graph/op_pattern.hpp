// Chains of layer types: "Convolution -> Reformat -> Pooling".

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "trex/graph/plan_graph.hpp"

namespace trex::graph {

// Steps joined by "->". A step is a type or subtype, any case, '*' and '?' standing for any
// characters and for one ("Conv*"); several joined by '|'; "!" before it for any other type.
struct OpPattern {
  struct Step {
    std::vector<std::string> globs;
    bool negated = false;
  };
  std::vector<Step> steps;
};
OpPattern parse_op_pattern(std::string_view text);  // throws Error

// Chains of layers, each reading what the one before wrote, whose types fit the steps; in order of
// their layers, at most `most` of them.
struct OpMatches {
  std::vector<std::vector<Row>> chains;
  bool more = false;  // there are more than `most`
};
OpMatches find_ops(const Engine& engine, const PlanGraph& graph, const OpPattern& pattern,
                   std::size_t most = 10000);

}  // namespace trex::graph
