// The promises of layout.hpp, on graphs of many kinds.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "bench/layout_graphs.hpp"
#include "bench/layout_measure.hpp"
#include "trex/base/error.hpp"

namespace trex::graph {
namespace {

// The same numbers on every machine (Steele et al., SplitMix64, 2014).
struct Random {
  std::uint64_t state;
  std::uint32_t below(std::uint32_t most) {
    std::uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return static_cast<std::uint32_t>((z ^ z >> 31) % most);
  }
};

LayoutEdge edge(std::uint32_t source, std::uint32_t target, std::uint32_t target_port = 0) {
  LayoutEdge result;
  result.source = source;
  result.target = target;
  result.target_port = target_port;
  result.tensor = source;
  return result;
}

LayoutGraph of_edges(std::size_t nodes, std::vector<LayoutEdge> edges) {
  LayoutGraph graph;
  graph.nodes.assign(nodes, {100, 30});
  graph.edges = std::move(edges);
  return graph;
}

LayoutGraph random_graph(std::uint64_t seed) {
  Random random{seed};
  LayoutGraph graph;
  const std::uint32_t nodes = 1 + random.below(60), edges = random.below(2 * nodes + 1);
  const std::uint32_t groups = seed % 3 == 0 ? 0 : random.below(8);
  for (std::uint32_t g = 0; g < groups; ++g) {
    LayoutGroup group;
    group.parent = static_cast<std::int32_t>(random.below(g + 1)) - 1;
    group.label_width = random.below(150);
    group.label_height = random.below(3) * 10;
    group.width = 80;
    group.height = 40;
    group.open = random.below(4) != 0;
    graph.groups.push_back(group);
  }
  for (std::uint32_t n = 0; n < nodes; ++n) {
    graph.nodes.push_back({10.0 + random.below(150), 10.0 + random.below(60),
                           static_cast<std::int32_t>(random.below(groups + 1)) - 1});
  }
  for (std::uint32_t e = 0; e < edges; ++e) {
    LayoutEdge link = edge(random.below(nodes), random.below(nodes), e);
    if (random.below(8) != 0 && link.source > link.target) std::swap(link.source, link.target);
    link.source_port = random.below(2);
    link.tensor = 2 * link.source + link.source_port;
    if (random.below(5) == 0) {
      link.label_width = 40;
      link.label_height = 12;
    }
    graph.edges.push_back(link);
  }
  return graph;
}

bool inside(const Rect& inner, const Rect& outer) {
  constexpr double slack = 1e-6;
  return inner.x >= outer.x - slack && inner.y >= outer.y - slack &&
         inner.x + inner.width <= outer.x + outer.width + slack &&
         inner.y + inner.height <= outer.y + outer.height + slack;
}
bool apart(const Rect& a, const Rect& b) {
  constexpr double slack = 1e-6;
  return a.x + a.width <= b.x + slack || b.x + b.width <= a.x + slack ||
         a.y + a.height <= b.y + slack || b.y + b.height <= a.y + slack;
}

// The group or node that is drawn in a node's stead: itself, or the outermost closed group.
struct Shown {
  bool is_group;
  std::uint32_t index;
  bool operator==(const Shown&) const = default;
};
Shown shown(const LayoutGraph& graph, std::uint32_t node) {
  Shown result{false, node};
  for (std::int32_t g = graph.nodes[node].group; g >= 0;
       g = graph.groups[static_cast<std::size_t>(g)].parent) {
    if (!graph.groups[static_cast<std::size_t>(g)].open) {
      result = {true, static_cast<std::uint32_t>(g)};
    }
  }
  return result;
}
const Rect& box_of(const Layout& layout, Shown s) {
  return s.is_group ? layout.groups[s.index] : layout.nodes[s.index];
}

void expect_on_side(Point p, const Rect& box, bool bottom) {
  EXPECT_NEAR(p.y, bottom ? box.y + box.height : box.y, 1e-6);
  EXPECT_GE(p.x, box.x - 1e-6);
  EXPECT_LE(p.x, box.x + box.width + 1e-6);
}

void check_boxes(const LayoutGraph& graph, const Layout& layout) {
  const Rect whole{0, 0, layout.width, layout.height};
  std::vector<std::pair<Rect, std::int32_t>> boxes;  // and the group it is directly in
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    const bool hidden = shown(graph, n).is_group;
    ASSERT_EQ(layout.nodes[n].width < 0, hidden) << "node " << n;
    if (hidden) continue;
    EXPECT_EQ(layout.nodes[n].width, graph.nodes[n].width);
    EXPECT_EQ(layout.nodes[n].height, graph.nodes[n].height);
    boxes.emplace_back(layout.nodes[n], graph.nodes[n].group);
  }
  for (std::uint32_t g = 0; g < graph.groups.size(); ++g) {
    if (layout.groups[g].width >= 0) boxes.emplace_back(layout.groups[g], graph.groups[g].parent);
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const auto& [box, group] = boxes[i];
    EXPECT_TRUE(inside(box, group < 0 ? whole : layout.groups[static_cast<std::size_t>(group)]));
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_TRUE(boxes[j].second != group || apart(box, boxes[j].first)) << i << " " << j;
    }
  }
}

