// What drawings hold, whatever format they are written in.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/draw.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::graph {
namespace {

struct Drawn {
  explicit Drawn(std::string_view text, DrawOptions options = {}, PlanOptions plan = {})
      : engine(engine_text(text)),
        plan_graph(graph::plan_graph(engine, plan)),
        scopes(scopes_of(engine)),
        drawing(draw(engine, plan_graph, scopes, options)) {}
  Drawn(const Drawn&) = delete;

  std::string boxes() const {
    std::vector<std::string> names;
    for (const DrawingBox& box : drawing.boxes) names.push_back(box.name);
    return join(names, " ");
  }
  std::string lines(std::size_t box) const {
    std::vector<std::string> texts;
    for (const DrawingText& text : drawing.boxes.at(box).texts) texts.push_back(text.text);
    return join(texts, " / ");
  }
  std::string legend() const {
    std::vector<std::string> labels;
    for (const DrawingLegendEntry& entry : drawing.legend) labels.push_back(entry.label);
    return join(labels, ", ");
  }

  Engine engine;
  PlanGraph plan_graph;
  Scopes scopes;
  Drawing drawing;
};

const char* const pair_text =
    "\"a + b\" Convolution x:Half[1x3x8x8] -> y:Half[1x4x8x8] tactic=h884cudnn @0.75 "
    "kernel=3x3 stride=2x2 maps=4 activation=RELU meta=\"[ONNX Layer: /m/Conv]\"\n"
    "c Reformat y:Half[1x4x8x8] -> z:Int8[1x4x8x8] origin=QDQ\n"
    "bindings x z\n";

TEST(Draw, WhatABoxSays) {
  struct Case {
    const char* what;
    DrawOptions options;
    const char* lines;
  };
  const Case cases[] = {
      {"full", {}, "Convolution · FP16 / 0.7500 ms · 100.0% / a + / b"},
      {"names in one line",
       {.stack_names = false},
       "Convolution · FP16 / 0.7500 ms · 100.0% / a + b"},
      {"no name, no time",
       {.latency = LatencyKind::none, .layer_names = false},
       "Convolution · FP16"},
      {"details",
       {.layer_names = false, .details = true},
       "Convolution · FP16 / 0.7500 ms · 100.0% / 3×3, stride 2×2, 4 maps / RELU"},
      {"metadata",
       {.layer_names = false, .metadata = true},
       "Convolution · FP16 / 0.7500 ms · 100.0% / ⇐ /m/Conv"},
      {"minimal", {.style = NodeStyle::minimal}, "Convolution"},
      {"keras",
       {.style = NodeStyle::keras, .latency = LatencyKind::none},
       "Convolution · FP16 / a + / b / in: 1×3×8×8  FP16 / out: 1×4×8×8  FP16"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Drawn drawn(pair_text, c.options);
    ASSERT_EQ(drawn.boxes(), "x a + b c z");
    EXPECT_EQ(drawn.lines(1), c.lines);
  }
}

TEST(Draw, WhatALineSays) {
  const Drawn plain(pair_text);
  ASSERT_EQ(plain.drawing.edges.size(), 3u);
  const DrawingEdge& edge = plain.drawing.edges[1];
  EXPECT_EQ(edge.tensor.name, "y");
  EXPECT_EQ(edge.tensor.shape, "1×4×8×8");
  EXPECT_EQ(edge.tensor.bytes, 512);  // 4 x 64 x 2 B
  ASSERT_EQ(edge.texts.size(), 1u);
  EXPECT_EQ(edge.texts[0].text, "1×4×8×8 FP16");
  EXPECT_TRUE(plain.drawing.edges[0].texts.empty());  // the input's box says it
  const Drawn named(pair_text, {.edge_names = true, .edge_details = false});
  EXPECT_EQ(named.drawing.edges[1].texts.at(0).text, "y");
}

TEST(Draw, BoxesHoldTheirTextsAndDoNotOverlap) {
  for (const NodeStyle style : {NodeStyle::full, NodeStyle::keras, NodeStyle::minimal}) {
    const Drawn drawn(pair_text, {.style = style, .metadata = true, .details = true},
                      {.regions = true});
    for (const DrawingBox& box : drawn.drawing.boxes) {
      for (const DrawingText& text : box.texts) {
        const double left = text.anchor == TextAnchor::start ? text.x
                            : text.anchor == TextAnchor::end ? text.x - text.width
                                                             : text.x - text.width / 2;
        EXPECT_GE(left, box.rect.x);
        EXPECT_LE(left + text.width, box.rect.x + box.rect.width);
        EXPECT_GT(text.y, box.rect.y);
        EXPECT_LT(text.y, box.rect.y + box.rect.height);
      }
    }
  }
}

TEST(Draw, ColoursAndLegends) {
  struct Case {
    ColorBy by;
    const char* legend;
  };
  const Case cases[] = {
      {ColorBy::type, "Convolution, Reformat"},
      {ColorBy::precision, "FP16, INT8"},
      {ColorBy::latency, "60 to 100%, time not known"},
      {ColorBy::finding, "error, no finding"},
      {ColorBy::none, ""},
  };
  for (const Case& c : cases) {
    const Drawn drawn(pair_text, {.color_by = c.by, .findings = {{0, "error", "slow"}}});
    EXPECT_EQ(drawn.legend(), c.legend);
  }
}

TEST(Draw, AttributesHoldColumnsFileAndFindings) {
  const Drawn drawn(pair_text, {.findings = {{1, "note", "n"}, {0, "error", "slow"}}});
  const auto attributes = drawn.drawing.attributes(BoxKind::layer, drawn.drawing.boxes[1].subject);
  const auto value = [&](std::string_view name) {
    for (const DrawingAttribute& a : attributes) {
      if (a.name == name) return a.value.dump();
    }
    return std::string("none");
  };
  EXPECT_EQ(value("precision"), "\"FP16\"");
  EXPECT_EQ(value("time_ms"), "0.75");
  EXPECT_EQ(value("finding"), "\"error: slow\"");
  EXPECT_EQ(value("byte_offset"), "none");
}

std::string blocks(int count) {
  std::string text;
  for (int i = 0; i < 2 * count; ++i) {
    text += fmt::format("/m/b.{}/x{} Relu t{}:Half[1x8] -> t{}:Half[1x8] @1\n", i / 2, i, i, i + 1);
  }
  return text;
}

TEST(Draw, GroupsOpenAndClose) {
  struct Case {
    const char* what;
    DrawOptions options;
    std::size_t boxes, frames;
  };
  const Case cases[] = {
      {"a small engine has none", {}, 20, 0},
      {"all that fits is open", {.grouping = Grouping::scope}, 20, 10},
      {"nothing open", {.grouping = Grouping::scope, .depth = 1}, 10, 0},
      {"everything open", {.grouping = Grouping::scope, .depth = 9}, 20, 10},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Drawn drawn(blocks(10), c.options);
    EXPECT_EQ(drawn.drawing.boxes.size(), c.boxes);
    EXPECT_EQ(drawn.drawing.frames.size(), c.frames);
  }
  const Drawn folded(blocks(10), {.grouping = Grouping::scope, .depth = 1});
  EXPECT_EQ(folded.drawing.edges.size(), 9u);
  EXPECT_EQ(folded.drawing.boxes[0].kind, BoxKind::scope);
  EXPECT_EQ(folded.lines(0), "b.0 / 2.000 ms · 10.0% / 2 layers, one of 10 alike / FP16 100.0%");
}

TEST(Draw, LargeEnginesOpenAsAHandful) {
  for (const int layers : {200, 1000, 20000}) {
    SCOPED_TRACE(layers);
    const Drawn drawn(blocks(layers / 2));
    EXPECT_LE(drawn.drawing.boxes.size(), boxes_when_grouped);
    EXPECT_GE(drawn.drawing.boxes.size(), 8u);
    EXPECT_FALSE(drawn.drawing.notes.empty());
  }
}

TEST(Draw, ManyBindingsStandWithThoseThatUseThem) {
  std::string text = blocks(20);
  std::string bindings = "bindings";
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("/m/b.{}/cache Relu c{} -> d{}\n", i, i, i);
    bindings += fmt::format(" c{} d{}", i, i);
  }
  const Drawn drawn(text + bindings + "\n", {.grouping = Grouping::scope, .depth = 1});
  EXPECT_EQ(drawn.drawing.boxes.size(), 20u);  // not 40 pills beside them
}

TEST(Draw, WithoutPlacesTheSameBoxesAndLines) {
  for (const std::optional<std::uint32_t> depth : {std::optional<std::uint32_t>(1), {}}) {
    const DrawOptions placed{.grouping = Grouping::scope, .depth = depth};
    DrawOptions unplaced = placed;
    unplaced.placed = false;
    const Drawn a(blocks(10), placed), b(blocks(10), unplaced);
    EXPECT_EQ(a.boxes(), b.boxes());
    EXPECT_EQ(a.drawing.edges.size(), b.drawing.edges.size());
    EXPECT_TRUE(b.drawing.edges[0].points.empty());
  }
}

// Everything with a place, to the last digit.
std::string all_of(const Drawing& drawing) {
  std::string text = fmt::format("{} {}\n", drawing.width, drawing.height);
  const auto add = [&](const DrawingRect& r) {
    text += fmt::format(" {} {} {} {}", r.x, r.y, r.width, r.height);
  };
  for (const DrawingBox& box : drawing.boxes) {
    text += fmt::format("{} {} {} {}", box.id, box.frame, box.texts.size(), hex(box.color));
    add(box.rect);
  }
  for (const DrawingFrame& frame : drawing.frames) {
    text += fmt::format("\n{} {} {}", frame.id, frame.parent, frame.texts.at(0).text);
    add(frame.rect);
  }
  for (const DrawingEdge& edge : drawing.edges) {
    text +=
        fmt::format("\n{} {} {} {}", edge.source, edge.target, edge.tensor.name, edge.thickness);
    for (const DrawingPoint& p : edge.points) text += fmt::format(" {} {}", p.x, p.y);
    for (const DrawingRect& tag : edge.tags) add(tag);
    add(edge.label);
  }
  return text + join(drawing.notes, "; ");
}

// Two levels of blocks with a mask that all of them read, so that there are stubs, too.
std::string nested_blocks() {
  std::string text = "mask Relu in -> m @0.5\n";
  for (int i = 0; i < 48; ++i) {
    text += fmt::format("/m/b.{}/{}/x{} Relu t{}:Half[1x8], m -> t{}:Half[1x8] @{}\n", i / 8,
                        i % 8 < 4 ? "attn" : "mlp", i, i, i + 1, i + 1);
  }
  return text;
}

TEST(GraphView, DrawsWhatDrawDrawsFromScratch) {
  const Engine engine = engine_text(nested_blocks());
  const PlanGraph plan = plan_graph(engine);
  const Scopes scopes = scopes_of(engine);
  for (const LayoutDirection direction : {LayoutDirection::down, LayoutDirection::right}) {
    for (const bool placed : {true, false}) {
      DrawOptions options{.grouping = Grouping::scope, .depth = 1};
      options.direction = direction;
      options.placed = placed;
      GraphView view(engine, plan, scopes, options);
      std::vector<std::uint8_t> open(scopes.scopes.size(), 0);
      std::uint32_t random = 1;
      std::size_t most_boxes = 0;
      for (int turn = 0; turn < 40; ++turn) {
        random = random * 1664525u + 1013904223u;  // Numerical Recipes' generator
        const ScopeId scope = 1 + (random >> 8) % static_cast<std::uint32_t>(open.size() - 1);
        if (view.is_open(scope)) {
          view.close(scope);
          open[scope] = 0;
        } else {
          view.open(scope);
          for (ScopeId s = scope; s != root_scope; s = scopes.scopes[s].parent) open[s] = 1;
        }
        // draw() opens what is around an open scope; so only those open to the top are named.
        options.open.clear();
        for (ScopeId s = 1; s < open.size(); ++s) {
          EXPECT_TRUE(open[s] != 0 || !view.is_open(s));
          if (view.is_open(s)) options.open.push_back(s);
        }
        const Drawing drawing = view.draw();
        most_boxes = std::max(most_boxes, drawing.boxes.size());
        ASSERT_EQ(all_of(drawing), all_of(draw(engine, plan, scopes, options))) << turn;
      }
      EXPECT_GT(most_boxes, 24u);
    }
  }
}

TEST(GraphView, ColoursChangeWithoutTheRest) {
  const Engine engine = engine_text(blocks(10));
  GraphView view(engine, plan_graph(engine), scopes_of(engine));
  EXPECT_EQ(view.draw().legend.at(0).label, "Relu");
  view.color_by(ColorBy::precision);
  const Drawing drawing = view.draw();
  ASSERT_EQ(drawing.legend.size(), 1u);
  EXPECT_EQ(drawing.legend[0].label, "FP16");
  EXPECT_FALSE(drawing.attributes(BoxKind::layer, 0).empty());
}

TEST(GraphView, ScopesThatAreNotThere) {
  const Engine engine = engine_text(blocks(2));
  GraphView view(engine, plan_graph(engine), scopes_of(engine));
  const auto none = static_cast<ScopeId>(view.scopes().scopes.size());
  EXPECT_THROW(view.open(none), Error);
  EXPECT_THROW(view.close(none), Error);
  EXPECT_THROW(view.is_open(none), Error);
  view.open(root_scope);
  EXPECT_TRUE(view.is_open(root_scope));
}

TEST(Draw, HighlightReachesTheBoxThatHidesIt) {
  DrawOptions options{.grouping = Grouping::scope, .depth = 1};
  options.highlight.assign(20, 0);
  options.highlight[3] = 1;
  const Drawn drawn(blocks(10), options);
  EXPECT_FALSE(drawn.drawing.boxes[0].highlighted);
  EXPECT_TRUE(drawn.drawing.boxes[1].highlighted);
}

}  // namespace
}  // namespace trex::graph
