// Takes the drift out of a drawing: shifts everything from some rank on, sideways, as a whole.
//
// Each block of a network may end a little to one side of where it began, and a thousand blocks
// lean far. Moving one box does not help, since what hangs below it would have to come along. So,
// rank by rank from the top, all elements that begin in this rank or below are shifted by the
// median of what the lines from above ask for, as far as the long lines that pass the rank, which
// stay, let them. Between two medians, in line with a box rather than with a long line. Anchored,
// the end of a long line around a whole block comes to stand below its beginning.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <limits>

#include "trex/graph/layout/place.hpp"

namespace trex::graph {
namespace {

// Ranks that more long lines pass are left as they are, so that the work stays linear.
constexpr std::size_t most_passing = 64;
constexpr std::uint64_t steps_per_element = 100;

class Shifter {
 public:
  Shifter(const Layered& graph, const Sizes& sizes, const Surroundings& around,
          std::vector<double>& x, bool anchored)
      : graph_(graph),
        sizes_(sizes),
        pairs_(around.pairs),
        x_(x),
        above_(around.above),
        below_(around.below),
        left_(around.left),
        right_(around.right),
        at_top_(graph.size(), graph.rank_count, graph.top),
        steps_left_(steps_per_element * graph.size()),
        anchored_(anchored),
        inner_boxes_(static_cast<std::size_t>(graph.rank_count), 0) {
    for (std::size_t v = 0; v < graph.vertex_count; ++v) {
      if (above_[v].empty() || below_[v].empty()) continue;
      ++inner_boxes_[static_cast<std::size_t>(graph.top[v])];
    }
  }

  void run() {
    double shift = 0;  // of all that begins below the ranks done
    for (std::int32_t rank = 1; rank < graph_.rank_count; ++rank) {
      for (const std::uint32_t e : at_top_[rank - 1]) {
        x_[e] += shift;
        if (graph_.is_segment(e)) passing_.push_back(e);
      }
      passing_.erase(std::remove_if(passing_.begin(), passing_.end(),
                                    [&](std::uint32_t s) { return graph_.bottom[s] < rank; }),
                     passing_.end());
      if (passing_.size() <= most_passing && steps_left_ > 0) shift += wanted(rank, shift);
    }
    for (const std::uint32_t e : at_top_[graph_.rank_count - 1]) x_[e] += shift;
  }

 private:
  // Elements by the rank where they begin.
  class ByRank {
   public:
    ByRank(std::size_t size, std::int32_t ranks, const std::vector<std::int32_t>& top)
        : start_(static_cast<std::size_t>(ranks) + 1, 0), elements_(size) {
      for (const std::int32_t r : top) ++start_[static_cast<std::size_t>(r) + 1];
      for (std::size_t r = 1; r < start_.size(); ++r) start_[r] += start_[r - 1];
      std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
      for (std::uint32_t e = 0; e < size; ++e) {
        elements_[next[static_cast<std::size_t>(top[e])]++] = e;
      }
    }
    std::span<const std::uint32_t> operator[](std::int32_t rank) const {
      const auto r = static_cast<std::size_t>(rank);
      return {elements_.data() + start_[r], elements_.data() + start_[r + 1]};
    }

   private:
    std::vector<std::uint32_t> start_, elements_;
  };

  struct Pull {
    double by;
    bool segment;  // has a long line at an end
    bool operator<(const Pull& o) const { return by < o.by; }
  };

  void add_pull(std::uint32_t i, double shift) {
    const Link& link = graph_.links[i];
    const double to = x_[link.lower] + shift + sizes_.lower_x[i];
    pulls_.push_back({x_[link.upper] + sizes_.upper_x[i] - to,
                      graph_.is_segment(link.upper) || graph_.is_segment(link.lower)});
    const std::uint32_t anchor = anchored_ ? anchor_of(i) : UINT32_MAX;
    if (anchor == UINT32_MAX) return;
    const Link& first = graph_.links[anchor];
    anchors_.push_back(x_[first.upper] + sizes_.upper_x[anchor] - to);
  }

  // The first link of the long line that ends with link i, where it spans a whole block: both its
  // ends are the only box of their rank that has lines above and below.
  std::uint32_t anchor_of(std::uint32_t i) const {
    const Link& link = graph_.links[i];
    if (!graph_.is_segment(link.upper) || graph_.is_segment(link.lower)) return UINT32_MAX;
    const std::uint32_t first = above_[link.upper][0];
    const bool alone = inner_boxes_[static_cast<std::size_t>(graph_.top[link.lower])] <= 1 &&
                       inner_boxes_[static_cast<std::size_t>(graph_.top[link.upper] - 1)] <= 1;
    return alone ? first : UINT32_MAX;
  }

  double wanted(std::int32_t rank, double shift) {
    pulls_.clear();
    anchors_.clear();
    double least = -std::numeric_limits<double>::infinity(), most = -least;
    const auto gap = static_cast<std::size_t>(rank - 1);
    for (std::uint32_t i = graph_.first_link[gap]; i < graph_.first_link[gap + 1]; ++i) {
      add_pull(i, shift);
    }
    std::uint64_t steps = pulls_.size() + passing_.size();
    for (const std::uint32_t s : passing_) {
      for (const std::uint32_t i : below_[s]) add_pull(i, shift);
      for (const std::uint32_t p : right_[s]) {
        const std::uint32_t e = pairs_[p].right;
        if (graph_.top[e] < rank) continue;
        least = std::max(least, x_[s] + pairs_[p].distance - x_[e] - shift);
      }
      for (const std::uint32_t p : left_[s]) {
        const std::uint32_t e = pairs_[p].left;
        if (graph_.top[e] < rank) continue;
        most = std::min(most, x_[s] - pairs_[p].distance - x_[e] - shift);
      }
      steps += right_[s].size() + left_[s].size();
    }
    steps_left_ -= std::min(steps, steps_left_);
    if (pulls_.empty()) return 0;
    if (!anchors_.empty()) {
      std::sort(anchors_.begin(), anchors_.end());
      return std::clamp(anchors_[anchors_.size() / 2], std::min(least, 0.0), std::max(most, 0.0));
    }
    std::sort(pulls_.begin(), pulls_.end());
    const Pull low = pulls_[(pulls_.size() - 1) / 2], high = pulls_[pulls_.size() / 2];
    double by = std::clamp(0.0, low.by, high.by);
    if (low.segment != high.segment) by = low.segment ? high.by : low.by;
    return std::clamp(by, std::min(least, 0.0), std::max(most, 0.0));
  }

  const Layered& graph_;
  const Sizes& sizes_;
  const std::vector<Neighbours>& pairs_;
  std::vector<double>& x_;
  const Adjacency &above_, &below_, &left_, &right_;
  ByRank at_top_;
  std::vector<std::uint32_t> passing_;
  std::vector<Pull> pulls_;
  std::vector<double> anchors_;
  std::uint64_t steps_left_;
  bool anchored_;
  std::vector<std::uint32_t> inner_boxes_;  // by rank: with lines above and below
};

}  // namespace

void take_out_drift(const Layered& graph, const Sizes& sizes, const Surroundings& around,
                    bool anchored, std::vector<double>& x) {
  Shifter(graph, sizes, around, x, anchored).run();
}

}  // namespace trex::graph
