// Graphs as the page asks for them: scopes that open and close, searches, arrays that belong
// together.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "tests/support/engine_text.hpp"
#include "trex/page/test_answer.hpp"

namespace trex::page {
namespace {

// Two blocks of three layers, one after the other; what lies between has a name of its own.
Engine two_blocks() {
  return engine_text(
      "a1 Convolution x:Half[1x8x4x4] -> t1:Half[1x8x4x4] @1 meta=\"[ONNX Layer: /net/a/c1]\"\n"
      "a2 Reformat t1:Half[1x8x4x4] -> t2:Half[1x8x4x4] @0.5 meta=\"[ONNX Layer: /net/a/c2]\"\n"
      "a3 Pooling t2:Half[1x8x4x4] -> t3:Half[1x8x4x4] @0.25 meta=\"[ONNX Layer: /net/a/c3]\"\n"
      "b1 Convolution t3:Half[1x8x4x4] -> t4:Half[1x8x4x4] @1 meta=\"[ONNX Layer: /net/b/c1]\"\n"
      "b2 Reformat t4:Half[1x8x4x4] -> t5:Half[1x8x4x4] @0.5 meta=\"[ONNX Layer: /net/b/c2]\"\n"
      "b3 Pooling t5:Half[1x8x4x4] -> w:Half[1x8x4x4] @0.25 meta=\"[ONNX Layer: /net/b/c3]\"\n"
      "bindings x w\n");
}

struct CallGraph : testing::Test {
  CallGraph() { session.add(two_blocks()); }

  ReadAnswer open(std::string_view depth = "1") {
    return ask(session, fmt::format(R"({{"call":"graph_open","engine":0,"depth":{}}})", depth));
  }
  ReadAnswer find(std::string_view arguments) {
    return ask(session, fmt::format(R"({{"call":"graph_find","view":0,{}}})", arguments));
  }
  std::vector<std::uint32_t> rows(std::string_view arguments) {
    const ReadAnswer answer = find(arguments);
    return answer.values<std::uint32_t>(answer["rows"], "u32");
  }

  Session session;
};

std::vector<std::uint32_t> numbers(const ReadAnswer& answer, const char* part, const char* column) {
  return answer.values<std::uint32_t>(*answer[part].find(column), "u32");
}
std::vector<std::string> names(const ReadAnswer& answer, const char* part) {
  std::vector<std::string> list;
  for (const std::uint32_t id : numbers(answer, part, "name")) {
    list.push_back(*answer["texts"].array()->at(id).text());
  }
  return list;
}
// The scope whose path ends so.
std::int64_t scope_named(const ReadAnswer& answer, std::string_view end) {
  const Json::Array& paths = *answer["scopes"].find("path")->array();
  for (std::size_t s = 0; s < paths.size(); ++s) {
    const std::string& path = *paths[s].text();
    if (path.size() >= end.size() && path.substr(path.size() - end.size()) == end) {
      return static_cast<std::int64_t>(s);
    }
  }
  ADD_FAILURE() << "no scope " << end;
  return -1;
}

TEST_F(CallGraph, ClosedScopesAreBoxes) {
  const ReadAnswer answer = open();
  EXPECT_EQ(answer.error(), "");
  EXPECT_EQ(*answer["view"].integer(), 0);
  const auto kinds = answer.values<std::uint8_t>(*answer["boxes"].find("kind"), "u8");
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), 0), 0);  // no layer by itself
  EXPECT_EQ(std::count(kinds.begin(), kinds.end(), 2), 2);  // x and w
  EXPECT_GE(std::count(kinds.begin(), kinds.end(), 4), 1);
  EXPECT_EQ(*answer["frames"].find("count")->integer(), 0);
  const auto of_layer = answer.values<std::uint32_t>(*answer["scopes"].find("of_layer"), "u32");
  EXPECT_EQ(of_layer.size(), 6u);
  EXPECT_EQ(of_layer[0], of_layer[2]);
  EXPECT_NE(of_layer[0], of_layer[3]);
}

TEST_F(CallGraph, ArraysBelongTogether) {
  const ReadAnswer answer = open(R"("all")");
  const Json& boxes = answer["boxes"];
  const auto count = static_cast<std::size_t>(*boxes.find("count")->integer());
  EXPECT_EQ(count, 8u);  // six layers, x, w
  for (const char* column : {"x", "y", "w", "h", "band"}) {
    EXPECT_EQ(answer.values<float>(*boxes.find(column), "f32").size(), count) << column;
  }
  for (const char* column : {"color", "name", "type", "figures"}) {
    EXPECT_EQ(numbers(answer, "boxes", column).size(), count) << column;
  }
  const auto starts = numbers(answer, "boxes", "text_starts");
  ASSERT_EQ(starts.size(), count + 1);
  const Json& texts = *boxes.find("texts");
  EXPECT_EQ(answer.values<std::uint32_t>(*texts.find("text"), "u32").size(), starts.back());
  EXPECT_EQ(answer.values<std::uint8_t>(*texts.find("role"), "u8").size(), starts.back());

  const auto edges = static_cast<std::size_t>(*answer["edges"].find("count")->integer());
  EXPECT_EQ(edges, 7u);
  const auto points = answer.values<float>(*answer["edges"].find("points"), "f32");
  const auto ends = numbers(answer, "edges", "starts");
  ASSERT_EQ(ends.size(), edges + 1);
  EXPECT_EQ(points.size(), 2u * ends.back());
  for (const std::uint32_t box : numbers(answer, "edges", "source")) EXPECT_LT(box, count);
}

