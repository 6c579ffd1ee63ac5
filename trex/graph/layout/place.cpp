// Brandes and Koepf (Fast and Simple Horizontal Coordinate Assignment, 2001), with segments as one
// element, boxes of any width and ports.
//
// Four times, from the top and from the bottom, leaning left and leaning right: each element joins
// the block of the median of its neighbours in the rank before, unless lines of blocks would cross;
// blocks are then pushed together. The mean of the two middle results keeps what is straight in
// all four and balances the rest; straighten.cpp then uses the room that is left.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/place.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <numeric>

#include "trex/graph/layout/counted_set.hpp"

namespace trex::graph {
namespace {

// Links that cross a segment which passes their gap: blocks must not follow them.
std::vector<bool> crossing_segments(const Layered& graph, const Places& places) {
  std::vector<bool> result(graph.links.size(), false);
  std::vector<std::vector<std::uint32_t>> begin(graph.first_link.size()), end(begin);
  for (std::size_t s = graph.vertex_count; s < graph.size(); ++s) {
    if (graph.top[s] == graph.bottom[s]) continue;
    begin[static_cast<std::size_t>(graph.top[s])].push_back(places[s]);
    end[static_cast<std::size_t>(graph.bottom[s])].push_back(places[s]);
  }
  CountedSet passing(graph.size());
  for (std::size_t gap = 0; gap + 1 < graph.first_link.size(); ++gap) {
    for (const std::uint32_t place : begin[gap]) passing.insert(place);
    for (const std::uint32_t place : end[gap]) passing.erase(place);
    for (std::uint32_t i = graph.first_link[gap]; i < graph.first_link[gap + 1]; ++i) {
      const auto [low, high] =
          std::minmax(places[graph.links[i].upper], places[graph.links[i].lower]);
      result[i] = passing.between(low + 1, high) > 0;
    }
  }
  return result;
}

class Placer {
 public:
  Placer(const Layered& graph, const Places& places, const Sizes& sizes,
         const std::vector<Neighbours>& pairs)
      : graph_(graph),
        places_(places),
        sizes_(sizes),
        pairs_(pairs),
        blocked_(crossing_segments(graph, places)),
        above_(graph.size(), graph.links, &Link::lower),
        below_(graph.size(), graph.links, &Link::upper),
        by_place_(graph.size()) {
    for (std::uint32_t e = 0; e < graph.size(); ++e) by_place_[places[e]] = e;
    ranks_ = rows(graph.top);
    ranks_up_ = rows(graph.bottom);
  }

  std::vector<double> place(bool from_top, bool to_left) {
    align(from_top, to_left);
    return compact(to_left);
  }

 private:
  // Elements by the rank in `rank`, each from left to right.
  std::vector<std::vector<std::uint32_t>> rows(const std::vector<std::int32_t>& rank) const {
    std::vector<std::vector<std::uint32_t>> result(static_cast<std::size_t>(graph_.rank_count));
    for (const std::uint32_t e : by_place_) result[static_cast<std::size_t>(rank[e])].push_back(e);
    return result;
  }

  void align(bool from_top, bool to_left) {
    root_.resize(graph_.size());
    std::iota(root_.begin(), root_.end(), 0);
    offset_.assign(graph_.size(), 0);
    for (std::int32_t step = 1; step < graph_.rank_count; ++step) {
      const auto& row = from_top
                            ? ranks_[static_cast<std::size_t>(step)]
                            : ranks_up_[static_cast<std::size_t>(graph_.rank_count - 1 - step)];
      std::int64_t limit = -1;  // last place joined, counted from the side we lean to
      for (std::size_t i = 0; i < row.size(); ++i) {
        join(to_left ? row[i] : row[row.size() - 1 - i], from_top, to_left, limit);
      }
    }
  }

  void join(std::uint32_t e, bool from_top, bool to_left, std::int64_t& limit) {
    near_.clear();
    for (const std::uint32_t i : from_top ? above_[e] : below_[e]) near_.push_back(i);
    if (near_.empty()) return;
    const auto other = [&](std::uint32_t i) {
      return from_top ? graph_.links[i].upper : graph_.links[i].lower;
    };
    const auto far_x = [&](std::uint32_t i) {
      return from_top ? sizes_.upper_x[i] : sizes_.lower_x[i];
    };
    std::sort(near_.begin(), near_.end(), [&](std::uint32_t a, std::uint32_t b) {
      const std::uint32_t pa = places_[other(a)], pb = places_[other(b)];
      if (pa != pb) return pa < pb;
      return far_x(a) != far_x(b) ? far_x(a) < far_x(b) : a < b;
    });
    const std::size_t low = (near_.size() - 1) / 2, high = near_.size() / 2;
    for (const std::size_t m : to_left ? std::array{low, high} : std::array{high, low}) {
      const std::uint32_t i = near_[m];
      const auto place = static_cast<std::int64_t>(places_[other(i)]);
      const std::int64_t from_side =
          to_left ? place : static_cast<std::int64_t>(places_.size()) - 1 - place;
      if (blocked_[i] || from_side <= limit) continue;
      const double near_x = from_top ? sizes_.lower_x[i] : sizes_.upper_x[i];
      root_[e] = root_[other(i)];
      offset_[e] = offset_[other(i)] + far_x(i) - near_x;
      limit = from_side;
      return;
    }
  }

