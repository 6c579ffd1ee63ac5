// Rules Q1 and Q2 of the small compiler: fewer Q/DQ pairs, as early as they can be.

// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "trex/sample/compile.hpp"

namespace trex::sample {
namespace {

bool is_pair(const Network& network, int node) {
  return network.nodes[static_cast<std::size_t>(node)].op == Op::quantize;
}

// Q1: whoever read the later pair reads the earlier one. The later one is left without readers.
void merge_pairs(Network& network) {
  std::vector<int> first_pair(network.nodes.size(), -1);  // by the node that is quantized
  std::vector<int> replacement(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    Node& node = network.nodes[i];
    for (int& input : node.inputs) input = replacement[static_cast<std::size_t>(input)];
    replacement[i] = static_cast<int>(i);
    if (node.op != Op::quantize || node.inputs.empty()) continue;
    int& first = first_pair[static_cast<std::size_t>(node.inputs[0])];
    if (first < 0) first = static_cast<int>(i);
    replacement[i] = first;
    if (first != static_cast<int>(i)) node.inputs.clear();
  }
}

// Q2, once: pool then pair becomes pair then pool, in the same two places.
bool move_one_pair(Network& network) {
  const auto readers = readers_of(network);
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    Node& pool = network.nodes[i];
    if (pool.op != Op::max_pool || readers[i].size() != 1) continue;
    const int reader = readers[i][0];
    if (!is_pair(network, reader)) continue;
    Node& pair = network.nodes[static_cast<std::size_t>(reader)];
    std::swap(pool, pair);
    std::swap(pool.inputs, pair.inputs);
    return true;
  }
  return false;
}

}  // namespace

std::vector<std::vector<int>> readers_of(const Network& network) {
  std::vector<std::vector<int>> readers(network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    for (const int input : network.nodes[i].inputs) {
      readers[static_cast<std::size_t>(input)].push_back(static_cast<int>(i));
    }
  }
  return readers;
}

bool is_int8(const Network& network, int node) {
  const Node& n = network.nodes[static_cast<std::size_t>(node)];
  if (n.op == Op::max_pool) return is_int8(network, n.inputs[0]);
  return n.op == Op::quantize;
}

void rewrite_quantizers(Network& network) {
  merge_pairs(network);
  while (move_one_pair(network)) merge_pairs(network);
}

}  // namespace trex::sample
