// graph_open, graph_toggle, graph_reveal, graph_find, graph_svg, graph_close: the graph of an
// engine, with scopes that open and close.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/graph/op_pattern.hpp"
#include "trex/graph/select.hpp"
#include "trex/page/calls.hpp"
#include "trex/page/drawing_answer.hpp"
#include "trex/render/pictures.hpp"
#include "trex/report/layer_choice.hpp"

namespace trex::page {
namespace {

using graph::NodeSet;
using graph::PlanGraph;

template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr Word<graph::ColorBy> color_words[] = {
    {"type", graph::ColorBy::type},       {"precision", graph::ColorBy::precision},
    {"latency", graph::ColorBy::latency}, {"finding", graph::ColorBy::finding},
    {"scope", graph::ColorBy::scope},     {"none", graph::ColorBy::none}};
constexpr Word<graph::NodeStyle> style_words[] = {{"full", graph::NodeStyle::full},
                                                  {"keras", graph::NodeStyle::keras},
                                                  {"minimal", graph::NodeStyle::minimal}};
constexpr Word<graph::Grouping> grouping_words[] = {{"automatic", graph::Grouping::automatic},
                                                    {"none", graph::Grouping::none},
                                                    {"scope", graph::Grouping::scope}};
constexpr Word<graph::LayoutDirection> direction_words[] = {
    {"down", graph::LayoutDirection::down}, {"right", graph::LayoutDirection::right}};

// The first word when the argument is absent.
template <class Value, std::size_t N>
Value chosen(const Request& request, std::string_view argument, const Word<Value> (&words)[N]) {
  const std::string text = request.text(argument);
  if (text.empty()) return words[0].value;
  std::vector<std::string> names;
  for (const Word<Value>& word : words) {
    if (word.name == text) return word.value;
    names.emplace_back(word.name);
  }
  fail("argument '{}': no '{}'{}", argument, text, did_you_mean(text, names));
}

// Absent, "all", or a number from 0.
std::optional<std::uint32_t> depth_of(const Request& request) {
  const Json* depth = request.find("depth");
  if (depth == nullptr) return std::nullopt;
  if (depth->text() != nullptr && *depth->text() == "all") return UINT32_MAX;
  const std::int64_t* number = depth->integer();
  if (number == nullptr || *number < 0 || *number > UINT32_MAX) {
    fail("argument 'depth': expected a number from 0, or \"all\"");
  }
  return static_cast<std::uint32_t>(*number);
}

std::vector<graph::LayerFinding> findings_of(const lint::Result& result) {
  std::vector<graph::LayerFinding> found;
  for (const lint::Finding& finding : result.findings) {
    for (const Row row : finding.layers) {
      found.push_back({row, std::string(lint::severity_name(finding.severity)),
                       fmt::format("{} [{}]", finding.message, finding.rule)});
    }
  }
  return found;
}

graph::DrawOptions options_of(const Request& request, OpenEngine& open) {
  graph::DrawOptions options;
  options.color_by = chosen(request, "color", color_words);
  options.style = chosen(request, "style", style_words);
  options.grouping = chosen(request, "grouping", grouping_words);
  options.direction = chosen(request, "direction", direction_words);
  options.depth = depth_of(request);
  if (options.depth && options.grouping == graph::Grouping::automatic) {
    options.grouping = graph::Grouping::scope;
  }
  options.title = open.engine().name;
  options.findings = findings_of(open.lint());
  return options;
}

Answer drawing_answer(OpenGraph& open) {
  Answer answer;
  set_drawing(answer, open.view.draw(), open.view.graph());
  return answer;
}

// The tree of scopes and where each layer stands in it: what lets the page find the box that shows
// a layer, whatever is open.
Json scopes_json(Answer& answer, const Scopes& scopes) {
  std::vector<std::uint32_t> parents, counts;
  Json names{Json::Array{}}, paths{Json::Array{}};
  for (const Scope& scope : scopes.scopes) {
    parents.push_back(scope.parent);
    counts.push_back(static_cast<std::uint32_t>(scope.layer_count));
    names.push(printable(scope.name));
    paths.push(printable(scope.path));
  }
  Json json;
  json.set("parent", answer.array(std::span<const std::uint32_t>(parents)));
  json.set("layer_count", answer.array(std::span<const std::uint32_t>(counts)));
  json.set("of_layer", answer.array(std::span<const std::uint32_t>(scopes.scope_of)));
  return json.set("name", names).set("path", paths);
}

OpenGraph& graph_of(Session& session, const Request& request) {
  return session.graphs().at(request.required_integer("view"));
}

ScopeId scope_of(const OpenGraph& open, const Request& request) {
  const std::int64_t scope = request.required_integer("scope");
  const std::size_t count = open.view.scopes().scopes.size();
  if (scope < 0 || static_cast<std::uint64_t>(scope) >= count) {
    fail("scope {}: the engine has {} scopes", scope, count);
  }
  return static_cast<ScopeId>(scope);
}

std::vector<Row> layers_in(const PlanGraph& plan, const NodeSet& set) {
  std::vector<Row> rows;
  for (std::size_t n = 0; n < set.size(); ++n) {
    const graph::PlanNode& node = plan.nodes[n];
    if (set[n] != 0 && node.kind == graph::NodeKind::layer) rows.push_back(node.layer);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::vector<Row> layers_of_chains(const graph::OpMatches& matches) {
  std::vector<Row> rows;
  for (const std::vector<Row>& chain : matches.chains) {
    rows.insert(rows.end(), chain.begin(), chain.end());
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::uint32_t node_of(const Engine& engine, const PlanGraph& plan, Row row) {
  const std::uint32_t node = plan.node_of_layer(row);
  if (node == graph::no_generation) {
    fail("'{}' is a layer that is not drawn", engine.layers[layer::name][row]);
  }
  return node;
}

NodeSet on_the_way(const Engine& engine, const PlanGraph& plan, std::string_view text) {
  const auto [a, b] = report::choose_path(engine, text);
  const std::uint32_t from = node_of(engine, plan, a), to = node_of(engine, plan, b);
  NodeSet found = graph::between(plan, from, to);
  const auto none = [&] { return std::find(found.begin(), found.end(), 1) == found.end(); };
  if (none()) found = graph::between(plan, to, from);
  if (none()) fail("'{}': no way leads from one to the other", text);
  return found;
}

NodeSet near(const Engine& engine, const PlanGraph& plan, const Request& request) {
  NodeSet seeds(plan.nodes.size(), 0);
  for (const std::int64_t row : request.integers("layers")) {
    if (row < 0 || static_cast<std::uint64_t>(row) >= engine.layer_count()) {
      fail("layer {}: the engine has {} layers", row, engine.layer_count());
    }
    const std::uint32_t node = plan.node_of_layer(static_cast<Row>(row));
    if (node != graph::no_generation) seeds[node] = 1;
  }
  const std::int64_t radius = request.required_integer("radius");
  if (radius < 0 || radius > UINT32_MAX) fail("argument 'radius': a number of layers from 0");
  return graph::around(plan, seeds, static_cast<std::uint32_t>(radius));
}

}  // namespace

Answer graph_open_call(Session& session, const Request& request) {
  OpenEngine& open = engine_of(session, request);
  report::expect_layers(open.engine());
  const graph::PlanOptions plan{.regions = request.flag("regions"),
                                .forked_regions = request.flag("forked_regions"),
                                .constants = request.flag("constants"),
                                .hidden_layers = request.flag("hidden")};
  const std::int64_t view = session.graphs().add(
      {.engine = request.required_integer("engine"),
       .view = graph::GraphView(open.engine(), graph::plan_graph(open.engine(), plan),
                                open.scopes(), options_of(request, open))});
  OpenGraph& made = session.graphs().at(view);
  Answer answer = drawing_answer(made);
  answer.set("view", view);
  return answer.set("scopes", scopes_json(answer, made.view.scopes()));
}

Answer graph_toggle_call(Session& session, const Request& request) {
  OpenGraph& open = graph_of(session, request);
  const ScopeId scope = scope_of(open, request);
  if (request.flag("open")) {
    open.view.open(scope);
  } else {
    open.view.close(scope);
  }
  return drawing_answer(open);
}

Answer graph_reveal_call(Session& session, const Request& request) {
  OpenGraph& open = graph_of(session, request);
  const Row row = layer_of(session.at(open.engine).engine(), request);
  open.view.open(open.view.scopes().scope_of[row]);
  return drawing_answer(open);
}

Answer graph_find_call(Session& session, const Request& request) {
  const OpenGraph& open = graph_of(session, request);
  const Engine& engine = session.at(open.engine).engine();
  const PlanGraph& plan = open.view.graph();
  const std::string kind = request.text("kind"), text = request.text("text");
  std::vector<Row> rows;
  if (kind == "pattern") {
    rows = layers_of_chains(graph::find_ops(engine, plan, graph::parse_op_pattern(text)));
  } else if (kind == "regex") {
    rows = layers_in(plan, graph::matching(engine, plan, text));
  } else if (kind == "path") {
    rows = layers_in(plan, on_the_way(engine, plan, text));
  } else if (kind == "beam") {
    rows = layers_in(plan, near(engine, plan, request));
  } else {
    fail("argument 'kind': pattern, regex, path or beam, not '{}'", kind);
  }
  Answer answer;
  return answer.set("rows", answer.array(std::span<const std::uint32_t>(rows)));
}

Answer graph_svg_call(Session& session, const Request& request) {
  OpenGraph& open = graph_of(session, request);
  open.view.color_by(chosen(request, "color", color_words));
  const std::string svg = render::svg(open.view.draw(), {.hover = request.flag("hover", true)});
  open.view.color_by(graph::ColorBy::type);
  return Answer().set("svg", svg);
}

Answer graph_close_call(Session& session, const Request& request) {
  session.graphs().close(request.required_integer("view"));
  return {};
}

}  // namespace trex::page
