// Views over engines in files: what is loaded, when, and what stands in the way.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/engine_views.hpp"

#include <gtest/gtest.h>

#include "trex/base/file.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/store/engines_beneath.hpp"

namespace trex::store {
namespace {

using test::TestFolder;

std::vector<std::string> names_of(const std::vector<const TableSpec*>& tables) {
  std::vector<std::string> names;
  for (const TableSpec* table : tables) names.emplace_back(table->name);
  return names;
}

TEST(MentionedTables, AreTheWordsOfSqlOutsideOfTextsAndComments) {
  struct Case {
    const char* sql;
    std::vector<std::string> expected;
  };
  const Case cases[] = {
      {"SELECT * FROM layers", {"layers"}},
      {"select * from LAYERS l join main.\"Engines\" using (engine_id)", {"layers", "engines"}},
      {"SELECT 'findings', \"timing\" FROM layers -- notes\n, tensors",
       {"timing", "layers", "tensors"}},
      {"SELECT 'it''s findings' /* notes */ FROM layers", {"layers"}},
      {"SELECT my_layers, layers2 FROM x", {}},
      {"SELECT 'layers", {}},
      {"/* layers", {}},
      {"", {}},
  };
  for (const Case& c : cases) EXPECT_EQ(names_of(mentioned_tables(c.sql)), c.expected) << c.sql;
}

// Engines in two folders, one below the other, and files that are none.
class EngineViewsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string_view(TREX_DUCKDB_LIBRARY).empty() && !has_duckdb()) {
      GTEST_SKIP() << "this machine has no DuckDB (tools/duckdb.sh fetches it)";
    }
    const auto graph = [](std::string_view layer) {
      return fmt::format(R"({{"Layers": [{{"Name": "{}", "LayerType": "NoOp"}}], "Bindings": []}})",
                         layer);
    };
    folder.write("a.graph.json", graph("one"));
    folder.write("sub/deep/b.graph.json", graph("two"));
    folder.write("sub/readme.txt", "no engine");
    folder.write("_staging/c.graph.json", graph("not looked at"));
  }
  TestFolder folder;
};

TEST_F(EngineViewsTest, LoadsEachEngineOnceForAllTablesOfAQuery) {
  const std::string sql =
      "SELECT l.engine, l.name FROM layers l JOIN engines USING (engine_id) ORDER BY ALL";
  int loaded = 0;
  Database database;
  add_engine_views(database, engines_beneath({folder.path()}, {}), sql,
                   {.loaded = [&](const Engine&) { ++loaded; }});
  EXPECT_EQ(loaded, 0);
  const Table table = database.query(sql);
  ASSERT_EQ(table.row_count(), 2u);
  EXPECT_EQ(table.at("engine").text(0), "a");
  EXPECT_EQ(table.at("name").text(1), "two");
  EXPECT_EQ(loaded, 2);
  database.query(sql);
  EXPECT_EQ(loaded, 2);
  database.query("SELECT * FROM notes");  // the SQL at first did not mention it
  EXPECT_EQ(loaded, 4);
}

TEST_F(EngineViewsTest, EveryViewHasTheColumnsOfItsSchema) {
  Database database;
  add_engine_views(database, engines_beneath({folder.path()}, {}), "");
  for (const TableSpec& spec : table_specs()) {
    SCOPED_TRACE(spec.name);
    const Table table = database.query(fmt::format("SELECT * FROM {}", spec.name));
    ASSERT_EQ(table.column_count(), spec.columns.size());
    for (std::size_t c = 0; c < spec.columns.size(); ++c) {
      EXPECT_EQ(table.column(c).name(), spec.columns[c].name);
      EXPECT_EQ(table.column(c).type(), spec.columns[c].type) << spec.columns[c].name;
    }
  }
}

TEST_F(EngineViewsTest, LeavesOutWhatCannotBeLoadedWhenToldSo) {
  folder.write("sub/broken.graph.json", R"({"Layers": [{"Name": )");
  int failed = 0;
  const auto count = [&](const Error&) { ++failed; };
  Database database;
  add_engine_views(database, engines_beneath({folder.path()}, count), "engines", {.failed = count});
  EXPECT_EQ(database.query("SELECT count(*) AS n FROM engines").at("n").integer(0), 2);
  EXPECT_EQ(failed, 1);

  Database strict;
  add_engine_views(strict, engines_beneath({folder.path()}, count), "engines");
  EXPECT_THROW(strict.query("SELECT * FROM engines"), Error);
}

TEST_F(EngineViewsTest, AFolderWithoutEnginesIsAnError) {
  folder.write("empty/readme.txt", "no engine");
  EXPECT_THROW(engines_beneath({folder.path() + "/empty"}, [](const Error&) {}), Error);
  EXPECT_EQ(engines_beneath({folder.path() + "/sub", folder.path() + "/a.graph.json"}, {}).size(),
            2u);
}

}  // namespace
}  // namespace trex::store