TEST_F(CallGraph, LayersAreToldByTheirRows) {
  const ReadAnswer answer = open(R"("all")");
  const auto kinds = answer.values<std::uint8_t>(*answer["boxes"].find("kind"), "u8");
  const auto subjects = answer.values<std::int32_t>(*answer["boxes"].find("subject"), "i32");
  const std::vector<std::string> named = names(answer, "boxes");
  std::vector<std::string> layers(6);
  for (std::size_t b = 0; b < kinds.size(); ++b) {
    if (kinds[b] == 0)
      layers.at(static_cast<std::size_t>(subjects[b])) = named[b];
    else
      EXPECT_EQ(subjects[b], -1) << named[b];
  }
  EXPECT_EQ(layers, (std::vector<std::string>{"a1", "a2", "a3", "b1", "b2", "b3"}));
}

TEST_F(CallGraph, AScopeOpensAndCloses) {
  const ReadAnswer closed = open();
  const std::int64_t scope = scope_named(closed, "a");
  const auto toggle = [&](bool wanted) {
    return ask(session, fmt::format(R"({{"call":"graph_toggle","view":0,"scope":{},"open":{}}})",
                                    scope, wanted));
  };
  const ReadAnswer opened = toggle(true);
  const std::vector<std::uint32_t> frames = numbers(opened, "frames", "scope");
  EXPECT_EQ(std::count(frames.begin(), frames.end(), scope), 1);
  const std::vector<std::string> boxes = names(opened, "boxes");
  EXPECT_EQ(std::count(boxes.begin(), boxes.end(), "a2"), 1);
  EXPECT_EQ(std::count(boxes.begin(), boxes.end(), "b2"), 0);
  const std::vector<std::string> again = names(toggle(false), "boxes");
  EXPECT_EQ(std::count(again.begin(), again.end(), "a2"), 0);
}

TEST_F(CallGraph, ALayerIsRevealed) {
  open();
  const ReadAnswer answer = ask(session, R"({"call":"graph_reveal","view":0,"layer":4})");
  const std::vector<std::string> boxes = names(answer, "boxes");
  EXPECT_EQ(std::count(boxes.begin(), boxes.end(), "b2"), 1);
  EXPECT_EQ(std::count(boxes.begin(), boxes.end(), "a2"), 0);
}

TEST_F(CallGraph, Finds) {
  open();
  struct Case {
    const char* arguments;
    std::vector<std::uint32_t> rows;
  };
  const Case cases[] = {
      {R"("kind":"pattern","text":"Convolution -> Reformat")", {0, 1, 3, 4}},
      {R"("kind":"pattern","text":"Pooling -> *")", {2, 3}},
      {R"("kind":"regex","text":"^a[12]$")", {0, 1}},
      {R"("kind":"regex","text":"nothing at all")", {}},
      {R"("kind":"path","text":"a2..b1")", {1, 2, 3}},
      {R"("kind":"path","text":"b1..a2")", {1, 2, 3}},
      {R"("kind":"beam","layers":[2],"radius":1)", {1, 2, 3}},
      {R"("kind":"beam","layers":[],"radius":9)", {}},
  };
  for (const Case& c : cases) EXPECT_EQ(rows(c.arguments), c.rows) << c.arguments;
}

TEST_F(CallGraph, WhatIsWrongIsSaid) {
  open();
  struct Case {
    const char* request;
    const char* error;
  };
  const Case cases[] = {
      {R"({"call":"graph_toggle","view":3,"scope":0})", "no graph 3 is open"},
      {R"({"call":"graph_toggle","view":0,"scope":-1})", "scope -1: the engine has 3 scopes"},
      {R"({"call":"graph_reveal","view":0,"layer":6})", "layer 6: the engine has 6 layers"},
      {R"({"call":"graph_open","engine":0,"color":"typ"})",
       "argument 'color': no 'typ', did you mean 'type'?"},
      {R"({"call":"graph_open","engine":0,"depth":-1})",
       "argument 'depth': expected a number from 0, or \"all\""},
      {R"({"call":"graph_find","view":0,"kind":"path","text":"a1"})", "a path is A..B, not 'a1'"},
      {R"({"call":"graph_find","view":0,"kind":"word","text":"a1"})",
       "argument 'kind': pattern, regex, path or beam, not 'word'"},
      {R"({"call":"graph_find","view":0,"kind":"beam","layers":[7],"radius":1})",
       "layer 7: the engine has 6 layers"},
  };
  for (const Case& c : cases) EXPECT_EQ(ask(session, c.request).error(), c.error) << c.request;
}

TEST_F(CallGraph, SvgIsThatOfTheCommandLine) {
  open();
  const ReadAnswer answer = ask(session, R"({"call":"graph_svg","view":0,"color":"precision"})");
  const std::string& svg = *answer["svg"].text();
  EXPECT_EQ(svg.substr(0, 4), "<svg");
  EXPECT_NE(svg.find("precision:"), std::string::npos);
}

TEST_F(CallGraph, GraphsEndWithTheirEngine) {
  open();
  ask(session, R"({"call":"close","engine":0})");
  EXPECT_EQ(ask(session, R"({"call":"graph_close","view":0})").error(), "no graph 0 is open");
}

}  // namespace
}  // namespace trex::page
