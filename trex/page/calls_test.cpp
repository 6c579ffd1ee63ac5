// What the page asks, asked of small engines.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/calls.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/support/engine_text.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/page/test_answer.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/report/show_report.hpp"
#include "trex/report/summary_report.hpp"

namespace trex::page {
namespace {

Engine four_layers() {
  return engine_text(
      "r Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4] @0.25\n"
      "c1 Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] @0.5 meta=\"[ONNX Layer: /a/Conv]\"\n"
      "n NoOp z:Half[1x8x4x4] -> v:Half[1x8x4x4]\n"
      "c2 Convolution v:Half[1x8x4x4] -> w:Half[1x8x4x4] @1 meta=\"[ONNX Layer: /b/Conv]\"\n"
      "bindings x w\n");
}

std::string json_of(const Document& document) {
  return parse_json(render::json({&document, 1}, {}), "expected").dump();
}
// The same without what the encoding adds.
std::string plain(ReadAnswer answer) {
  Json::Object members;
  for (const Json::Member& member : *answer.json.object()) {
    if (member.first != "$arrays") members.push_back(member);
  }
  return Json(std::move(members)).dump();
}

TEST(Calls, HaveDistinctNamesAndSummaries) {
  std::vector<std::string_view> names;
  for (const Call& entry : calls()) {
    EXPECT_FALSE(entry.summary.empty()) << entry.name;
    EXPECT_EQ(std::count(names.begin(), names.end(), entry.name), 0) << entry.name;
    names.push_back(entry.name);
  }
}

TEST(Calls, WhatIsWrongIsOneLine) {
  struct Case {
    const char* what;
    const char* request;
    const char* error;
  };
  const Case cases[] = {
      {"no JSON", "{",
       "request: line 1, column 2: expected a name in double quotes, got the end of the file"},
      {"no object", "[]", "request: no text member 'call'"},
      {"no such call", R"({"call":"layer","engine":0})", "no call 'layer', did you mean 'layers'?"},
      {"no engine", R"({"call":"layers"})", "argument 'engine' is missing"},
      {"one not open", R"({"call":"layers","engine":7})", "no engine 7 is open"},
      {"a text for a number", R"({"call":"layers","engine":"0"})",
       "argument 'engine': expected an integer, got a string"},
      {"a layer too far", R"({"call":"show","engine":0,"layer":4})",
       "layer 4: the engine has 4 layers"},
      {"a layer below", R"({"call":"show","engine":0,"layer":-1})",
       "layer -1: the engine has 4 layers"},
      {"a negative top", R"({"call":"select","engine":0,"top":-1})",
       "top: a number of rows, not -1"},
      {"no group", R"({"call":"group","engine":0})", "group: 'by' names no column"},
      {"no report", R"({"call":"render","engine":0,"report":"lin"})",
       "no report 'lin', did you mean 'lint'?"},
      {"a sort without column", R"({"call":"select","engine":0,"sort":["tme_ms"]})",
       "no column or attribute 'tme_ms', did you mean 'time_ms'?"},
  };
  Session session;
  session.add(four_layers());
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(ask(session, c.request).error(), c.error);
  }
}

TEST(Calls, SelectTakesRowsOfTheWholeTable) {
  struct Case {
    const char* arguments;
    std::vector<std::uint32_t> rows;
  };
  const Case cases[] = {
      {"", {0, 1, 3}},
      {R"(,"all":true)", {0, 1, 2, 3}},
      {R"(,"sort":["-time_ms"])", {3, 1, 0}},
      {R"(,"sort":["type","-time_ms"])", {3, 1, 0}},
      {R"(,"sort":["time_ms:asc"],"all":true)", {0, 1, 3, 2}},  // unknown last
      {R"(,"where":"type == 'Convolution' and time_ms < 1")", {1}},
      {R"(,"where":"scope ~ 'nothing'")", {}},
      {R"(,"where":"tactic is null or index >= 1","top":1,"sort":["-time_ms"])", {3}},
  };
  Session session;
  session.add(four_layers());
  for (const Case& c : cases) {
    SCOPED_TRACE(c.arguments);
    const ReadAnswer answer =
        ask(session, fmt::format(R"({{"call":"select","engine":0{}}})", c.arguments));
    ASSERT_EQ(answer.error(), "");
    EXPECT_EQ(answer.values<std::uint32_t>(answer["rows"], "u32"), c.rows);
  }
}

TEST(Calls, LayersHasEveryLayerAndThePagesOwnColumns) {
  Session session;
  session.add(four_layers());
  const ReadAnswer answer = ask(session, R"({"call":"layers","engine":0})");
  EXPECT_EQ(answer["rows"].dump(), "4");
  EXPECT_EQ(answer.values<std::uint8_t>(*answer.column("hidden").find("values"), "u8"),
            (std::vector<std::uint8_t>{0, 0, 1, 0}));
  answer.column("scope");
  // Every finding of lint counts at each of its layers.
  std::vector<double> counts(4, 0);
  for (const lint::Finding& finding : session.at(0).lint().findings) {
    for (const Row row : finding.layers) ++counts[row];
  }
  EXPECT_EQ(answer.values<double>(*answer.column("findings").find("values"), "f64"), counts);
}

TEST(Calls, AttributesThatAFilterReadsDoNotStay) {
  const test::TestFolder folder;
  const std::string graph = folder.write("g.json", test::graph_text);
  Session session;
  ask(session, fmt::format(R"({{"call":"open","files":["{}"]}})", graph));
  const std::string before = call(session, R"({"call":"layers","engine":0})");
  const ReadAnswer found =
      ask(session, R"({"call":"select","engine":0,"where":"LayerType == 'Reformat'"})");
  ASSERT_EQ(found.error(), "");
  EXPECT_EQ(found.values<std::uint32_t>(found["rows"], "u32"), (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(call(session, R"({"call":"layers","engine":0})"), before);
}

TEST(Calls, GroupSumsWhatItsLayersTake) {
  Session session;
  session.add(four_layers());
  const ReadAnswer answer = ask(session, R"({"call":"group","engine":0,"by":["type"]})");
  EXPECT_EQ(answer.column("type").find("texts")->dump(), R"(["Convolution","Reformat"])");
  EXPECT_EQ(answer.values<double>(*answer.column("time_ms").find("values"), "f64"),
            (std::vector<double>{1.5, 0.25}));
}

TEST(Calls, ReportsAreThoseOfTheCommandLine) {
  Session session;
  session.add(four_layers());
  const Engine& engine = session.at(0).engine();
  EXPECT_EQ(plain(ask(session, R"({"call":"summary","engine":0})")),
            json_of(report::summary_report(engine)));
  const auto rules = lint::rules();
  const FoundIn found =
      report::lint_findings(engine, {rules.begin(), rules.end()}, session.at(0).lint());
  EXPECT_EQ(plain(ask(session, R"({"call":"lint","engine":0})")),
            json_of(report::lint_data({&found, 1})));
  const ReadAnswer shown = ask(session, R"({"call":"show","engine":0,"layer":0})");
  EXPECT_NE(shown["text"].text()->find("A Reformat from FP32 to FP16."), std::string::npos);
  const ReadAnswer csv =
      ask(session,
          R"({"call":"render","engine":0,"report":"layers","format":"csv","columns":["name"]})");
  EXPECT_EQ(*csv["text"].text(), "name\r\nr\r\nc1\r\nc2\r\n");
}

TEST(Calls, OpenLeavesOutWhatIsNoFileOfAnEngine) {
  const test::TestFolder folder;
  const std::string graph = folder.write("g.graph.json", test::graph_text);
  const std::string profile = folder.write("g.profile.json", test::profile_text);
  const std::string other = folder.write("notes.txt", "<script>alert(1)</script>");
  Session session;
  const ReadAnswer answer = ask(
      session, fmt::format(R"({{"call":"open","files":["{}","{}","{}"]}})", graph, profile, other));
  ASSERT_EQ(answer["engines"].array()->size(), 1u);
  const Json& engine = (*answer["engines"].array())[0];
  EXPECT_EQ(engine.find("id")->dump(), "0");
  EXPECT_EQ(engine.find("files")->array()->size(), 2u);
  EXPECT_EQ(answer["errors"].array()->size(), 1u);
  EXPECT_EQ(session.at(0).engine().profile.matched_rows, 2);

  EXPECT_EQ(ask(session, R"({"call":"close","engine":0})").error(), "");
  EXPECT_EQ(ask(session, R"({"call":"summary","engine":0})").error(), "no engine 0 is open");
  EXPECT_EQ(session.add(four_layers()), 1);  // ids are not used again
}

TEST(Calls, HostileNamesComeBackAsTheyAre) {
  Session session;
  session.add(
      engine_text("\"</script><script>alert(1)</script>\x01\xff\" Convolution x:Half -> y:Half\n"));
  const ReadAnswer answer = ask(session, R"({"call":"layers","engine":0,"columns":["name"]})");
  EXPECT_EQ(*(*answer.column("name").find("texts")->array())[0].text(),
            "</script><script>alert(1)</script>\x01\xef\xbf\xbd");
}

TEST(Calls, ColumnsColorsAndGlossaryNeedNoEngine) {
  Session session;
  const ReadAnswer columns = ask(session, R"({"call":"columns"})");
  ASSERT_EQ(columns.error(), "");
  EXPECT_GT(columns["columns"].array()->size(), 40u);
  const ReadAnswer colors = ask(session, R"({"call":"colors"})");
  EXPECT_EQ(*colors["precisions"].find("INT8")->find("light")->text(), "#009e73");
  // A quarter of the way to white: 0 -> 64, 158 -> 182, 115 -> 150.
  EXPECT_EQ(*colors["precisions"].find("INT8")->find("dark")->text(), "#40b696");
  EXPECT_GT(ask(session, R"({"call":"glossary"})")["words"].find("rules")->array()->size(), 50u);
  EXPECT_EQ(*ask(session, R"({"call":"explain","word":"Reformat"})")["word"].text(), "Reformat");
}

}  // namespace
}  // namespace trex::page
