// Counts crossings, gap by gap, in O((V + E) log (V + E)).
//
// In a gap, two links cross when their ends stand in opposite order; a link and a segment that
// passes the gap cross when the segment stands between the link's ends.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <numeric>

#include "trex/graph/layout/fenwick.hpp"
#include "trex/graph/layout/order.hpp"

namespace trex::graph {
namespace {

using Ends = CrossingCounter::Ends;

// Pairs in opposite order, by merging; `ends` is sorted by `upper`, and by `lower` afterwards.
std::uint64_t inversions(std::span<Ends> ends, std::vector<Ends>& spare) {
  std::uint64_t count = 0;
  constexpr std::size_t run = 8;
  for (std::size_t first = 0; first < ends.size(); first += run) {
    const std::size_t last = std::min(first + run, ends.size());
    for (std::size_t i = first + 1; i < last; ++i) {
      for (std::size_t j = i; j > first && ends[j].lower < ends[j - 1].lower; --j) {
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
        if (b == last || (a < middle && ends[a].lower <= ends[b].lower)) {
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
  beginning_ = list(graph.top, begin_);
  ending_ = list(graph.bottom, end_);
}

std::uint64_t CrossingCounter::count(const Places& places) {
  const std::size_t gaps = graph_.first_link.size() - 1;
  Fenwick passing(graph_.size());
  std::size_t active = 0;
  std::uint64_t count = 0;
  for (std::size_t gap = 0; gap < gaps; ++gap) {
    for (std::uint32_t i = begin_[gap]; i < begin_[gap + 1]; ++i, ++active) {
      passing.add(places[beginning_[i]], 1);
    }
    for (std::uint32_t i = end_[gap]; i < end_[gap + 1]; ++i, --active) {
      passing.add(places[ending_[i]], -1);
    }
    ends_.clear();
    for (std::uint32_t i = graph_.first_link[gap]; i < graph_.first_link[gap + 1]; ++i) {
      const Link& link = graph_.links[i];
      const std::uint64_t upper = places[link.upper], lower = places[link.lower];
      ends_.push_back({upper << 32 | link.upper_port, lower << 32 | link.lower_port});
      if (active > 0) {
        const auto low = static_cast<std::size_t>(std::min(upper, lower));
        const auto high = static_cast<std::size_t>(std::max(upper, lower));
        count += static_cast<std::uint64_t>(passing.sum(high) - passing.sum(low + 1));
      }
    }
    std::sort(ends_.begin(), ends_.end());
    count += inversions(ends_, spare_);
  }
  return count;
}

}  // namespace trex::graph
