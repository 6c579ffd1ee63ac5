// Draws graphs with the layout and says how good a drawing is; tools/layout_quality.py and
// tools/layout_bench.py run it.
//
// usage: trex_layout_tool graph KIND NODES         a graph of bench/layout_graphs.hpp
//        trex_layout_tool engine ENGINE            the plan graph of an engine
//        trex_layout_tool draw FILE [--hubs N]     a graph, drawn; --hubs 0: no stubs
//        trex_layout_tool time FILE RUNS           CPU milliseconds of a layout, the least of RUNS
//        trex_layout_tool open KIND NODES SIZE     the same of groups of SIZE nodes, all open, and
//                                                  of closing and opening one of them
//        trex_layout_tool view ENGINE              the same of the drawing of an engine whose
//        scopes
//                                                  are opened one by one, and then closed
//        trex_layout_tool measure FILE             what a drawing is worth
//        trex_layout_tool svg FILE                 a drawing as a picture
//
// A graph is {"nodes": [[width, height], ...], "edges": [[source, target, source port, target port,
// tensor], ...]}; a drawing {"width", "height", "nodes": [[x, y, width, height], ...], "edges":
// [{"source", "target", "tensor", "stub", "chains": [[[x, y], ...], ...]}, ...]}.

// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>

#include "bench/layout_graphs.hpp"
#include "bench/layout_measure.hpp"
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/json.hpp"
#include "trex/graph/draw.hpp"
#include "trex/graph/plan_graph.hpp"
#include "trex/load/load.hpp"
#include "trex/model/scopes.hpp"

