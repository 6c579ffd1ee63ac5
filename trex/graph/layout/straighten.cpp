// Uses the room that is left: every element moves to the median of where its links would have it,
// as far as its neighbours let it, first alone, then together with what it is in line with.
//
// The sum of |dx| over all links never grows: a block moves only if that makes it smaller. So a
// fixed number of straighten_rounds is enough, and the result is never worse than what went in.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "trex/graph/layout/place.hpp"

namespace trex::graph {
namespace {

constexpr int straighten_rounds = 12;
constexpr double straight = 0.01;  // |dx| below which a line counts as straight

class Straightener {
 public:
  Straightener(const Layered& graph, const Sizes& sizes, const Surroundings& around,
               std::vector<double>& x)
      : graph_(graph),
        sizes_(sizes),
        pairs_(around.pairs),
        x_(x),
        above_(around.above),
        below_(around.below),
        left_(around.left),
        right_(around.right),
        block_(graph.size()),
        restless_{std::vector<std::uint8_t>(graph.size(), 1),
                  std::vector<std::uint8_t>(graph.size(), 1)} {}

  void run() {
    for (int round = 0; round < straighten_rounds; ++round) {
      if (round % 2 == 0) {
        find_elements();
      } else {
        find_blocks();
      }
      bool moved = false;
      for (std::size_t i = 0; i + 1 < start_.size(); ++i) {
        const std::size_t k = round / 2 % 2 == 0 ? i : start_.size() - 2 - i;
        const std::span<const std::uint32_t> members(members_.data() + start_[k],
                                                     members_.data() + start_[k + 1]);
        if (wakes(members, restless_[static_cast<std::size_t>(round % 2)])) {
          moved = move(members) || moved;
        }
      }
      if (!moved && round % 2 == 1) return;
    }
  }

 private:
  struct Pull {
    double by;
    bool above;    // by a link from above
    bool segment;  // to a segment
    bool operator<(const Pull& o) const { return by < o.by; }
  };

  double pull(std::uint32_t i, bool from_above) const {  // how far the link would move its end
    const Link& link = graph_.links[i];
    const double dx = x_[link.lower] + sizes_.lower_x[i] - x_[link.upper] - sizes_.upper_x[i];
    return from_above ? -dx : dx;
  }

  std::uint32_t find(std::uint32_t e) {
    while (block_[e] != e) e = block_[e] = block_[block_[e]];
    return e;
  }
  // Every element is a block of its own.
  void find_elements() {
    start_.resize(graph_.size() + 1);
    members_.resize(graph_.size());
    std::iota(start_.begin(), start_.end(), 0);
    std::iota(members_.begin(), members_.end(), 0);
    std::iota(block_.begin(), block_.end(), 0);
  }
  // Elements in line with each other are one.
  void find_blocks() {
    for (std::uint32_t i = 0; i < graph_.links.size(); ++i) {
      if (std::abs(pull(i, true)) >= straight) continue;
      const std::uint32_t a = find(graph_.links[i].upper), b = find(graph_.links[i].lower);
      block_[std::max(a, b)] = std::min(a, b);
    }
    for (std::uint32_t e = 0; e < block_.size(); ++e) block_[e] = find(e);
    gather();
  }

  // Did anything change for one of them since a round of the same kind looked at it? If not, it
  // would find again that nothing is to be moved.
  static bool wakes(std::span<const std::uint32_t> members, std::vector<std::uint8_t>& restless) {
    bool any = false;
    for (const std::uint32_t e : members) {
      any = any || restless[e] != 0;
      restless[e] = 0;
    }
    return any;
  }
  void wake(std::uint32_t e) { restless_[0][e] = restless_[1][e] = 1; }
  void wake_around(std::uint32_t e) {
    wake(e);
    for (const std::uint32_t p : left_[e]) wake(pairs_[p].left);
    for (const std::uint32_t p : right_[e]) wake(pairs_[p].right);
    for (const std::uint32_t i : above_[e]) wake(graph_.links[i].upper);
    for (const std::uint32_t i : below_[e]) wake(graph_.links[i].lower);
  }

  // Members of each block side by side.
  void gather() {
    start_.assign(1, 0);
    std::vector<std::uint32_t> count(graph_.size(), 0), at(graph_.size(), 0);
    for (std::uint32_t e = 0; e < graph_.size(); ++e) ++count[block_[e]];
    for (std::uint32_t e = 0; e < graph_.size(); ++e) {
      if (count[e] == 0) continue;
      at[e] = start_.back();
      start_.push_back(start_.back() + count[e]);
    }
    members_.resize(graph_.size());
    for (std::uint32_t e = 0; e < graph_.size(); ++e) members_[at[block_[e]]++] = e;
  }

  bool move(std::span<const std::uint32_t> members) {
    double left = -std::numeric_limits<double>::infinity(), right = -left;
    pulls_.clear();
    const std::uint32_t block = block_[members[0]];
    for (const std::uint32_t e : members) {
      for (const std::uint32_t p : left_[e]) {
        if (block_[pairs_[p].left] == block) continue;
        left = std::max(left, x_[pairs_[p].left] + pairs_[p].distance - x_[e]);
      }
      for (const std::uint32_t p : right_[e]) {
        if (block_[pairs_[p].right] == block) continue;
        right = std::min(right, x_[pairs_[p].right] - pairs_[p].distance - x_[e]);
      }
      for (const std::uint32_t i : above_[e]) {
        if (block_[graph_.links[i].upper] != block)
          pulls_.push_back({pull(i, true), true, graph_.is_segment(graph_.links[i].upper)});
      }
      for (const std::uint32_t i : below_[e]) {
        if (block_[graph_.links[i].lower] != block)
          pulls_.push_back({pull(i, false), false, graph_.is_segment(graph_.links[i].lower)});
      }
    }
    if (pulls_.empty()) return false;
    std::sort(pulls_.begin(), pulls_.end());
    const Pull low = pulls_[(pulls_.size() - 1) / 2], high = pulls_[pulls_.size() / 2];
    // Between two medians all is equal. In line with a box rather than with a long line, so that
    // the main chain runs straight and skips bend; between two on one side the middle is the
    // symmetrical place; between one above and one below, the nearer one bends least.
    double wanted = (low.by + high.by) / 2;
    if (low.segment != high.segment) {
      wanted = low.segment ? high.by : low.by;
    } else if (low.above != high.above) {
      wanted = std::abs(low.by) <= std::abs(high.by) ? low.by : high.by;
    }
    const double shift = std::clamp(wanted, std::min(left, 0.0), std::max(right, 0.0));
    if (std::abs(shift) < straight / 2) return false;
    for (const std::uint32_t e : members) x_[e] += shift;
    for (const std::uint32_t e : members) wake_around(e);
    return true;
  }

  const Layered& graph_;
  const Sizes& sizes_;
  const std::vector<Neighbours>& pairs_;
  std::vector<double>& x_;
  const Adjacency &above_, &below_, &left_, &right_;
  std::vector<std::uint32_t> block_, start_, members_;
  std::vector<Pull> pulls_;
  std::array<std::vector<std::uint8_t>, 2> restless_;  // for rounds of elements, of blocks
};

}  // namespace

void straighten(const Layered& graph, const Sizes& sizes, const Surroundings& around,
                std::vector<double>& x) {
  Straightener(graph, sizes, around, x).run();
}

}  // namespace trex::graph
