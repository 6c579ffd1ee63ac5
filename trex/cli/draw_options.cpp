// The options of `trex draw`, as flags and as what they mean.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/draw_options.hpp"

#include <array>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::cli {
namespace {

template <class Value>
struct Word {
  std::string_view name;
  Value value;
};

constexpr std::array color_words{
    Word<graph::ColorBy>{"type", graph::ColorBy::type},
    Word<graph::ColorBy>{"precision", graph::ColorBy::precision},
    Word<graph::ColorBy>{"latency", graph::ColorBy::latency},
    Word<graph::ColorBy>{"finding", graph::ColorBy::finding},
    Word<graph::ColorBy>{"scope", graph::ColorBy::scope},
    Word<graph::ColorBy>{"none", graph::ColorBy::none},
};
constexpr std::array style_words{
    Word<graph::NodeStyle>{"full", graph::NodeStyle::full},
    Word<graph::NodeStyle>{"keras", graph::NodeStyle::keras},
    Word<graph::NodeStyle>{"minimal", graph::NodeStyle::minimal},
};
constexpr std::array latency_words{
    Word<graph::LatencyKind>{"mean", graph::LatencyKind::mean},
    Word<graph::LatencyKind>{"median", graph::LatencyKind::median},
    Word<graph::LatencyKind>{"total", graph::LatencyKind::total},
    Word<graph::LatencyKind>{"none", graph::LatencyKind::none},
};
constexpr std::array group_words{
    Word<graph::Grouping>{"auto", graph::Grouping::automatic},
    Word<graph::Grouping>{"none", graph::Grouping::none},
    Word<graph::Grouping>{"scope", graph::Grouping::scope},
};
constexpr std::array theme_words{
    Word<render::Theme>{"auto", render::Theme::automatic},
    Word<render::Theme>{"light", render::Theme::light},
    Word<render::Theme>{"dark", render::Theme::dark},
};

template <class Words>
std::vector<std::string> names_of(const Words& words) {
  std::vector<std::string> names;
  for (const auto& word : words) names.emplace_back(word.name);
  return names;
}

// The parser let only listed words through.
template <class Words>
auto value_of(const Words& words, std::string_view name) {
  for (const auto& word : words) {
    if (word.name == name) return word.value;
  }
  return words.front().value;
}

std::vector<Flag> look_flags(DrawCommand& o) {
  return {
      {"--color-by WHAT", &o.color_by, "colour of the boxes", names_of(color_words)},
      {"--style NAME", &o.style,
       "what a box shows: full: name and time; keras: all shapes; minimal: its type",
       names_of(style_words)},
      {"--latency WHICH", &o.latency, "time in the boxes", names_of(latency_words)},
      {"--theme NAME", &o.theme, "auto: what the viewer prefers (svg), light elsewhere",
       names_of(theme_words)},
      {"--direction WAY", &o.direction, "which way it runs", {"down", "right"}},
      {"--scale X", &o.scale, "png: pixels a unit; usually 2"},
      {"--no-hover", &o.no_hover, "svg without the hover texts: much smaller"},
      {"--no-layer-names", &o.no_layer_names, "boxes without names"},
      {"--one-line-names", &o.one_line_names, "'a + b' in one line, not one below the other"},
      {"--metadata", &o.metadata, "the nodes of the network that a layer was made from"},
      {"--details", &o.details, "kernel, stride, activation, fused add, operations"},
      {"--edge-names", &o.edge_names, "names of tensors on the lines"},
      {"--no-edge-details", &o.no_edge_details, "no shapes and formats on the lines"},
  };
}

std::vector<Flag> content_flags(DrawCommand& o) {
  return {
      {"--regions", &o.regions, "every tensor's memory as a box"},
      {"--forked-regions", &o.forked_regions, "that of tensors with several readers or writers"},
      {"--region-names", &o.region_names, "its name in the box"},
      {"--region-reuse", &o.region_reuse, "gen=N: which use of the same memory it is"},
      {"--constants", &o.constants, "constants as boxes"},
      {"--all", &o.all, "hidden layers too: NoOp, shape_call, signal, wait"},
      {"--remove-disconnected", &o.remove_disconnected, "no boxes without a line"},
      {"--highlight LAYER", &o.highlight, "mark it (a regular expression: all that match); repeat"},
  };
}

std::vector<Flag> part_flags(DrawCommand& o) {
  return {
      {"--query REGEX", &o.query, "layers whose name, type, tactic or metadata it matches"},
      {"--type NAME", &o.type, "layers of that type"},
      {"--slowest N", &o.slowest, "the N slowest layers"},
      {"--find PATTERN", &o.find, "chains of types: 'Convolution -> Reformat -> Pooling'"},
      {"--context N", &o.context, "with so many layers around those; usually 1"},
      {"--beam LAYER,RADIUS", &o.beam, "what is within RADIUS layers up- and downstream; repeat"},
      {"--path A..B", &o.path, "everything on a way from layer A to layer B"},
      {"--list", &o.list, "a table of what was chosen, no picture; --json for programs"},
      {"--group HOW", &o.group, "scopes of the network as boxes", names_of(group_words)},
      {"--depth N", &o.depth, "scopes above depth N are open; all: every one"},
      {"--open SCOPE", &o.open, "open this one ('blocks.3', 'model/layers.3/mlp'); repeat"},
      {"--close SCOPE", &o.close, "fold this one; repeat"},
  };
}

}  // namespace

std::vector<Flag> draw_flags(DrawCommand& o) {
  std::vector<Flag> flags{{"ENGINE...", &o.engines, "the engine"}};
  for (const std::vector<Flag>& part : {part_flags(o), content_flags(o), look_flags(o)}) {
    flags.insert(flags.end(), part.begin(), part.end());
  }
  return with_engine_flags(flags, o);
}

graph::DrawOptions draw_options(const DrawCommand& o) {
  graph::DrawOptions options;
  options.color_by = value_of(color_words, o.color_by);
  options.style = value_of(style_words, o.style);
  options.latency = value_of(latency_words, o.latency);
  options.grouping = value_of(group_words, o.group);
  options.layer_names = !o.no_layer_names;
  options.stack_names = !o.one_line_names;
  options.metadata = o.metadata;
  options.details = o.details;
  options.region_names = o.region_names;
  options.region_reuse = o.region_reuse;
  options.edge_names = o.edge_names;
  options.edge_details = !o.no_edge_details;
  if (o.direction == "right") options.direction = graph::LayoutDirection::right;
  if (o.scale && !(*o.scale >= 0.1 && *o.scale <= 10)) {
    fail("--scale takes 0.1 to 10 pixels a unit, not {}", *o.scale);
  }
  if (!o.depth.empty()) {
    const std::optional<std::int64_t> depth = parse_integer(o.depth);
    if (o.depth != "all" && (!depth || *depth < 1 || *depth > 1000)) {
      fail("--depth takes a number from 1, or 'all', not '{}'", o.depth);
    }
    options.depth = depth ? static_cast<std::uint32_t>(*depth) : UINT32_MAX;
  }
  return options;
}

render::Theme theme_of(const DrawCommand& o) { return value_of(theme_words, o.theme); }

}  // namespace trex::cli
