// Every format of drawings read back, whatever the names in it are.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/pictures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tests/support/engine_text.hpp"
#include "tests/support/onnx_reader.hpp"
#include "tests/support/xml_reader.hpp"
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/graph/draw.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex::render {
namespace {

// An engine, its graph and its drawing, kept together: the drawing asks the others.
struct Drawn {
  explicit Drawn(Engine e, graph::DrawOptions options = {}, graph::PlanOptions plan = {})
      : engine(std::move(e)),
        plan_graph(graph::plan_graph(engine, plan)),
        scopes(scopes_of(engine)),
        drawing(graph::draw(engine, plan_graph, scopes, options)) {}
  Drawn(const Drawn&) = delete;

  Engine engine;
  graph::PlanGraph plan_graph;
  Scopes scopes;
  Drawing drawing;
};

const std::string very_long(20000, 'x');
const std::vector<std::string> awkward_names = {
    "a & b <c>",
    "PWN(a, b)",
    "say \"hi\" 'there'",
    "back\\slash \\N \\",
    std::string("ctrl\x01\x1e\x1f\x7f\t\n", 10),
    "bad \xff\xc3( utf-8",
    "]]></title></text><script>alert(1)</script>",
    "&lt;&#0;&nbsp",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",  // Hebrew
    "\xe2\x80\xae"
    "override",                                   // right-to-left override
    "\xef\xbf\xbe\xef\xbf\xbf",                   // no XML characters
    "\xf0\x9f\x9a\x80 \xe6\xbc\xa2\xe5\xad\x97",  // emoji, Chinese
    "",
    "{|}<port> \\l\\r",
    std::string("nul\0byte", 8),
    "#!%s%n$(x)`y`",
    very_long,
};

// A chain of layers of those names, the names their tensors' and types' too.
Engine awkward_engine() {
  EngineBuilder builder;
  std::string before = "input";
  std::int64_t index = 0;
  const std::string metadata = "[ONNX Layer: " + very_long + "]\x1e[ONNX Layer: a & b\x02<]";
  for (const std::string& name : awkward_names) {
    RawLayer raw;
    raw.name = name;
    raw.layer_type = name;
    raw.parameter_type = index % 2 == 0 ? "Convolution" : std::string_view(name);
    raw.tactic = name;
    raw.metadata = metadata;
    raw.has_metadata = raw.has_tactic = true;
    raw.index = index++;
    RawTensor in, out;
    in.name = before;
    in.dims = {1, 3, -1, 7};
    in.format = name;
    out.name = name;
    out.dims = {1, 64};
    out.format = "Half";
    raw.inputs.push_back(in);
    raw.outputs.push_back(out);
    builder.add_layer(raw);
    before = name;
  }
  for (const std::string& name : {std::string("input"), before}) {
    RawBinding binding;
    binding.name = name;
    builder.add_binding(binding);
  }
  return builder.finish();
}

graph::DrawOptions everything() {
  graph::DrawOptions options;
  options.title = "a & b <c> \"\\";
  options.metadata = options.details = options.edge_names = options.region_names = true;
  options.highlight.assign(awkward_names.size(), 1);
  options.findings.push_back({0, "error", "say <this> & \x01 that"});
  return options;
}

const Drawn& awkward() {
  static const Drawn drawn(awkward_engine(), everything(), {.regions = true});
  return drawn;
}

TEST(Svg, AwkwardNames) {
  for (const Theme theme : {Theme::automatic, Theme::light, Theme::dark}) {
    const std::string text = svg(awkward().drawing, {.theme = theme});
    const test::XmlReader xml(text);
    const auto has = [](const std::vector<std::string>& texts, std::string_view part) {
      return std::any_of(texts.begin(), texts.end(),
                         [&](const std::string& t) { return contains(t, part); });
    };
    EXPECT_TRUE(has(xml.texts, "a & b <c>"));
    EXPECT_TRUE(has(xml.titles, "a & b <c>"));
    EXPECT_TRUE(has(xml.titles, "ctrl\\x01\\x1e"));  // control bytes, made visible
    EXPECT_TRUE(has(xml.titles, "tactic: back"));
    EXPECT_TRUE(has(xml.titles, "error: say <this> & \\x01 that"));
    EXPECT_FALSE(contains(text, "<script"));
    EXPECT_EQ(contains(text, "prefers-color-scheme"), theme == Theme::automatic);
    std::vector<std::string> ids = xml.ids;
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end()) << "an id twice";
  }
  EXPECT_LT(svg(awkward().drawing, {.hover = false}).size(), svg(awkward().drawing, {}).size() / 2);
}

TEST(Dot, AwkwardNames) {
  const std::string text = dot(awkward().drawing, {});
  EXPECT_TRUE(contains(text, "a &amp; b <c>"));
  EXPECT_TRUE(contains(text, "\\\\slash"));
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {  // Graphviz's limit for one string
    if (text[i] != '"' || text[i - 1] == '\\') continue;
    EXPECT_LT(i - start, 16384u);
    start = i;
  }
}

TEST(Dot, GraphvizReadsIt) {
  if (std::system("dot -V >/dev/null 2>&1") != 0) GTEST_SKIP() << "no Graphviz here";
  FILE* pipe = popen("dot -Tcanon >/dev/null 2>/dev/null", "w");
  ASSERT_NE(pipe, nullptr);
  const std::string text = dot(awkward().drawing, {});
  EXPECT_EQ(std::fwrite(text.data(), 1, text.size(), pipe), text.size());
  EXPECT_EQ(pclose(pipe), 0);
}

TEST(DrawingJson, AwkwardNames) {
  const std::string text = drawing_json(awkward().drawing, {});
  const Json json = parse_json(text, "drawing");
  const Json::Array& boxes = *json.find("boxes")->array();
  ASSERT_EQ(boxes.size(), awkward().drawing.boxes.size());
  std::vector<std::string> names;
  for (const Json& box : boxes) names.push_back(*box.find("name")->text());
  for (const std::string& name : awkward_names) {
    EXPECT_NE(std::find(names.begin(), names.end(), to_valid_utf8(name)), names.end()) << name;
  }
  EXPECT_EQ(json.find("edges")->array()->size(), awkward().drawing.edges.size());
}

TEST(ModelExplorer, AwkwardNames) {
  const std::string text = model_explorer(awkward().drawing, {});
  const Json json = parse_json(text, "graph");
  const Json& graph = json.find("graphs")->array()->at(0);
  std::vector<std::string> ids;
  for (const Json& node : *graph.find("nodes")->array()) ids.push_back(*node.find("id")->text());
  std::size_t edges = 0;
  for (const Json& node : *graph.find("nodes")->array()) {
    for (const Json& edge : *node.find("incomingEdges")->array()) {
      ++edges;
      EXPECT_NE(std::find(ids.begin(), ids.end(), *edge.find("sourceNodeId")->text()), ids.end());
    }
    for (const Json& attribute : *node.find("attrs")->array()) {
      EXPECT_NE(attribute.find("value")->text(), nullptr);  // every value is a text
    }
  }
  EXPECT_EQ(edges, awkward().drawing.edges.size());
}

TEST(ModelExplorer, FramesAreNamespaces) {
  const Drawn drawn(engine_text("/m/b.0/x Relu x -> 1\n/m/b.0/y Relu 1 -> 2\n"
                                "/m/b.1/x Relu 2 -> 3\n/m/b.1/y Relu 3 -> 4\n"),
                    {.grouping = graph::Grouping::scope, .depth = 9});
  const Json json = parse_json(model_explorer(drawn.drawing, {}), "graph");
  const Json& nodes = *json.find("graphs")->array()->at(0).find("nodes");
  EXPECT_EQ(*nodes.array()->at(0).find("namespace")->text(), "b.0");
  EXPECT_EQ(*nodes.array()->at(3).find("namespace")->text(), "b.1");
}

TEST(Onnx, AwkwardNames) {
  const test::OnnxModel model = test::OnnxReader::read(onnx(awkward().drawing, {}));
  EXPECT_EQ(test::onnx_problems(model), std::vector<std::string>());
  EXPECT_EQ(model.inputs.size(), 1u);
  EXPECT_EQ(model.outputs.size(), 1u);
}

TEST(Onnx, NodesValuesAndTypes) {
  const Drawn drawn(
      engine_text("a Convolution x:Half[1x3x8x8] -> y:Int8[1x4x8x8] @1\n"
                  "b Relu y:Int8[1x4x8x8] -> z:Half[1x4x8x8]\nbindings x z\n"));
  const test::OnnxModel model = test::OnnxReader::read(onnx(drawn.drawing, {}));
  EXPECT_EQ(test::onnx_problems(model), std::vector<std::string>());
  EXPECT_EQ(model.ir_version, 8);
  ASSERT_EQ(model.nodes.size(), 2u);
  EXPECT_EQ(model.nodes[0].type, "Convolution");
  EXPECT_EQ(model.nodes[0].inputs, (std::vector<std::string>{"x"}));
  EXPECT_EQ(model.nodes[0].outputs, (std::vector<std::string>{"y"}));
  EXPECT_EQ(model.nodes[1].outputs, (std::vector<std::string>{"z"}));
  ASSERT_EQ(model.inputs.size(), 1u);
  EXPECT_EQ(model.inputs[0].element_type, 10);  // FLOAT16
  EXPECT_EQ(model.inputs[0].dims, (std::vector<std::int64_t>{1, 3, 8, 8}));
  ASSERT_EQ(model.values.size(), 1u);
  EXPECT_EQ(model.values[0].element_type, 3);  // INT8
  EXPECT_EQ(model.nodes[0].attributes.count("time_ms"), 1u);
}

TEST(Onnx, WhatIsNoSimpleChain) {
  struct Case {
    const char* what;
    const char* engine;
  };
  const Case cases[] = {
      {"a loop", "a Add s x -> y\nb Relu y -> s\nbindings x\n"},
      {"written in place", "a Relu x -> s\nb Relu s -> y\nc Relu y -> s\nd Relu s -> z\n"},
      {"two writers", "a Relu x -> s\nb Relu x -> s\nc Relu s -> y\nbindings x y\n"},
      {"an output that is read", "a Relu x -> y\nb Relu y -> z\nbindings x y z\n"},
      {"one tensor for two outputs, through a NoOp",
       "a Relu x -> y\nn NoOp y -> z\nbindings x y z\n"},
      {"an input that is an output", "n NoOp x -> z\na Relu x -> y\nbindings x y z\n"},
      {"no tensors", "a Relu\nb Relu\n"},
      {"one layer", "a Relu\n"},
      {"nothing", ""},
      {"the same name on both sides", "a Relu x -> x\nb Relu x -> x\nbindings x\n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Drawn drawn(engine_text(c.engine));
    const test::OnnxModel model = test::OnnxReader::read(onnx(drawn.drawing, {}));
    EXPECT_EQ(test::onnx_problems(model), std::vector<std::string>());
  }
}

TEST(Onnx, GroupsThatReadEachOther) {
  // Folded, the two scopes read each other's outputs.
  const Drawn drawn(engine_text("/a/x Relu x -> 1\n/b/x Relu 1 -> 2\n"
                                "/a/y Relu 2 -> 3\n/b/y Relu 3 -> 4\n"),
                    {.grouping = graph::Grouping::scope, .depth = 1});
  ASSERT_EQ(drawn.drawing.boxes.size(), 2u);
  const test::OnnxModel model = test::OnnxReader::read(onnx(drawn.drawing, {}));
  EXPECT_EQ(test::onnx_problems(model), std::vector<std::string>());
  EXPECT_EQ(model.nodes.at(0).attributes.count("loop_inputs"), 1u);
}

// The pictures themselves: made by libraries, so their heads and sizes are looked at.
TEST(PngPdf, HeadsAndSizes) {
  std::string picture;
  try {
    picture = png(awkward().drawing, {.scale = 1});
  } catch (const Error& error) {
    GTEST_SKIP() << error.what();
  }
  ASSERT_EQ(picture.substr(0, 8), "\x89PNG\r\n\x1a\n");
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8 | static_cast<unsigned char>(picture[at + i]);
    }
    return value;
  };
  EXPECT_GE(number(16), awkward().drawing.width);
  EXPECT_GE(number(20), awkward().drawing.height);
  const std::string page = pdf(awkward().drawing, {});
  EXPECT_EQ(page.substr(0, 5), "%PDF-");
  EXPECT_TRUE(contains(page.substr(page.size() - 16), "%%EOF"));
  EXPECT_EQ(page, pdf(awkward().drawing, {}));  // no dates in it
}

TEST(PngPdf, HugePicturesAreScaledDown) {
  Drawing drawing;
  drawing.width = 200000;
  drawing.height = 300000;
  try {
    const std::string picture = png(drawing, {.scale = 10});
    EXPECT_LT(picture.size(), 10u << 20);
    EXPECT_FALSE(pdf(drawing, {}).empty());
  } catch (const Error& error) {
    GTEST_SKIP() << error.what();
  }
}

TEST(PictureFormats, ByEnding) {
  const auto name = [](std::string_view path) {
    const PictureFormat* format = picture_format_of(path);
    return format == nullptr ? std::string("none") : std::string(format->name);
  };
  EXPECT_EQ(name("a/b.svg"), "svg");
  EXPECT_EQ(name("B.PNG"), "png");
  EXPECT_EQ(name("x.gv"), "dot");
  EXPECT_EQ(name("x.json"), "json");
  EXPECT_EQ(name("x.model-explorer.json"), "model-explorer");
  EXPECT_EQ(name("x.onnx"), "onnx");
  EXPECT_EQ(name("svg"), "none");
  EXPECT_EQ(name("x.jpg"), "none");
  EXPECT_THROW(find_picture_format("svgg"), Error);
}

}  // namespace
}  // namespace trex::render
