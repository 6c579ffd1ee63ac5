// Counts crossings, gap by gap, in O((V + E) log (V + E)).
//
// In a gap, two links cross when their ends stand in opposite order; a link and a segment that
// passes the gap cross when the segment stands between the link's ends.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <numeric>

#include "trex/graph/layout/counted_set.hpp"
#include "trex/graph/layout/order.hpp"

namespace trex::graph {
namespace {

std::uint32_t lower(std::uint64_t ends) { return static_cast<std::uint32_t>(ends); }

// Pairs in opposite order, by merging; `ends` is sorted by upper end, and by lower end afterwards.
std::uint64_t inversions(std::span<std::uint64_t> ends, std::vector<std::uint64_t>& spare) {
  std::uint64_t count = 0;
  constexpr std::size_t run = 8;
  for (std::size_t first = 0; first < ends.size(); first += run) {
    const std::size_t last = std::min(first + run, ends.size());
    for (std::size_t i = first + 1; i < last; ++i) {
      for (std::size_t j = i; j > first && lower(ends[j]) < lower(ends[j - 1]); --j) {
        std::swap(ends[j], ends[j - 1]);
        ++count;
      }
    }
  }
  spare.resize(ends.size());
  for (std::size_t width = run; width < ends.size(); width *= 2) {
    for (std::size_t first = 0; first + width < ends.size(); first += 2 * width) {
      const std::size_t middle = first + width, last = std::min(middle + width, ends.size());
      std::size_t a = first, b = middle, out = first;
      while (a < middle || b < last) {
        if (b == last || (a < middle && lower(ends[a]) <= lower(ends[b]))) {
          spare[out++] = ends[a++];
        } else {
          count += middle - a;
          spare[out++] = ends[b++];
        }
      }
      std::copy(spare.begin() + static_cast<std::ptrdiff_t>(first),
                spare.begin() + static_cast<std::ptrdiff_t>(last),
                ends.begin() + static_cast<std::ptrdiff_t>(first));
    }
  }
  return count;
}

}  // namespace

CrossingCounter::CrossingCounter(const Layered& graph)
    : graph_(graph), begin_(graph.first_link.size(), 0), end_(graph.first_link.size(), 0) {
  for (std::size_t s = graph.vertex_count; s < graph.size(); ++s) {
    if (graph.top[s] == graph.bottom[s]) continue;  // passes no gap
    ++begin_[static_cast<std::size_t>(graph.top[s])];
    ++end_[static_cast<std::size_t>(graph.bottom[s])];
  }
  const auto list = [&](const std::vector<std::int32_t>& rank, std::vector<std::uint32_t>& start) {
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<std::uint32_t> elements(start.back());
    for (auto s = static_cast<std::uint32_t>(graph.size()); s-- > graph.vertex_count;) {
      if (graph.top[s] == graph.bottom[s]) continue;
      elements[--start[static_cast<std::size_t>(rank[s])]] = s;
    }
    return elements;
  };
  ports_.assign(graph.size(), 1);
  for (const Link& link : graph.links) {
    ports_[link.upper] = std::max(ports_[link.upper], link.upper_port + 1);
    ports_[link.lower] = std::max(ports_[link.lower], link.lower_port + 1);
  }
  by_place_.resize(graph.size());
  first_port_.resize(graph.size());
  beginning_ = list(graph.top, begin_);
  ending_ = list(graph.bottom, end_);
}

std::uint64_t CrossingCounter::count(const Places& places) {
  const std::size_t gaps = graph_.first_link.size() - 1;
  // Ports numbered from the left through all elements, so that an end is one number.
  for (std::uint32_t e = 0; e < places.size(); ++e) by_place_[places[e]] = e;
  std::uint32_t ports = 0;
  for (const std::uint32_t e : by_place_) {
    first_port_[e] = ports;
    ports += ports_[e];
  }
  CountedSet passing(graph_.size());
  std::size_t active = 0;
  std::uint64_t count = 0;
  for (std::size_t gap = 0; gap < gaps; ++gap) {
    for (std::uint32_t i = begin_[gap]; i < begin_[gap + 1]; ++i, ++active) {
      passing.insert(places[beginning_[i]]);
    }
    for (std::uint32_t i = end_[gap]; i < end_[gap + 1]; ++i, --active) {
      passing.erase(places[ending_[i]]);
    }
    ends_.clear();
    for (std::uint32_t i = graph_.first_link[gap]; i < graph_.first_link[gap + 1]; ++i) {
      const Link& link = graph_.links[i];
      const std::uint64_t upper_end = first_port_[link.upper] + link.upper_port;
      ends_.push_back(upper_end << 32 | (first_port_[link.lower] + link.lower_port));
      if (active > 0) {
        const auto [low, high] = std::minmax(places[link.upper], places[link.lower]);
        count += static_cast<std::uint64_t>(passing.between(std::size_t{low} + 1, high));
      }
    }
    std::sort(ends_.begin(), ends_.end());
    count += inversions(ends_, spare_);
  }
  return count;
}

}  // namespace trex::graph