void check_routes(const LayoutGraph& graph, const Layout& layout) {
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    SCOPED_TRACE("edge " + std::to_string(e));
    const LayoutRoute& route = layout.edges[e];
    const Shown from = shown(graph, graph.edges[e].source);
    const Shown to = shown(graph, graph.edges[e].target);
    const bool hidden = from == to && from.is_group;
    ASSERT_EQ(route.points.empty(), hidden || route.merged_into != no_edge);
    if (route.points.empty()) continue;
    if (from == to) continue;  // a self loop stands at its node's right side
    for (const Point& p : route.points) {
      EXPECT_TRUE(inside({p.x, p.y, 0, 0}, {0, 0, layout.width, layout.height}));
    }
    expect_on_side(route.points.front(), box_of(layout, from), !route.back);
    expect_on_side(route.points.back(), box_of(layout, to), route.back);
    EXPECT_EQ(route.points.size() % 3, route.stub ? 2u : 1u);
  }
}

// No line through a box that neither is nor holds one of its ends.
void check_lines_clear(const LayoutGraph& graph, const Layout& layout) {
  const bench::Quality quality = bench::measure(bench::drawn(graph, layout));
  EXPECT_EQ(quality.overlaps, 0u);
  EXPECT_EQ(quality.through_nodes, 0u);
}

void check(const LayoutGraph& graph, const Layout& layout) {
  ASSERT_EQ(layout.nodes.size(), graph.nodes.size());
  ASSERT_EQ(layout.groups.size(), graph.groups.size());
  ASSERT_EQ(layout.edges.size(), graph.edges.size());
  check_boxes(graph, layout);
  check_routes(graph, layout);
  check_lines_clear(graph, layout);
}

bool same(const Layout& a, const Layout& b) {
  const auto same_route = [](const LayoutRoute& p, const LayoutRoute& q) {
    return p.points == q.points && p.stub == q.stub && p.merged_into == q.merged_into &&
           p.label == q.label && p.source_tag == q.source_tag && p.target_tag == q.target_tag;
  };
  return a.nodes == b.nodes && a.groups == b.groups && a.width == b.width && a.height == b.height &&
         std::equal(a.edges.begin(), a.edges.end(), b.edges.begin(), b.edges.end(), same_route);
}

TEST(Layout, KeepsItsPromisesOnRandomGraphs) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const LayoutGraph graph = random_graph(seed);
    LayoutOptions options;
    if (seed % 4 == 1) options.hub_readers = 2;  // many stubs
    const Layout layout = lay_out(graph, options);
    check(graph, layout);
    EXPECT_TRUE(same(layout, lay_out(graph, options))) << "not the same twice";
    if (HasFailure()) break;
  }
}

