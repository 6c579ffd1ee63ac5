// Uses the room that is left: every element moves to the median of where its links would have it,
// as far as its neighbours let it, first alone, then together with what it is in line with.
//
// The sum of |dx| over all links never grows: a block moves only if that makes it smaller. So a
// fixed number of straighten_rounds is enough, and the result is never worse than what went in.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
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
  Straightener(const Layered& graph, const Sizes& sizes, const std::vector<Neighbours>& pairs,
               std::vector<double>& x)
      : graph_(graph),
        sizes_(sizes),
        pairs_(pairs),
        x_(x),
        above_(graph.size(), graph.links, &Link::lower),
        below_(graph.size(), graph.links, &Link::upper),
        left_(graph.size(), pairs, &Neighbours::right),
        right_(graph.size(), pairs, &Neighbours::left),
        block_(graph.size()) {}

  void run() {
    for (int round = 0; round < straighten_rounds; ++round) {
      std::iota(block_.begin(), block_.end(), 0);
      if (round % 2 == 1) find_blocks();
      gather();
      bool moved = false;
      for (std::size_t i = 0; i + 1 < start_.size(); ++i) {
        const std::size_t k = round / 2 % 2 == 0 ? i : start_.size() - 2 - i;
        moved = move({members_.data() + start_[k], members_.data() + start_[k + 1]}) || moved;
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
  void find_blocks() {
    for (std::uint32_t i = 0; i < graph_.links.size(); ++i) {
      if (std::abs(pull(i, true)) >= straight) continue;
      const std::uint32_t a = find(graph_.links[i].upper), b = find(graph_.links[i].lower);
      block_[std::max(a, b)] = std::min(a, b);
    }
  }

  // Members of each block side by side.
  void gather() {
    start_.assign(1, 0);
    std::vector<std::uint32_t> count(graph_.size(), 0), at(graph_.size(), 0);
    for (std::uint32_t e = 0; e < graph_.size(); ++e) ++count[find(e)];
    for (std::uint32_t e = 0; e < graph_.size(); ++e) {
      if (count[e] == 0) continue;
      at[e] = start_.back();
      start_.push_back(start_.back() + count[e]);
    }
    members_.resize(graph_.size());
    for (std::uint32_t e = 0; e < graph_.size(); ++e) members_[at[find(e)]++] = e;
  }

  bool move(std::span<const std::uint32_t> members) {
    double left = -std::numeric_limits<double>::infinity(), right = -left;
    pulls_.clear();
    const std::uint32_t block = find(members[0]);
    for (const std::uint32_t e : members) {
      for (const std::uint32_t p : left_[e]) {
        if (find(pairs_[p].left) == block) continue;
        left = std::max(left, x_[pairs_[p].left] + pairs_[p].distance - x_[e]);
      }
      for (const std::uint32_t p : right_[e]) {
        if (find(pairs_[p].right) == block) continue;
        right = std::min(right, x_[pairs_[p].right] - pairs_[p].distance - x_[e]);
      }
      for (const std::uint32_t i : above_[e]) {
        if (find(graph_.links[i].upper) != block)
          pulls_.push_back({pull(i, true), true, graph_.is_segment(graph_.links[i].upper)});
      }
      for (const std::uint32_t i : below_[e]) {
        if (find(graph_.links[i].lower) != block)
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
    return true;
  }

  const Layered& graph_;
  const Sizes& sizes_;
  const std::vector<Neighbours>& pairs_;
  std::vector<double>& x_;
  Adjacency above_, below_, left_, right_;
  std::vector<std::uint32_t> block_, start_, members_;
  std::vector<Pull> pulls_;
};

}  // namespace

void straighten(const Layered& graph, const Sizes& sizes, const std::vector<Neighbours>& pairs,
                std::vector<double>& x) {
  Straightener(graph, sizes, pairs, x).run();
}

}  // namespace trex::graph
