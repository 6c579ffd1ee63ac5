// Parts of the engine by query, type, time, pattern, neighbourhood and way.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/draw_select.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "trex/base/error.hpp"
#include "trex/base/regex.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/graph/select.hpp"
#include "trex/report/layer_choice.hpp"

namespace trex::cli {
namespace {

using graph::NodeSet;
using graph::PlanGraph;

constexpr std::uint32_t usual_context = 1, usual_radius = 2;
constexpr std::int64_t most_radius = 1000000;

void add(const NodeSet& more, NodeSet& set) {
  for (std::size_t n = 0; n < set.size(); ++n) set[n] |= more[n];
}

bool is_empty(const NodeSet& set) {
  return std::find(set.begin(), set.end(), std::uint8_t{1}) == set.end();
}

class Selector {
 public:
  Selector(const Engine& engine, const DrawCommand& o)
      : engine_(engine),
        o_(o),
        plan_(graph::plan_graph(engine, {.regions = o.regions,
                                         .forked_regions = o.forked_regions,
                                         .constants = o.constants,
                                         .hidden_layers = o.all})) {}

  DrawSelection select() {
    result_.whole_layers = layers_in(plan_);
    const NodeSet seeds = find_seeds();
    NodeSet keep = graph::around(plan_, seeds, context());
    add_beams(keep);
    add_path(keep);
    highlight(seeds);
    result_.is_part = has_seeds() || !o_.beam.empty() || !o_.path.empty();
    note_chosen(result_.is_part ? seeds : NodeSet(plan_.nodes.size(), 1));
    if (!result_.is_part) keep.assign(plan_.nodes.size(), 1);
    if (o_.remove_disconnected) {
      const NodeSet connected = graph::connected(plan_);
      for (std::size_t n = 0; n < keep.size(); ++n) keep[n] = keep[n] & connected[n];
    }
    const bool all = std::find(keep.begin(), keep.end(), std::uint8_t{0}) == keep.end();
    result_.graph = all ? std::move(plan_) : graph::subgraph(plan_, keep);
    result_.drawn_layers = layers_in(result_.graph);
    return std::move(result_);
  }

 private:
  static std::size_t layers_in(const PlanGraph& plan) {
    return static_cast<std::size_t>(std::count_if(
        plan.nodes.begin(), plan.nodes.end(),
        [](const graph::PlanNode& node) { return node.kind == graph::NodeKind::layer; }));
  }

  bool has_seeds() const {
    return !o_.query.empty() || !o_.type.empty() || o_.slowest || !o_.find.empty();
  }

  std::uint32_t context() const {
    if (!o_.context) return usual_context;
    if (*o_.context < 0 || *o_.context > most_radius) {
      fail("--context takes a number of layers from 0, not {}", *o_.context);
    }
    return static_cast<std::uint32_t>(*o_.context);
  }

  std::uint32_t node_of(Row row) const {
    const std::uint32_t node = plan_.node_of_layer(row);
    if (node == graph::no_generation) {
      fail("'{}' is a layer that is not drawn; --all draws hidden layers, --constants constants",
           engine_.layers[layer::name][row]);
    }
    return node;
  }

  std::uint32_t node_of(std::string_view text) const {
    return node_of(report::choose_layer(engine_, trim(text)));
  }

  NodeSet find_seeds() {
    NodeSet seeds(plan_.nodes.size(), 0);
    if (!o_.query.empty()) add_query(seeds);
    if (!o_.type.empty()) add_type(seeds);
    if (o_.slowest) add_slowest(seeds);
    if (!o_.find.empty()) add_chains(seeds);
    return seeds;
  }

  void add_query(NodeSet& seeds) const {
    const NodeSet found = graph::matching(engine_, plan_, o_.query);
    if (is_empty(found)) fail("--query '{}' matches no layer and no tensor", o_.query);
    add(found, seeds);
  }

  void add_type(NodeSet& seeds) const {
    const NodeSet found = graph::of_type(engine_, plan_, o_.type);
    if (is_empty(found))
      fail("no layer has the type '{}'{}", o_.type, did_you_mean(o_.type, types()));
    add(found, seeds);
  }

