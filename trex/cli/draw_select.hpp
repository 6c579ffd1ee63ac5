// Which part of the engine `trex draw` shows, and the table of it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "trex/cli/draw_options.hpp"
#include "trex/document/document.hpp"
#include "trex/graph/draw.hpp"
#include "trex/graph/op_pattern.hpp"
#include "trex/model/scopes.hpp"

namespace trex::cli {

struct DrawSelection {
  graph::PlanGraph graph;                 // what is drawn
  std::vector<Row> chosen;                // layers that were asked for, without their context
  graph::OpMatches matches;               // of --find
  std::vector<std::uint8_t> highlighted;  // by layer row; empty: none
  bool is_part = false;
  std::size_t whole_layers = 0, drawn_layers = 0;
};

// Throws Error when nothing is chosen, and for names that are no layer's.
DrawSelection select_part(const Engine& engine, const DrawCommand& options);

// --list: one row a chain with --find, else one row a chosen layer.
Document list_of(const Engine& engine, const DrawSelection& selection, const DrawCommand& options);

// --group, --depth, --open and --close, and what suits the format.
void choose_groups(const Scopes& scopes, const DrawSelection& selection, const DrawCommand& command,
                   std::string_view format, graph::DrawOptions& options);

}  // namespace trex::cli