  // Pushes the blocks to one side; longest paths over who stands beside whom.
  std::vector<double> compact(bool to_left) {
    // Leaning right, x counts leftwards from 0 and pairs are seen from their right element.
    const auto near_block = [&](const Neighbours& p) { return root_[to_left ? p.left : p.right]; };
    const auto far_block = [&](const Neighbours& p) { return root_[to_left ? p.right : p.left]; };
    std::vector<std::uint32_t> start(graph_.size() + 1, 0), waiting(graph_.size(), 0);
    for (const Neighbours& p : pairs_) {
      ++start[near_block(p) + 1];
      ++waiting[far_block(p)];
    }
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<std::uint32_t> next(start.begin(), start.end() - 1), of(pairs_.size());
    for (std::uint32_t i = 0; i < pairs_.size(); ++i) of[next[near_block(pairs_[i])]++] = i;

    constexpr double least = std::numeric_limits<double>::lowest();
    std::vector<double> x(graph_.size(), least);
    std::vector<std::uint32_t> ready;
    std::size_t blocks = 0;
    for (std::uint32_t e = 0; e < graph_.size(); ++e) {
      double& block_x = x[root_[e]];
      block_x = std::max(block_x, to_left ? -offset_[e] : offset_[e] + sizes_.width[e]);
      if (root_[e] != e) continue;
      ++blocks;
      if (waiting[e] == 0) ready.push_back(e);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
      const std::uint32_t block = ready[i];
      for (std::uint32_t k = start[block]; k < start[block + 1]; ++k) {
        const Neighbours& p = pairs_[of[k]];
        const std::uint32_t to = far_block(p);
        x[to] = std::max(x[to], x[block] + offset_[p.left] - offset_[p.right] + p.distance);
        if (--waiting[to] == 0) ready.push_back(to);
      }
    }
    assert(ready.size() == blocks);  // blocks do not cross, so they have an order
    static_cast<void>(blocks);
    std::vector<double> result(graph_.size());
    for (std::uint32_t e = 0; e < graph_.size(); ++e) {
      result[e] = to_left ? x[root_[e]] + offset_[e] : offset_[e] - x[root_[e]];
    }
    return result;
  }

  const Layered& graph_;
  const Places& places_;
  const Sizes& sizes_;
  const std::vector<Neighbours>& pairs_;
  std::vector<bool> blocked_;
  Adjacency above_, below_;
  std::vector<std::uint32_t> by_place_, root_, near_;
  std::vector<double> offset_;
  std::vector<std::vector<std::uint32_t>> ranks_, ranks_up_;
};

// Without shifts, with them, and with anchors: which leans least depends on the graph, so all are
// made and the narrowest is kept; the least x is 0.
std::vector<double> narrowest_of(const Layered& graph, const Sizes& sizes,
                                 const std::vector<Neighbours>& pairs,
                                 const std::vector<double>& start) {
  const Surroundings around(graph, pairs);
  std::vector<double> best;
  double best_width = std::numeric_limits<double>::infinity();
  for (const int shifts : {0, 1, 2}) {
    std::vector<double> x = start;
    if (shifts > 0) take_out_drift(graph, sizes, around, shifts == 2, x);
    if (shifts > 0 && x == start) continue;  // as the first
    straighten(graph, sizes, around, x);
    const double least = *std::min_element(x.begin(), x.end());
    double width = 0;
    for (std::uint32_t e = 0; e < x.size(); ++e) {
      x[e] -= least;
      width = std::max(width, x[e] + sizes.width[e]);
    }
    if (width >= best_width) continue;
    best_width = width;
    best = std::move(x);
  }
  return best;
}

}  // namespace

std::vector<double> find_x(const Layered& graph, const Places& places, const Sizes& sizes) {
  const std::vector<Neighbours> pairs = find_neighbours(graph, places, sizes);
  Placer placer(graph, places, sizes, pairs);
  struct Extent {
    double low, high;
  };
  std::array<std::vector<double>, 4> x;
  std::array<Extent, 4> extent{};
  std::size_t narrowest = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    x[i] = placer.place(i / 2 == 0, i % 2 == 0);
    extent[i] = {x[i][0], x[i][0]};
    for (std::uint32_t e = 0; e < graph.size(); ++e) {
      extent[i].low = std::min(extent[i].low, x[i][e]);
      extent[i].high = std::max(extent[i].high, x[i][e] + sizes.width[e]);
    }
    const auto width = [&](std::size_t k) { return extent[k].high - extent[k].low; };
    if (width(i) < width(narrowest)) narrowest = i;
  }
  const Extent whole = extent[narrowest];
  std::vector<double> result(graph.size());
  for (std::uint32_t e = 0; e < graph.size(); ++e) {
    std::array<double, 4> at{};
    for (std::size_t i = 0; i < 4; ++i) {
      at[i] = x[i][e] + (i % 2 == 0 ? whole.low - extent[i].low : whole.high - extent[i].high);
    }
    std::sort(at.begin(), at.end());
    result[e] = (at[1] + at[2]) / 2;
  }
  return narrowest_of(graph, sizes, pairs, std::move(result));
}

}  // namespace trex::graph