  std::vector<std::string> types() const {
    std::vector<std::string> names;
    const auto type = engine_.layers[layer::type];
    for (const graph::PlanNode& node : plan_.nodes) {
      if (node.kind == graph::NodeKind::layer) names.emplace_back(type[node.layer]);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  void add_slowest(NodeSet& seeds) const {
    if (*o_.slowest < 1) fail("--slowest takes a number from 1, not {}", *o_.slowest);
    const NodeSet found = graph::slowest(engine_, plan_, static_cast<std::size_t>(*o_.slowest));
    if (is_empty(found)) {
      fail("--slowest needs times: give the profile (trtexec --exportProfile) with --profile FILE");
    }
    add(found, seeds);
  }

  void add_chains(NodeSet& seeds) {
    result_.matches = graph::find_ops(engine_, plan_, graph::parse_op_pattern(o_.find));
    if (result_.matches.chains.empty() && !o_.list) {
      fail("--find '{}' matches nothing; trex layers --group-by type lists the types", o_.find);
    }
    for (const std::vector<Row>& chain : result_.matches.chains) {
      for (const Row row : chain) seeds[plan_.node_of_layer(row)] = 1;
    }
  }

  // "PWN(a, b),2": the last comma, if a number follows it.
  void add_beams(NodeSet& keep) {
    for (const std::string& beam : o_.beam) {
      std::string_view name = beam;
      std::int64_t radius = usual_radius;
      const std::size_t comma = beam.rfind(',');
      if (comma != std::string::npos) {
        const auto given = parse_integer(trim(std::string_view(beam).substr(comma + 1)));
        if (given && (*given < 0 || *given > most_radius)) {
          fail("--beam {}: the radius is a number of layers from 0", beam);
        }
        if (given) {
          radius = *given;
          name = name.substr(0, comma);
        }
      }
      NodeSet seed(plan_.nodes.size(), 0);
      seed[node_of(name)] = 1;
      add(graph::around(plan_, seed, static_cast<std::uint32_t>(radius)), keep);
      mark(seed);
    }
  }

  void add_path(NodeSet& keep) {
    if (o_.path.empty()) return;
    const auto [a, b] = report::choose_path(engine_, o_.path);
    const std::uint32_t from = node_of(a), to = node_of(b);
    NodeSet found = graph::between(plan_, from, to);
    if (is_empty(found)) found = graph::between(plan_, to, from);
    if (is_empty(found)) fail("--path {}: no way leads from one to the other", o_.path);
    add(found, keep);
    NodeSet ends(plan_.nodes.size(), 0);
    ends[from] = ends[to] = 1;
    mark(ends);
  }

  void mark(const NodeSet& set) {
    result_.highlighted.resize(engine_.layer_count(), 0);
    for (std::uint32_t n = 0; n < set.size(); ++n) {
      const Row row = plan_.nodes[n].layer;
      if (set[n] == 0 || row == no_row) continue;
      result_.highlighted[row] = 1;
      result_.chosen.push_back(row);
    }
  }

  // What was asked for stands out from its context.
  void highlight(const NodeSet& seeds) {
    if (has_seeds() && context() > 0) mark(seeds);
    result_.chosen.clear();
    for (const std::string& text : o_.highlight) {
      NodeSet set = highlighted_by(text);
      if (is_empty(set)) set[node_of(text)] = 1;
      mark(set);
    }
  }

  // A name, if there is a layer of it; else all that the expression matches.
  NodeSet highlighted_by(const std::string& text) const {
    NodeSet set(plan_.nodes.size(), 0);
    if (find_layer(engine_, text)) return set;
    try {
      const Regex regex(text, true);
      const auto name = engine_.layers[layer::name];
      for (std::uint32_t n = 0; n < set.size(); ++n) {
        const graph::PlanNode& node = plan_.nodes[n];
        set[n] = node.kind == graph::NodeKind::layer && regex.matches_part_of(name[node.layer]);
      }
    } catch (const Error&) {  // no expression: a name, or a part of one
    }
    return set;
  }

  void note_chosen(const NodeSet& seeds) {
    std::vector<Row>& rows = result_.chosen;
    for (std::uint32_t n = 0; n < seeds.size(); ++n) {
      const graph::PlanNode& node = plan_.nodes[n];
      if (seeds[n] != 0 && node.kind == graph::NodeKind::layer) rows.push_back(node.layer);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  }

  const Engine& engine_;
  const DrawCommand& o_;
  PlanGraph plan_;
  DrawSelection result_;
};

ScopeId scope_named(const Scopes& scopes, const std::string& text) {
  if (const std::optional<ScopeId> scope = scopes.find(text)) return *scope;
  std::vector<std::string> names;
  for (const Scope& scope : scopes.scopes) {
    if (!scope.path.empty() && names.size() < 2000) names.push_back(scope.path);
  }
  fail("no scope '{}'{}", text, did_you_mean(text, names));
}

}  // namespace

DrawSelection select_part(const Engine& engine, const DrawCommand& options) {
  return Selector(engine, options).select();
}

void choose_groups(const Scopes& scopes, const DrawSelection& selection, const DrawCommand& command,
                   std::string_view format, graph::DrawOptions& options) {
  for (const std::string& text : command.open) options.open.push_back(scope_named(scopes, text));
  for (const std::string& text : command.close) options.closed.push_back(scope_named(scopes, text));
  const bool asked = options.depth || !options.open.empty() || !options.closed.empty();
  if (options.grouping != graph::Grouping::automatic) return;
  if (asked) {
    options.grouping = graph::Grouping::scope;
  } else if (format == "model-explorer" || format == "node-data") {  // it folds by itself
    options.grouping = graph::Grouping::scope;
    options.depth = UINT32_MAX;
  } else if (format == "onnx" || selection.is_part) {
    options.grouping = graph::Grouping::none;
  }
}

}  // namespace trex::cli