TEST(Layout, ToTheRightIsTheSameTurned) {
  const LayoutGraph graph = of_edges(3, {edge(0, 1), edge(0, 2)});
  const Layout layout = lay_out(graph, {.direction = LayoutDirection::right});
  EXPECT_GT(layout.nodes[1].x, layout.nodes[0].x + 100);
  EXPECT_EQ(layout.nodes[1].x, layout.nodes[2].x);
  EXPECT_EQ(layout.nodes[1].width, 100);
  EXPECT_TRUE(apart(layout.nodes[1], layout.nodes[2]));
}

TEST(Layout, OpeningAGroupGivesWhatALayoutFromScratchGives) {
  for (std::uint64_t seed = 1; seed < 60; seed += 3) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    LayoutGraph graph = random_graph(seed);
    NestedLayout nested(graph);
    nested.layout();
    Random random{seed};
    for (int step = 0; step < 6 && !graph.groups.empty(); ++step) {
      const std::uint32_t g = random.below(static_cast<std::uint32_t>(graph.groups.size()));
      graph.groups[g].open = !graph.groups[g].open;
      nested.set_open(g, graph.groups[g].open);
      const Layout layout = nested.layout();
      check(graph, layout);
      EXPECT_TRUE(same(layout, lay_out(graph)));
    }
  }
}

TEST(Layout, OpeningAGroupLaysOutOnlyItAndWhatIsAroundIt) {
  LayoutGraph graph = of_edges(40, {});
  for (std::uint32_t g = 0; g < 10; ++g) graph.groups.push_back({.width = 80, .height = 30});
  for (std::uint32_t n = 0; n < 40; ++n) {
    graph.nodes[n].group = static_cast<std::int32_t>(n / 4);
    if (n > 0) graph.edges.push_back(edge(n - 1, n));
  }
  NestedLayout nested(graph);
  EXPECT_EQ(nested.layout().counts.levels, 11u);
  EXPECT_EQ(nested.layout().counts.levels, 0u);
  nested.set_open(3, false);
  EXPECT_EQ(nested.layout().counts.levels, 1u);  // the whole; the closed group is a box
  nested.set_open(3, true);
  EXPECT_EQ(nested.layout().counts.levels, 1u);  // its inside was kept
}

TEST(Layout, SizesMayComeLate) {
  for (std::uint64_t seed = 1; seed < 60; seed += 3) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const LayoutGraph graph = random_graph(seed);
    const LayoutOptions options{.direction = LayoutDirection::right};
    LayoutGraph bare = graph;
    for (LayoutNode& n : bare.nodes) n = {.group = n.group};
    for (LayoutGroup& g : bare.groups) g = {.parent = g.parent, .open = g.open};
    for (LayoutEdge& e : bare.edges) e.label_width = e.label_height = 0;
    NestedLayout nested(bare, options);
    nested.layout();
    for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
      nested.set_node_size(n, graph.nodes[n].width, graph.nodes[n].height);
    }
    for (std::uint32_t g = 0; g < graph.groups.size(); ++g) {
      nested.set_group_size(g, graph.groups[g]);
    }
    for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
      nested.set_edge_size(e, graph.edges[e]);
    }
    EXPECT_TRUE(same(nested.layout(), lay_out(graph, options)));
  }
}

// Figures by hand: K(m, n) in two ranks crosses at least m (m - 1) n (n - 1) / 4 times.
TEST(Layout, FindsTheKnownLeastCrossings) {
  struct Case {
    const char* what;
    std::size_t nodes;
    std::vector<LayoutEdge> edges;
    std::uint64_t crossings;
  };
  std::vector<LayoutEdge> k33, k23;
  for (std::uint32_t a = 0; a < 3; ++a) {
    for (std::uint32_t b = 0; b < 3; ++b) k33.push_back(edge(a, 3 + b, a));
  }
  for (std::uint32_t a = 0; a < 2; ++a) {
    for (std::uint32_t b = 0; b < 3; ++b) k23.push_back(edge(a, 2 + b, a));
  }
  const Case cases[] = {
      {"chain", 4, {edge(0, 1), edge(1, 2), edge(2, 3)}, 0},
      {"residual", 4, {edge(0, 1), edge(1, 2), edge(2, 3), edge(0, 3, 1)}, 0},
      {"residual, skip first", 4, {edge(0, 1), edge(1, 2), edge(2, 3, 1), edge(0, 3)}, 0},
      {"two pairs given crossed", 4, {edge(0, 3), edge(1, 2)}, 0},
      {"nested skips",
       6,
       {edge(0, 1), edge(1, 2), edge(2, 3), edge(3, 4), edge(4, 5), edge(0, 5, 1), edge(1, 4, 1)},
       0},
      {"inputs swapped at the end",
       5,
       {edge(0, 1), edge(0, 2), edge(1, 3, 1), edge(2, 3, 0), edge(3, 4)},
       0},
      {"K(2, 3)", 5, k23, 3},
      {"K(3, 3)", 6, k33, 9},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const LayoutGraph graph = of_edges(c.nodes, c.edges);
    const Layout layout = lay_out(graph);
    EXPECT_EQ(layout.counts.crossings, c.crossings);
    EXPECT_EQ(bench::measure(bench::drawn(graph, layout)).crossings, c.crossings);
  }
}

