// Counts crossings, gap by gap, in O((V + E) log (V + E)).
//
// In a gap, two links cross when their ends stand in opposite order; a link and a segment that
// passes the gap cross when the segment stands between the link's ends.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "trex/graph/layout/fenwick.hpp"
#include "trex/graph/layout/order.hpp"

namespace trex::graph {
namespace {

struct Ends {
  std::uint64_t upper, lower;  // place and port in one number
  bool operator<(const Ends& o) const {
    return upper != o.upper ? upper < o.upper : lower < o.lower;
  }
};

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

std::uint64_t count_crossings(const Layered& graph, const Places& places) {
  const auto gaps = graph.first_link.size() - 1;
  std::vector<std::vector<std::uint32_t>> begin(gaps + 1), end(gaps + 1);
  for (auto s = static_cast<std::uint32_t>(graph.vertex_count); s < graph.size(); ++s) {
    if (graph.top[s] == graph.bottom[s]) continue;  // passes no gap
    begin[static_cast<std::size_t>(graph.top[s])].push_back(places[s]);
    end[static_cast<std::size_t>(graph.bottom[s])].push_back(places[s]);
  }
  Fenwick passing(graph.size());
  std::size_t active = 0;
  std::uint64_t count = 0;
  std::vector<Ends> ends, spare;
  for (std::size_t gap = 0; gap < gaps; ++gap) {
    for (const std::uint32_t place : begin[gap]) passing.add(place, 1);
    for (const std::uint32_t place : end[gap]) passing.add(place, -1);
    active = active + begin[gap].size() - end[gap].size();
    ends.clear();
    for (std::uint32_t i = graph.first_link[gap]; i < graph.first_link[gap + 1]; ++i) {
      const Link& link = graph.links[i];
      const std::uint64_t upper = places[link.upper], lower = places[link.lower];
      ends.push_back({upper << 32 | link.upper_port, lower << 32 | link.lower_port});
      if (active > 0) {
        const auto [low, high] = std::minmax(upper, lower);
        count += static_cast<std::uint64_t>(passing.sum(high) - passing.sum(low + 1));
      }
    }
    std::sort(ends.begin(), ends.end());
    count += inversions(ends, spare);
  }
  return count;
}

}  // namespace trex::graph
