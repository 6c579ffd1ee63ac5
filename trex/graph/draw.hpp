// From the plan graph to a drawing: what each box says, its colour, what is folded into groups.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "trex/document/drawing.hpp"
#include "trex/graph/layout/layout.hpp"
#include "trex/graph/plan_graph.hpp"
#include "trex/model/scopes.hpp"

namespace trex::graph {

enum class ColorBy : std::uint8_t { type, precision, latency, finding, scope, none };
enum class NodeStyle : std::uint8_t {
  full,     // type, precision and time in a band; below it name and details
  keras,    // the name and type, and every input's and output's shape
  minimal,  // the type
};
enum class LatencyKind : std::uint8_t { none, mean, median, total };

// Which scopes are drawn as frames around what is in them, and which as one box.
enum class Grouping : std::uint8_t {
  automatic,  // none for a small graph, else scopes
  none,
  scope,
};

// What a finding says of a layer, for colours and attributes.
struct LayerFinding {
  Row layer = no_row;
  std::string severity;  // "error", "warning", "note"
  std::string text;
};

struct DrawOptions {
  ColorBy color_by = ColorBy::type;
  NodeStyle style = NodeStyle::full;
  LatencyKind latency = LatencyKind::mean;
  bool layer_names = true;
  bool stack_names = true;  // a line for each part of "a + b + c"
  bool metadata = false;
  bool details = false;       // kernel, stride, activation, fused add, operations
  bool region_names = false;  // of regions that are no bindings
  bool region_reuse = false;  // "gen=2"
  bool edge_names = false;
  bool edge_details = true;             // shape and format
  std::vector<std::uint8_t> highlight;  // by layer row; empty: none
  std::vector<LayerFinding> findings;
  Grouping grouping = Grouping::automatic;
  std::optional<std::uint32_t> depth;  // scopes above that depth are open; absent: as many as fit
  std::vector<ScopeId> open, closed;   // these in any case
  LayoutDirection direction = LayoutDirection::down;
  std::string title;
  bool placed = true;  // false: no layout, for formats that place things themselves
};

// Past so many nodes an automatic drawing is grouped, into about so many boxes.
inline constexpr std::size_t most_ungrouped_nodes = 150;
inline constexpr std::size_t boxes_when_grouped = 60;

// Engine, graph and scopes must live as long as the drawing: its attributes are asked of them.
Drawing draw(const Engine& engine, const PlanGraph& graph, const Scopes& scopes,
             const DrawOptions& options);

// The same for a reader who opens and closes scopes: texts are measured once, and the inside of
// each scope is laid out once; after a change only the scope that changed and those around it are
// laid out again. A drawing is the very one that draw() makes with the same scopes open.
//
// The engine must live as long as the view; drawings ask the view for attributes and must not
// outlive it.
class GraphView {
 public:
  GraphView(const Engine& engine, PlanGraph graph, Scopes scopes, DrawOptions options = {});
  ~GraphView();
  GraphView(GraphView&&) noexcept;
  GraphView& operator=(GraphView&&) noexcept;

  const PlanGraph& graph() const;
  const Scopes& scopes() const;

  // A scope is open when it and all around it are. Scopes with fewer than two nodes of the graph
  // are no box: opening and closing them changes nothing. Throw Error for ids that do not exist.
  bool is_open(ScopeId scope) const;
  void open(ScopeId scope);   // and those around it
  void close(ScopeId scope);  // what is open within is so again when it opens
  void color_by(ColorBy color_by);
  Drawing draw();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trex::graph
