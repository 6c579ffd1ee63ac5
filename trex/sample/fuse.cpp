// Rules F1 to F5 of the small compiler: which nodes run as one layer, and what it writes.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/sample/compile.hpp"

namespace trex::sample {
namespace {

class Fuser {
 public:
  explicit Fuser(const Network& network)
      : network_(network), readers_(readers_of(network)), taken_(network.nodes.size(), false) {}

  std::vector<Group> run() {
    for (std::size_t i = 1; i < network_.nodes.size(); ++i) start(static_cast<int>(i));
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) { return a.last < b.last; });
    return std::move(groups_);
  }

 private:
  const Node& node(int i) const { return network_.nodes[static_cast<std::size_t>(i)]; }

  void start(int i) {
    if (taken_[static_cast<std::size_t>(i)] || node(i).inputs.empty()) return;
    Group group{.root = i, .nodes = {i}, .last = i};
    const Op op = node(i).op;
    if (op == Op::convolution || op == Op::fully_connected) grow_convolution(group);
    if (op == Op::global_pool && is_int8(network_, node(i).inputs[0])) take_pair(group);
    groups_.push_back(std::move(group));
  }

  void grow_convolution(Group& group) {
    if (const int add = only_reader(group.last, Op::add);
        add >= 0 && node(add).inputs[0] == group.last) {
      group.residual = node(add).inputs[1];
      take(group, add);
    }
    if (const int relu = only_reader(group.last, Op::relu); relu >= 0) {
      group.relu = true;
      take(group, relu);
    }
    const Node& root = node(group.root);
    const bool int8_kernel = root.quantized_weights && is_int8(network_, root.inputs[0]);
    if (int8_kernel && (group.residual < 0 || is_int8(network_, group.residual))) take_pair(group);
  }

  void take_pair(Group& group) {
    const int pair = only_reader(group.last, Op::quantize);
    if (pair < 0) return;
    group.quantizes = true;
    group.last = pair;
    taken_[static_cast<std::size_t>(pair)] = true;
  }

  void take(Group& group, int i) {
    group.nodes.push_back(i);
    group.last = i;
    taken_[static_cast<std::size_t>(i)] = true;
  }

  // The node that reads `i`, when it is the only one and of that kind; else -1.
  int only_reader(int i, Op op) const {
    const auto& readers = readers_[static_cast<std::size_t>(i)];
    return readers.size() == 1 && node(readers[0]).op == op ? readers[0] : -1;
  }

  const Network& network_;
  std::vector<std::vector<int>> readers_;
  std::vector<bool> taken_;
  std::vector<Group> groups_;
};

}  // namespace

std::vector<Group> fuse(const Network& network) { return Fuser(network).run(); }

}  // namespace trex::sample
