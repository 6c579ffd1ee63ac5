// The options of `trex draw`.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/cli/engine_options.hpp"
#include "trex/graph/draw.hpp"
#include "trex/render/pictures.hpp"

namespace trex::cli {

struct DrawCommand : EngineOptions {
  // looks
  std::string color_by = "type", style = "full", latency = "mean", theme = "auto",
              direction = "down";
  std::optional<double> scale;
  bool no_hover = false;
  // what boxes and lines say
  bool no_layer_names = false, one_line_names = false, metadata = false, details = false;
  bool region_names = false, region_reuse = false, edge_names = false, no_edge_details = false;
  // what is drawn
  bool regions = false, forked_regions = false, constants = false, all = false;
  bool remove_disconnected = false;
  std::vector<std::string> highlight;
  // parts
  std::string query, type, path, find;
  std::vector<std::string> beam;
  std::optional<std::int64_t> slowest, context;
  bool list = false;
  // groups
  std::string group = "auto", depth;
  std::vector<std::string> open, close;
};

std::vector<Flag> draw_flags(DrawCommand& options);
// Looks and grouping mode; throws Error for numbers that make no sense.
graph::DrawOptions draw_options(const DrawCommand& options);
render::Theme theme_of(const DrawCommand& options);

}  // namespace trex::cli