namespace trex::bench {
namespace {

using graph::LayoutGraph;
using graph::Point;

LayoutGraph engine_graph(const std::string& path) {
  const Engine engine = load_engine(find_engine_files({path}, {}).at(0));
  const graph::PlanGraph plan = graph::plan_graph(engine);
  LayoutGraph result;
  for (const graph::PlanNode& node : plan.nodes) {
    const bool layer = node.kind == graph::NodeKind::layer;
    result.nodes.push_back({layer ? 140.0 : 100.0, layer ? 40.0 : 28.0});
  }
  for (const graph::PlanEdge& e : plan.edges) {
    graph::LayoutEdge edge;
    edge.source = e.source;
    edge.target = e.target;
    edge.source_port = e.source_port;
    edge.target_port = e.target_port;
    // A tensor is what one node writes at one port.
    edge.tensor = e.source * 16 + std::min(e.source_port, 15u);
    result.edges.push_back(edge);
  }
  return result;
}

void print(const LayoutGraph& graph) {
  std::string out = "{\"nodes\": [";
  const char* comma = "";
  for (const graph::LayoutNode& n : graph.nodes) {
    out += fmt::format("{}[{}, {}]", comma, n.width, n.height);
    comma = ", ";
  }
  out += "],\n\"edges\": [";
  comma = "";
  for (const graph::LayoutEdge& e : graph.edges) {
    out += fmt::format("{}[{}, {}, {}, {}, {}]", comma, e.source, e.target, e.source_port,
                       e.target_port, e.tensor);
    comma = ", ";
  }
  std::fputs((out + "]}\n").c_str(), stdout);
}

double real(const Json& value) { return value.number().value_or(0); }
std::uint32_t whole(const Json& value) { return static_cast<std::uint32_t>(real(value)); }
const Json& member(const Json& object, std::string_view key) {
  const Json* found = object.find(key);
  if (found == nullptr) fail("layout tool: no '{}'", key);
  return *found;
}
const Json::Array& list(const Json& value) {
  if (value.array() == nullptr) fail("layout tool: expected an array");
  return *value.array();
}
Json read(const std::string& path) {
  return parse_json(read_file(path == "-" ? "/dev/stdin" : path).view(), path);
}

LayoutGraph read_graph(const std::string& path) {
  const Json json = read(path);
  LayoutGraph graph;
  for (const Json& n : list(member(json, "nodes"))) {
    graph.nodes.push_back({real(list(n).at(0)), real(list(n).at(1))});
  }
  for (const Json& e : list(member(json, "edges"))) {
    const Json::Array& at = list(e);
    graph::LayoutEdge edge;
    edge.source = whole(at.at(0));
    edge.target = whole(at.at(1));
    edge.source_port = whole(at.at(2));
    edge.target_port = whole(at.at(3));
    edge.tensor = whole(at.at(4));
    graph.edges.push_back(edge);
  }
  return graph;
}

void print(const Drawn& drawing) {
  std::string out =
      fmt::format("{{\"width\": {}, \"height\": {}, \"nodes\": [", drawing.width, drawing.height);
  const char* comma = "";
  for (const graph::Rect& r : drawing.nodes) {
    out += fmt::format("{}[{}, {}, {}, {}]", comma, r.x, r.y, r.width, r.height);
    comma = ", ";
  }
  out += "],\n\"edges\": [";
  comma = "";
  for (const DrawnEdge& e : drawing.edges) {
    out += fmt::format(
        "{}{{\"source\": {}, \"target\": {}, \"tensor\": {}, \"stub\": {}, \"chains\": [", comma,
        e.source, e.target, e.tensor, e.stub);
    comma = ",\n";
    for (std::size_t c = 0; c < e.chains.size(); ++c) {
      out += c == 0 ? "[" : ", [";
      for (std::size_t i = 0; i < e.chains[c].size(); ++i) {
        const Point p = e.chains[c][i];
        out += fmt::format("{}[{}, {}]", i == 0 ? "" : ", ", p.x, p.y);
      }
      out += ']';
    }
    out += "]}";
  }
  std::fputs((out + "]}\n").c_str(), stdout);
}

Drawn read_drawing(const std::string& path) {
  const Json json = read(path);
  Drawn drawing;
  drawing.width = real(member(json, "width"));
  drawing.height = real(member(json, "height"));
  for (const Json& n : list(member(json, "nodes"))) {
    const Json::Array& r = list(n);
    drawing.nodes.push_back({real(r.at(0)), real(r.at(1)), real(r.at(2)), real(r.at(3))});
  }
  for (const Json& e : list(member(json, "edges"))) {
    DrawnEdge& edge = drawing.edges.emplace_back();
    edge.source = whole(member(e, "source"));
    edge.target = whole(member(e, "target"));
    edge.tensor = whole(member(e, "tensor"));
    edge.stub = *member(e, "stub").boolean();
    for (const Json& chain : list(member(e, "chains"))) {
      auto& points = edge.chains.emplace_back();
      for (const Json& p : list(chain))
        points.push_back({real(list(p).at(0)), real(list(p).at(1))});
    }
  }
  return drawing;
}

void print_quality(const Quality& q) {
  fmt::print(
      "{{\"edges\": {}, \"stubs\": {}, \"crossings\": {}, \"crossings_unstubbed\": {}, "
      "\"bends\": {}, \"length\": {:.0f}, \"area\": {:.0f}, \"overlaps\": {}, "
      "\"through_nodes\": {}}}\n",
      q.edges, q.stubs, q.crossings, q.crossings_unstubbed, q.bends, q.length, q.area, q.overlaps,
      q.through_nodes);
}

void print_svg(const Drawn& drawing) {
  fmt::print(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "viewBox=\"-10 -10 {0:.0f} {1:.0f}\">\n<rect x=\"-10\" y=\"-10\" width=\"100%\" "
      "height=\"100%\" fill=\"white\"/>\n",
      drawing.width + 20, drawing.height + 20);
  for (std::size_t n = 0; n < drawing.nodes.size(); ++n) {
    const graph::Rect& r = drawing.nodes[n];
    if (r.width < 0) continue;
    fmt::print(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"4\" "
        "fill=\"#cde\" stroke=\"#345\"/><text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"11\">{}"
        "</text>\n",
        r.x, r.y, r.width, r.height, r.x + 4, r.y + 14, n);
  }
  const char* const colors[] = {"#c33", "#393", "#33c", "#a60", "#808", "#088"};
  for (const DrawnEdge& e : drawing.edges) {
    std::string path;
    for (const auto& chain : e.chains) {
      for (std::size_t i = 0; i < chain.size(); ++i) {
        path += fmt::format("{}{:.1f} {:.1f}",
                            i == 0       ? "M"
                            : i % 3 == 1 ? "C"
                                         : " ",
                            chain[i].x, chain[i].y);
      }
    }
    fmt::print("<path fill=\"none\" stroke=\"{}\" d=\"{}\"/>\n", colors[e.tensor / 16 % 6], path);
  }
  fmt::print("</svg>\n");
}

double cpu_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void time_layout(const std::string& path, int runs) {
  const LayoutGraph graph = read_graph(path);
  double least = 0;
  for (int run = 0; run < runs; ++run) {
    const double start = cpu_ms();
    const graph::Layout layout = graph::lay_out(graph);
    const double took = cpu_ms() - start;
    if (run == 0 || took < least) least = took;
  }
  fmt::print("{{\"nodes\": {}, \"edges\": {}, \"cpu_ms\": {:.2f}}}\n", graph.nodes.size(),
             graph.edges.size(), least);
}

void time_opening(std::string_view kind, std::size_t nodes, std::size_t size) {
  LayoutGraph graph = layout_graph(kind, nodes);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    graph.nodes[n].group = static_cast<std::int32_t>(n / size);
  }
  graph.groups.assign((graph.nodes.size() + size - 1) / size,
                      {.label_width = 80, .label_height = 14, .width = 140, .height = 40});
  const double start = cpu_ms();
  graph::NestedLayout nested(graph);
  nested.layout();
  const double whole = cpu_ms() - start;
  const auto change = [&](bool open) {
    const double before = cpu_ms();
    nested.set_open(static_cast<std::uint32_t>(graph.groups.size() / 2), open);
    nested.layout();
    return cpu_ms() - before;
  };
  const double close = change(false), open = change(true);
  fmt::print(
      "{{\"groups\": {}, \"whole_ms\": {:.2f}, \"close_ms\": {:.2f}, \"open_ms\": {:.2f}}}\n",
      graph.groups.size(), whole, close, open);
}

// The most and the mean of what is timed.
struct Timing {
  double most = 0, sum = 0;
  std::size_t count = 0;

