// Slides ports along the sides of boxes.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/ports.hpp"

#include <algorithm>
#include <tuple>

namespace trex::graph {
namespace {

struct End {
  std::uint32_t vertex, port, link;
  std::uint64_t far;  // place of what the line leads to
  double wanted;      // x of that, from the box's left side
};

// Ends of one port stand together; `first` of each port, `wanted` their mean.
struct Port {
  std::size_t first, last;
  std::uint64_t far;
  double wanted;
};

std::vector<End> ends_of(const Level& level, const Layered& graph, const Places& places, bool below,
                         const std::vector<double>& x, const Sizes& sizes) {
  std::vector<End> ends;
  for (std::uint32_t e = 0; e < level.edges.size(); ++e) {
    const LevelEdge& edge = level.edges[e];
    const std::uint32_t v = below ? edge.from : edge.to;
    if (!level.vertices[v].slides) continue;
    const std::uint32_t i = below ? graph.upper_link[e] : graph.lower_link[e];
    const Link& link = graph.links[i];
    const std::uint32_t other = below ? link.lower : link.upper;
    const double far_x = x[other] + (below ? sizes.lower_x[i] : sizes.upper_x[i]);
    ends.push_back(
        {v, below ? edge.from_port : edge.to_port, i,
         std::uint64_t{places[other]} << 32 | (below ? link.lower_port : link.upper_port),
         far_x - x[v]});
  }
  std::stable_sort(ends.begin(), ends.end(), [](const End& a, const End& b) {
    return std::tie(a.vertex, a.port, a.far) < std::tie(b.vertex, b.port, b.far);
  });
  return ends;
}

// Least squares in order, each at least `gap` after the one before (pool adjacent violators), all
// within [margin, width - margin].
std::vector<double> spread(const std::vector<Port>& ports, double width, double line_gap) {
  const auto count = static_cast<double>(ports.size());
  const double margin = std::min(line_gap, width / (2 * count));
  const double room = width - 2 * margin;
  const double gap = ports.size() == 1 ? 0 : std::min(line_gap, room / (count - 1));
  struct Pool {
    double sum, size;
    double mean() const { return sum / size; }
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const double least = margin + gap * static_cast<double>(i),
                 most = least + room - gap * (count - 1);
    pools.push_back(
        {std::clamp(ports[i].wanted, least, std::max(least, most)) - gap * static_cast<double>(i),
         1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back() = {pools.back().sum + last.sum, pools.back().size + last.size};
    }
  }
  std::vector<double> result;
  for (const Pool& pool : pools) {
    for (double k = 0; k < pool.size; ++k) {
      result.push_back(pool.mean() + gap * static_cast<double>(result.size()));
    }
  }
  return result;
}

void slide_side(const Level& level, bool below, bool any_order, double line_gap,
                const std::vector<End>& ends, Sizes& sizes) {
  std::vector<Port> ports;
  for (std::size_t first = 0, last = 0; first < ends.size(); first = last) {
    const LevelVertex& vertex = level.vertices[ends[first].vertex];
    ports.clear();
    for (; last < ends.size() && ends[last].vertex == ends[first].vertex; ++last) {
      if (last == first || ends[last].port != ends[last - 1].port) {
        ports.push_back({last, last, ends[last].far, 0});
      }
      ports.back().last = last + 1;
      ports.back().wanted += ends[last].wanted;
    }
    for (Port& p : ports) p.wanted /= static_cast<double>(p.last - p.first);
    if (any_order || vertex.free_ports) {
      std::stable_sort(ports.begin(), ports.end(),
                       [](const Port& a, const Port& b) { return a.far < b.far; });
    }
    if (ports.size() == 1) ports[0].wanted = vertex.port_width / 2;
    const std::vector<double> at = spread(ports, vertex.port_width, line_gap);
    for (std::size_t p = 0; p < ports.size(); ++p) {
      for (std::size_t i = ports[p].first; i < ports[p].last; ++i) {
        (below ? sizes.upper_x : sizes.lower_x)[ends[i].link] = at[p];
      }
    }
  }
}

}  // namespace

void centre_ports(const Level& level, const Layered& graph, Sizes& sizes) {
  sizes.upper_x.assign(graph.links.size(), 0);
  sizes.lower_x.assign(graph.links.size(), 0);
  for (std::uint32_t e = 0; e < level.edges.size(); ++e) {
    const LevelEdge& edge = level.edges[e];
    const LevelVertex &from = level.vertices[edge.from], &to = level.vertices[edge.to];
    sizes.upper_x[graph.upper_link[e]] = from.slides ? from.port_width / 2 : edge.from_x;
    sizes.lower_x[graph.lower_link[e]] = to.slides ? to.port_width / 2 : edge.to_x;
  }
}

void slide_ports(const Level& level, const Layered& graph, const Places& places, bool any_order,
                 double line_gap, const std::vector<double>& x, Sizes& sizes) {
  for (const bool below : {true, false}) {
    slide_side(level, below, any_order, line_gap, ends_of(level, graph, places, below, x, sizes),
               sizes);
  }
}

}  // namespace trex::graph
