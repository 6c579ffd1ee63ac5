// Sweeps: each rank is sorted by where its neighbours in the rank before stand, down and up.
//
// As in Eiglsperger, Siebenhaller and Kaufmann a sweep costs O((V + E) log E) however many ranks
// the segments pass: a segment is sorted in at the rank where the sweep meets it first and stays.
// Single elements are sifted afterwards (sift.cpp).

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "trex/graph/layout/sequence.hpp"

namespace trex::graph {
namespace {

constexpr int sweeps = 6;    // at most, from each start
constexpr int patience = 2;  // sweeps without gain before giving up
// Elements passed in all ranks, to elements and links: below it rows are kept as arrays. An array
// is up to five times faster than the tree, which is why it may pass a little more.
constexpr std::uint64_t short_rows = 8;

// Elements by the rank where a sweep meets them first.
std::vector<std::uint32_t> by_rank(const std::vector<std::int32_t>& rank, std::int32_t rank_count,
                                   std::vector<std::uint32_t>& start) {
  start.assign(static_cast<std::size_t>(rank_count) + 1, 0);
  for (const std::int32_t r : rank) ++start[static_cast<std::size_t>(r) + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1), result(rank.size());
  for (std::uint32_t e = 0; e < rank.size(); ++e) {
    result[next[static_cast<std::size_t>(rank[e])]++] = e;
  }
  return result;
}

class Sweeper {
 public:
  explicit Sweeper(const Layered& graph)
      : graph_(graph),
        above_(graph.size(), graph.links, &Link::lower),
        below_(graph.size(), graph.links, &Link::upper),
        by_top_(by_rank(graph.top, graph.rank_count, top_start_)),
        by_bottom_(by_rank(graph.bottom, graph.rank_count, bottom_start_)),
        measure_(graph.size(), 0) {
    for (const Link& link : graph.links) {
      upper_at_.push_back((link.upper_port + 1.0) / (graph.ports_below[link.upper] + 1.0));
      lower_at_.push_back((link.lower_port + 1.0) / (graph.ports_above[link.lower] + 1.0));
    }
    // Elements by rank, added up: what going through every row costs.
    std::uint64_t passed = 0;
    for (std::size_t e = 0; e < graph.size(); ++e) {
      passed += static_cast<std::uint64_t>(graph.bottom[e] - graph.top[e]) + 1;
    }
    short_rows_ = passed <= short_rows * (graph.size() + graph.links.size());
  }

  // `to_right`: what stands even with a passing segment goes to its right.
  Places sweep(const Places& before, bool down, bool to_right) {
    return short_rows_ ? sweep<ShortSequence>(before, down, to_right)
                       : sweep<Sequence>(before, down, to_right);
  }

 private:
  template <class Row>
  Places sweep(const Places& before, bool down, bool to_right) {
    Row row(graph_.size());
    for (std::int32_t step = 0; step < graph_.rank_count; ++step) {
      const std::int32_t rank = down ? step : graph_.rank_count - 1 - step;
      collect(before, rank, down);
      if (step > 0) measure(row, down);
      indices_.assign(fresh_.size(), 0);
      for (std::size_t i = 0; i < fresh_.size() && step > 0; ++i) {
        const double m = measure_[fresh_[i]];
        const double index = to_right ? std::floor(m + 0.5) : std::ceil(m - 0.5);
        indices_[i] = static_cast<std::uint32_t>(std::max(index, 0.0));
      }
      row.insert(indices_, fresh_);
      if (step > 0) row.remove(meets(down ? rank - 1 : rank + 1, !down));
    }
    Places places(graph_.size());
    std::uint32_t place = 0;
    for (const std::uint32_t e : row.history()) places[e] = place++;
    return places;
  }

  std::span<const std::uint32_t> meets(std::int32_t rank, bool down) const {
    const auto& start = down ? top_start_ : bottom_start_;
    const auto& elements = down ? by_top_ : by_bottom_;
    const auto r = static_cast<std::size_t>(rank);
    return {elements.data() + start[r], elements.data() + start[r + 1]};
  }

  void collect(const Places& before, std::int32_t rank, bool down) {
    const auto elements = meets(rank, down);
    fresh_.assign(elements.begin(), elements.end());
    std::sort(fresh_.begin(), fresh_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return before[a] < before[b]; });
  }

  // The mean of where the neighbours stand, ports counted as parts of their element; what has no
  // neighbour stays beside what it stood beside.
  template <class Row>
  void measure(Row& row, bool down) {
    double last = 0;
    for (const std::uint32_t e : fresh_) {
      const auto links = down ? above_[e] : below_[e];
      double sum = 0;
      for (const std::uint32_t i : links) {
        const Link& link = graph_.links[i];
        sum += row.index_of(down ? link.upper : link.lower) + (down ? upper_at_ : lower_at_)[i];
      }
      if (!links.empty()) last = sum / static_cast<double>(links.size());
      measure_[e] = last;
    }
    sort_by_measure();
  }

  // Stable. Few elements are sorted in place: the library's stable sort allocates.
  void sort_by_measure() {
    const auto less = [&](std::uint32_t a, std::uint32_t b) { return measure_[a] < measure_[b]; };
    if (fresh_.size() > 16) return std::stable_sort(fresh_.begin(), fresh_.end(), less);
    for (auto next = fresh_.begin(); next != fresh_.end(); ++next) {
      std::rotate(std::upper_bound(fresh_.begin(), next, *next, less), next, next + 1);
    }
  }

  const Layered& graph_;
  Adjacency above_, below_;
  std::vector<std::uint32_t> top_start_, bottom_start_, by_top_, by_bottom_, fresh_, indices_;
  std::vector<double> measure_;
  std::vector<double> upper_at_, lower_at_;  // by link: where its ports stand, parts of the element
  bool short_rows_ = false;
};

}  // namespace

Ordered find_order(const Layered& graph, const Places& first) {
  CrossingCounter counter(graph);
  Ordered best{first, counter.count(first)};
  Sweeper sweeper(graph);
  for (const bool from_top : {true, false}) {
    Places places = first;
    Ordered here{first, UINT64_MAX};
    int idle = 0;
    for (int i = 0; i < sweeps && idle < patience && best.crossings > 0; ++i) {
      places = sweeper.sweep(places, (i % 2 == 0) == from_top, i / 2 % 2 == 0);
      const std::uint64_t crossings = counter.count(places);
      ++idle;
      if (crossings < here.crossings) {
        here = {places, crossings};
        idle = 0;
      }
    }
    if (here.crossings < best.crossings) best = std::move(here);
  }
  return best;
}

}  // namespace trex::graph
