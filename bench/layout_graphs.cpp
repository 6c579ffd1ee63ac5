// See the header.

// SPDX-License-Identifier: Apache-2.0

#include "bench/layout_graphs.hpp"

#include <algorithm>

namespace trex::bench {
namespace {

using graph::LayoutGraph;

constexpr double width = 120, height = 40;

struct Maker {
  LayoutGraph graph;
  std::vector<std::uint32_t> inputs;  // by node: read so far

  // A node that reads the outputs of others; its own output is the tensor of its number.
  std::uint32_t add(std::initializer_list<std::uint32_t> reads) {
    const auto node = static_cast<std::uint32_t>(graph.nodes.size());
    graph.nodes.push_back({width, height});
    inputs.push_back(0);
    for (const std::uint32_t source : reads) link(source, node);
    return node;
  }
  void link(std::uint32_t source, std::uint32_t target) {
    graph::LayoutEdge edge;
    edge.source = source;
    edge.target = target;
    edge.target_port = inputs[target]++;
    edge.tensor = source;
    graph.edges.push_back(edge);
  }
};

void transformer(Maker& m, std::size_t nodes, bool masked) {
  const std::uint32_t mask = masked ? m.add({}) : 0, rotary = masked ? m.add({}) : 0;
  std::uint32_t x = m.add({});
  while (m.graph.nodes.size() < nodes) {
    const std::uint32_t norm = m.add({x});
    const std::uint32_t q = m.add({norm}), k = m.add({norm}), v = m.add({norm});
    if (masked) {
      m.link(rotary, q);
      m.link(rotary, k);
    }
    const std::uint32_t scores = m.add({q, k});
    if (masked) m.link(mask, scores);
    const std::uint32_t soft = m.add({scores}), values = m.add({soft, v});
    const std::uint32_t attended = m.add({m.add({values}), x});
    const std::uint32_t up = m.add({m.add({attended})});
    x = m.add({m.add({up}), attended});
  }
}

void unet(Maker& m, std::size_t nodes) {
  const std::size_t levels = std::max<std::size_t>(nodes / 16, 1);
  std::uint32_t x = m.add({});
  std::vector<std::uint32_t> skips;
  for (std::size_t i = 0; i < levels; ++i) {
    const std::uint32_t a = m.add({x});
    const std::uint32_t c = m.add({m.add({m.add({a})}), a});
    skips.push_back(c);
    x = m.add({c});
  }
  while (!skips.empty()) {
    const std::uint32_t up = m.add({m.add({m.add({x})})});
    const std::uint32_t joined = m.add({up, skips.back()});
    skips.pop_back();
    const std::uint32_t a = m.add({joined}), b = m.add({m.add({a})});
    x = m.add({b, a});
    m.add({});
    m.link(static_cast<std::uint32_t>(m.graph.nodes.size() - 2),
           static_cast<std::uint32_t>(m.graph.nodes.size() - 1));
    x = static_cast<std::uint32_t>(m.graph.nodes.size() - 1);
  }
}

void dense(Maker& m, std::size_t nodes) {
  std::uint32_t x = m.add({});
  while (m.graph.nodes.size() < nodes) {
    std::vector<std::uint32_t> outputs{x};
    for (int layer = 0; layer < 8; ++layer) {
      const std::uint32_t joined = m.add({});
      for (const std::uint32_t o : outputs) m.link(o, joined);
      outputs.push_back(m.add({m.add({joined})}));
    }
    const std::uint32_t joined = m.add({});
    for (const std::uint32_t o : outputs) m.link(o, joined);
    x = m.add({m.add({joined})});
  }
}

}  // namespace

LayoutGraph layout_graph(std::string_view kind, std::size_t nodes) {
  Maker maker;
  if (kind == "unet") {
    unet(maker, nodes);
  } else if (kind == "dense") {
    dense(maker, nodes);
  } else {
    transformer(maker, nodes, kind == "masked");
  }
  return std::move(maker.graph);
}

}  // namespace trex::bench