TEST(Layout, PortsStandInTensorOrderWhenThatCrossesNothing) {
  const LayoutGraph graph = of_edges(4, {edge(0, 3, 2), edge(1, 3, 1), edge(2, 3, 0)});
  const Layout layout = lay_out(graph);
  EXPECT_LT(layout.edges[2].points.back().x, layout.edges[1].points.back().x);
  EXPECT_LT(layout.edges[1].points.back().x, layout.edges[0].points.back().x);
}

TEST(Layout, ParallelEdgesStandApart) {
  LayoutGraph graph = of_edges(2, {edge(0, 1, 0), edge(0, 1, 1)});
  graph.edges[1].source_port = 1;
  graph.edges[1].tensor = 7;
  const Layout layout = lay_out(graph);
  EXPECT_NE(layout.edges[0].points.front().x, layout.edges[1].points.front().x);
  EXPECT_NE(layout.edges[0].points.back().x, layout.edges[1].points.back().x);
}

TEST(Layout, BackEdgesRunUpwards) {
  const LayoutGraph graph = of_edges(3, {edge(0, 1), edge(1, 2), edge(2, 0)});
  const Layout layout = lay_out(graph);
  EXPECT_FALSE(layout.edges[0].back);
  ASSERT_TRUE(layout.edges[2].back);
  EXPECT_GT(layout.edges[2].points.front().y, layout.edges[2].points.back().y);
}

TEST(Layout, OnlyHubsWithManyReadersBecomeStubs) {
  for (const std::uint32_t readers : {15u, 16u}) {
    SCOPED_TRACE(readers);
    LayoutGraph graph;
    graph.nodes.assign(2 + 4 * readers, {100, 30});
    // Node 0 is the mask; of each four nodes of the chain after node 1 the last adds a skip.
    for (std::uint32_t r = 0; r < readers; ++r) {
      const std::uint32_t first = 2 + 4 * r;
      graph.edges.push_back(edge(first - 1, first));
      graph.edges.push_back(edge(first, first + 1));
      graph.edges.push_back(edge(first + 1, first + 2));
      graph.edges.push_back(edge(0, first + 2, 1));
      graph.edges.push_back(edge(first + 2, first + 3));
      graph.edges.push_back(edge(first, first + 3, 1));
    }
    const Layout layout = lay_out(graph);
    check(graph, layout);
    // The first reader is 4 ranks or more from the start in every block but the first.
    EXPECT_EQ(layout.counts.stubs, readers < 16 ? 0u : readers - 1);
    for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
      EXPECT_TRUE(!layout.edges[e].stub || graph.edges[e].source == 0);
    }
    if (readers >= 16) {
      EXPECT_EQ(lay_out(graph, {.hub_readers = 0}).counts.stubs, 0u);
    }
  }
}