  template <class Work>
  void add(Work work) {
    const double before = cpu_ms();
    work();
    const double took = cpu_ms() - before;
    most = std::max(most, took);
    sum += took;
    ++count;
  }
  std::string text(std::string_view what) const {
    return fmt::format("\"{}\": {{\"count\": {}, \"mean_ms\": {:.1f}, \"most_ms\": {:.1f}}}", what,
                       count, sum / static_cast<double>(std::max<std::size_t>(count, 1)), most);
  }
};

// From the first view each scope is opened and closed alone, then all are opened one by one, then
// each is closed and opened while all others are open; a drawing every time.
void time_view(const std::string& path) {
  const Engine engine = load_engine(find_engine_files({path}, {}).at(0));
  const double start = cpu_ms();
  graph::PlanGraph plan = graph::plan_graph(engine);
  Scopes scopes = scopes_of(engine);
  const double prepared = cpu_ms();
  graph::DrawOptions options;
  options.grouping = graph::Grouping::scope;
  graph::GraphView view(engine, std::move(plan), std::move(scopes), options);
  const std::size_t first_boxes = view.draw().boxes.size();
  const double first = cpu_ms();

  Timing alone, in_turn, close, open;
  std::size_t boxes = 0;
  const auto draw = [&] { boxes = view.draw().boxes.size(); };
  const auto count = static_cast<ScopeId>(view.scopes().scopes.size());
  for (ScopeId s = 1; s < count; ++s) {
    std::vector<ScopeId> opened;
    for (ScopeId at = s; at != root_scope; at = view.scopes().scopes[at].parent) {
      if (!view.is_open(at)) opened.push_back(at);
    }
    view.open(s);
    if (!opened.empty()) alone.add(draw);
    for (const ScopeId o : opened) view.close(o);
  }
  for (ScopeId s = 1; s < count; ++s) {
    if (view.is_open(s)) continue;
    view.open(s);
    in_turn.add(draw);
  }
  for (ScopeId s = 1; s < count; ++s) {
    view.close(s);
    close.add(draw);
    view.open(s);
    open.add(draw);
  }
  fmt::print(
      "{{\"nodes\": {}, \"edges\": {}, \"scopes\": {}, \"prepare_ms\": {:.1f}, \"first_ms\": "
      "{:.1f}, "
      "\"first_boxes\": {},\n {},\n {},\n {},\n {}, \"boxes\": {}}}\n",
      view.graph().nodes.size(), view.graph().edges.size(), count, prepared - start,
      first - prepared, first_boxes, alone.text("alone"), in_turn.text("in_turn"),
      close.text("close"), open.text("open"), boxes);
}

void run(const std::vector<std::string>& words) {
  const std::string usage =
      "usage: trex_layout_tool graph KIND NODES | engine ENGINE | draw FILE [--hubs N] | "
      "time FILE RUNS | open KIND NODES SIZE | view ENGINE | measure FILE | svg FILE";
  if (words.size() < 2) fail("{}", usage);
  const std::string &verb = words[0], &what = words[1];
  const auto number = [&](std::size_t i) { return std::stoul(words.at(i)); };
  if (verb == "graph") {
    print(layout_graph(what, number(2)));
  } else if (verb == "engine") {
    print(engine_graph(what));
  } else if (verb == "draw") {
    graph::LayoutOptions options;
    if (words.size() > 3) options.hub_readers = static_cast<std::uint32_t>(number(3));
    const LayoutGraph graph = read_graph(what);
    print(drawn(graph, graph::lay_out(graph, options)));
  } else if (verb == "time") {
    time_layout(what, static_cast<int>(number(2)));
  } else if (verb == "open") {
    time_opening(what, number(2), number(3));
  } else if (verb == "view") {
    time_view(what);
  } else if (verb == "measure") {
    print_quality(measure(read_drawing(what)));
  } else if (verb == "svg") {
    print_svg(read_drawing(what));
  } else {
    fail("{}", usage);
  }
}

}  // namespace
}  // namespace trex::bench

int main(int argc, char** argv) try {
  trex::bench::run({argv + 1, argv + argc});
} catch (const std::exception& error) {
  std::fprintf(stderr, "trex_layout_tool: %s\n", error.what());
  return 2;
}
