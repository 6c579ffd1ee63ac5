// Cuts edges into links and segments.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/layered.hpp"

#include <algorithm>

namespace trex::graph {

Layered::Layered(std::span<const std::int32_t> ranks, std::span<const LayeredEdge> edges)
    : vertex_count(ranks.size()),
      top(ranks.begin(), ranks.end()),
      bottom(ranks.begin(), ranks.end()) {
  for (const std::int32_t rank : ranks) rank_count = std::max(rank_count, rank + 1);
  std::vector<Link> unsorted;
  unsorted.reserve(edges.size());
  upper_link.reserve(edges.size());
  lower_link.reserve(edges.size());
  for (const LayeredEdge& e : edges) {
    upper_link.push_back(static_cast<std::uint32_t>(unsorted.size()));
    if (ranks[e.to] - ranks[e.from] == 1) {
      unsorted.push_back({e.from, e.to, e.from_port, e.to_port});
    } else {
      const auto segment = static_cast<std::uint32_t>(top.size());
      top.push_back(ranks[e.from] + 1);
      bottom.push_back(ranks[e.to] - 1);
      unsorted.push_back({e.from, segment, e.from_port, 0});
      unsorted.push_back({segment, e.to, 0, e.to_port});
    }
    lower_link.push_back(static_cast<std::uint32_t>(unsorted.size() - 1));
  }

  first_link.assign(static_cast<std::size_t>(std::max(rank_count, 1)), 0);
  for (const Link& link : unsorted) ++first_link[static_cast<std::size_t>(top[link.lower])];
  for (std::size_t i = 1; i < first_link.size(); ++i) first_link[i] += first_link[i - 1];
  std::vector<std::uint32_t> next(first_link), place(unsorted.size());
  links.resize(unsorted.size());
  for (std::size_t i = 0; i < unsorted.size(); ++i) {
    place[i] = next[static_cast<std::size_t>(gap(unsorted[i]))]++;
    links[place[i]] = unsorted[i];
  }
  for (std::uint32_t& link : upper_link) link = place[link];
  for (std::uint32_t& link : lower_link) link = place[link];

  ports_below.assign(size(), 1);
  ports_above.assign(size(), 1);
  for (const Link& link : links) {
    ports_below[link.upper] = std::max(ports_below[link.upper], link.upper_port + 1);
    ports_above[link.lower] = std::max(ports_above[link.lower], link.lower_port + 1);
  }
}

}  // namespace trex::graph