TEST(Layout, TheSameTensorBetweenTwoClosedGroupsIsDrawnOnce) {
  LayoutGraph graph = of_edges(4, {edge(0, 2), edge(0, 3), edge(1, 2, 1)});
  graph.groups.assign(2, {.width = 80, .height = 30, .open = false});
  graph.nodes[0].group = graph.nodes[1].group = 0;
  graph.nodes[2].group = graph.nodes[3].group = 1;
  const Layout layout = lay_out(graph);
  check(graph, layout);
  EXPECT_EQ(layout.edges[0].merged_into, no_edge);
  EXPECT_EQ(layout.edges[1].merged_into, 0u);
  EXPECT_EQ(layout.edges[2].merged_into, no_edge);
}

TEST(Layout, DegenerateGraphs) {
  struct Case {
    const char* what;
    LayoutGraph graph;
  };
  std::vector<LayoutEdge> loops(1000, edge(0, 0)), star, chain, bipartite, cycle;
  for (std::uint32_t i = 1; i < 20'000; ++i) star.push_back(edge(0, i));
  for (std::uint32_t i = 1; i < 50'000; ++i) chain.push_back(edge(i - 1, i));
  for (std::uint32_t i = 0; i < 60 * 60; ++i) bipartite.push_back(edge(i / 60, 60 + i % 60, i));
  for (std::uint32_t i = 0; i < 500; ++i) cycle.push_back(edge(i, (i + 1) % 500));
  LayoutGraph sizes = of_edges(4, {edge(0, 1), edge(1, 2), edge(2, 3)});
  sizes.nodes[0].width = std::numeric_limits<double>::quiet_NaN();
  sizes.nodes[1].height = -5;
  sizes.nodes[2].width = std::numeric_limits<double>::infinity();
  sizes.nodes[3] = {0, 0};
  const Case cases[] = {
      {"empty", {}},
      {"one node", of_edges(1, {})},
      {"no edges", of_edges(1000, {})},
      {"self loops", of_edges(1, loops)},
      {"star", of_edges(20'000, star)},
      {"chain", of_edges(50'000, chain)},
      {"complete bipartite", of_edges(120, bipartite)},
      {"cycle", of_edges(500, cycle)},
      {"the same edge often", of_edges(2, std::vector<LayoutEdge>(500, edge(0, 1)))},
      {"sizes that are none", sizes},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Layout layout = lay_out(c.graph);
    EXPECT_TRUE(std::isfinite(layout.width) && std::isfinite(layout.height));
    ASSERT_EQ(layout.edges.size(), c.graph.edges.size());
    for (const Rect& r : layout.nodes) {
      ASSERT_TRUE(std::isfinite(r.x) && std::isfinite(r.y) && r.width >= 0 && r.height >= 0);
    }
    for (const LayoutRoute& route : layout.edges) {
      ASSERT_TRUE(!route.points.empty() || route.merged_into != no_edge);
    }
  }
}

TEST(Layout, DeepGroupsAreRefusedAndSoAreLinksToNowhere) {
  LayoutGraph deep = of_edges(1, {});
  for (std::int32_t g = 0; g < 64; ++g) deep.groups.push_back({.parent = g - 1});
  deep.nodes[0].group = 63;
  EXPECT_GT(lay_out(deep).groups[63].width, 0);
  deep.groups.push_back({.parent = 63});
  EXPECT_THROW(lay_out(deep), Error);

  LayoutGraph ring = of_edges(1, {});
  ring.groups = {{.parent = 1}, {.parent = 0}};
  EXPECT_THROW(lay_out(ring), Error);
  EXPECT_THROW(lay_out(of_edges(1, {edge(0, 1)})), Error);
  LayoutGraph lost = of_edges(1, {});
  lost.nodes[0].group = 0;
  EXPECT_THROW(lay_out(lost), Error);
}

TEST(Layout, GraphsOfNetworks) {
  for (const std::string_view kind : bench::layout_graph_kinds) {
    SCOPED_TRACE(kind);
    const LayoutGraph graph = bench::layout_graph(kind, 300);
    const Layout layout = lay_out(graph);
    check(graph, layout);
    // A chain of residual blocks and nested skips are planar.
    if (kind == "transformer" || kind == "unet") {
      EXPECT_EQ(bench::measure(bench::drawn(graph, layout)).crossings, 0u);
    }
  }
}

}  // namespace
}  // namespace trex::graph
