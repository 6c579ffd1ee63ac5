// One drawing, or one after the other while scopes open and close.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <optional>

#include "trex/base/error.hpp"
#include "trex/graph/draw_parts.hpp"

namespace trex::graph {
namespace {

// Findings by layer, for attributes that outlive the options.
std::vector<LayerFinding> sorted_findings(const DrawOptions& options) {
  std::vector<LayerFinding> findings = options.findings;
  std::stable_sort(findings.begin(), findings.end(),
                   [](const LayerFinding& a, const LayerFinding& b) { return a.layer < b.layer; });
  return findings;
}

}  // namespace

// What stays from one drawing to the next.
class Drafter {
 public:
  explicit Drafter(const DrawInput& input)
      : input_(input),
        colors_(input_),
        groups_(make_groups(input_)),
        faces_(input_, groups_),
        findings_(std::make_shared<std::vector<LayerFinding>>(sorted_findings(input.options))) {
    if (input_.options.placed) {
      layout_.emplace(faces_.layout_graph(), LayoutOptions{.direction = input_.options.direction});
    }
  }
  Drafter(const Drafter&) = delete;
  Drafter& operator=(const Drafter&) = delete;

  const Groups& groups() const { return groups_; }

  void set_open(std::size_t group, bool open) {
    if ((groups_.open[group] != 0) == open) return;
    groups_.open[group] = open ? 1 : 0;
    if (layout_) layout_->set_open(static_cast<std::uint32_t>(group), open);
    changed_ = true;
  }

  Drawing draw() {
    if (changed_) find_boxes(groups_);
    changed_ = false;
    faces_.make_missing(layout_ ? &*layout_ : nullptr);
    const Layout layout =
        layout_ ? layout_->layout() : layout_without_places(input_.graph, groups_);
    Drawing drawing = compose(input_, groups_, faces_, layout, colors_);
    drawing.attributes = [&engine = input_.engine, &graph = input_.graph, &scopes = input_.scopes,
                          findings = findings_](BoxKind kind, std::uint32_t subject) {
      return attributes_of(engine, graph, scopes, *findings, kind, subject);
    };
    return drawing;
  }

 private:
  const DrawInput input_;
  Colors colors_;
  Groups groups_;
  Faces faces_;
  std::optional<NestedLayout> layout_;
  std::shared_ptr<const std::vector<LayerFinding>> findings_;
  bool changed_ = false;
};

Drawing draw(const Engine& engine, const PlanGraph& graph, const Scopes& scopes,
             const DrawOptions& options) {
  return Drafter({engine, graph, scopes, options}).draw();
}

struct GraphView::State {
  State(const Engine& engine, PlanGraph plan_graph, Scopes tree, DrawOptions draw_options)
      : graph(std::move(plan_graph)),
        scopes(std::move(tree)),
        options(std::move(draw_options)),
        drafter({engine, graph, scopes, options}) {
    group_of.assign(scopes.scopes.size(), -1);
    const std::vector<ScopeId>& grouped = drafter.groups().scopes;
    for (std::size_t g = 0; g < grouped.size(); ++g) group_of[grouped[g]] = static_cast<int>(g);
  }

  void check(ScopeId scope) const {
    if (scope >= scopes.scopes.size()) fail("graph view: scope {}: there is none", scope);
  }

  PlanGraph graph;
  Scopes scopes;
  DrawOptions options;
  Drafter drafter;
  std::vector<std::int32_t> group_of;  // by scope; -1: it is no group
};

GraphView::GraphView(const Engine& engine, PlanGraph graph, Scopes scopes, DrawOptions options)
    : state_(std::make_unique<State>(engine, std::move(graph), std::move(scopes),
                                     std::move(options))) {}
GraphView::~GraphView() = default;
GraphView::GraphView(GraphView&&) noexcept = default;
GraphView& GraphView::operator=(GraphView&&) noexcept = default;

const PlanGraph& GraphView::graph() const { return state_->graph; }
const Scopes& GraphView::scopes() const { return state_->scopes; }

bool GraphView::is_open(ScopeId scope) const {
  state_->check(scope);
  const Groups& groups = state_->drafter.groups();
  for (ScopeId s = scope; s != root_scope; s = state_->scopes.scopes[s].parent) {
    const std::int32_t group = state_->group_of[s];
    if (group >= 0 && groups.open[static_cast<std::size_t>(group)] == 0) return false;
  }
  return true;
}

void GraphView::open(ScopeId scope) {
  state_->check(scope);
  for (ScopeId s = scope; s != root_scope; s = state_->scopes.scopes[s].parent) {
    const std::int32_t group = state_->group_of[s];
    if (group >= 0) state_->drafter.set_open(static_cast<std::size_t>(group), true);
  }
}

void GraphView::close(ScopeId scope) {
  state_->check(scope);
  const std::int32_t group = state_->group_of[scope];
  if (group >= 0) state_->drafter.set_open(static_cast<std::size_t>(group), false);
}

void GraphView::color_by(ColorBy color_by) { state_->options.color_by = color_by; }

Drawing GraphView::draw() { return state_->drafter.draw(); }

}  // namespace trex::graph
