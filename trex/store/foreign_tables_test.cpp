// Definitions and rows for other engines, to the byte.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/foreign_tables.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {
namespace {

constexpr const char* hostile_rows =
    "SELECT 'e1' AS engine_id, NULL::VARCHAR AS model, 'A10' AS gpu, '10.3' AS trt, '2026-03' AS "
    "month, 'tab' || chr(9) || 'line' || chr(10) || 'back\\t' || chr(13) || '\"quote''s\"' AS "
    "name, 42::BIGINT AS index, 0.1::DOUBLE AS time_ms, true AS hidden, [1, -2]::BIGINT[] AS dims, "
    "['it''s', 'a\\b', 'c' || chr(9)] AS source_ops, TIMESTAMP '2026-03-14 09:26:53' AS taken_at, "
    "'\\N' AS type UNION ALL SELECT 'e2', 'm', '', '', '', NULL, NULL, NULL, NULL, NULL, NULL, "
    "NULL, ''";

class ForeignTables : public testing::Test {
 protected:
  void SetUp() override {
    try {
      duckdb_library();
    } catch (const Error& error) {
      GTEST_SKIP() << error.what();
    }
  }
};

TEST_F(ForeignTables, RowsAreEscapedAsClickHouseReadsThem) {
  const test::TestFolder folder;
  DatabaseOptions options;
  options.allowed_folders = {folder.path()};
  Database database(options);
  const ForeignTable table = foreign_table(database, "layers", hostile_rows);
  const std::string file = join_path(folder.path(), "layers.tsv");
  write_tab_separated(database, table, file);
  EXPECT_EQ(read_file(file).view(),
            "e1\t\tA10\t10.3\t2026-03\ttab\\tline\\nback\\\\t\\r\"quote's\"\t42\t0.1\t1\t[1,-2]\t"
            "['it\\'s','a\\\\b','c\\t']\t2026-03-14 09:26:53\t\\\\N\n"
            "e2\tm\t\t\t\t\\N\t\\N\t\\N\t\\N\t[]\t[]\t\\N\t\n");
}

TEST_F(ForeignTables, ClickHouseDefinitions) {
  Database database;
  const ForeignTable tables[] = {foreign_table(database, "layers", hostile_rows)};
  EXPECT_EQ(clickhouse_tables(tables),
            "SET allow_experimental_low_cardinality_type = 1;\n"
            "CREATE DATABASE IF NOT EXISTS trex;\n"
            "CREATE TABLE IF NOT EXISTS trex.`layers_local` (\n"
            "  `engine_id` String,\n"
            "  `model` LowCardinality(String),\n"
            "  `gpu` LowCardinality(String),\n"
            "  `trt` LowCardinality(String),\n"
            "  `month` LowCardinality(String),\n"
            "  `name` Nullable(String),\n"
            "  `index` Nullable(Int64),\n"
            "  `time_ms` Nullable(Float64),\n"
            "  `hidden` Nullable(UInt8),\n"
            "  `dims` Array(Int64),\n"
            "  `source_ops` Array(String),\n"
            "  `taken_at` Nullable(DateTime),\n"
            "  `type` LowCardinality(Nullable(String))\n"
            ") ENGINE = MergeTree() PARTITION BY `month` ORDER BY (`model`, `gpu`, `trt`, "
            "`engine_id`);\n");
  EXPECT_EQ(clickhouse_distributed(tables, "fleet"),
            "CREATE TABLE IF NOT EXISTS trex.`layers` AS trex.`layers_local` ENGINE = "
            "Distributed(`fleet`, trex, `layers_local`, cityHash64(`engine_id`));\n");
  EXPECT_THROW(foreign_table(database, "x", "SELECT FROM"), Error);
  const ForeignTable odd[] = {foreign_table(database, "x", "SELECT INTERVAL 1 DAY AS i")};
  EXPECT_THROW(clickhouse_tables(odd), Error);
}

TEST(ForeignDefinitions, OverParquetHaveEveryColumnOnce) {
  for (const std::string& text : {spark_tables("/mnt/fleet"), trino_tables("s3://bucket/fleet"),
                                  clickhouse_parquet_views("s3://bucket/fleet")}) {
    for (const TableSpec& table : table_specs()) {
      EXPECT_TRUE(contains(text, fmt::format("fleet/{}", table.name))) << table.name;
    }
    EXPECT_FALSE(contains(text, "[]"));
    EXPECT_FALSE(contains(text, "BIGINT BIGINT"));
  }
  const std::string spark = spark_tables("/it's");
  EXPECT_TRUE(contains(spark, "LOCATION '/it\\'s/engines'"));
  EXPECT_TRUE(contains(spark, "  `source_ops` ARRAY<STRING>"));
  EXPECT_TRUE(contains(trino_tables("/f"), "  \"dims\" ARRAY(BIGINT)"));
  EXPECT_TRUE(
      contains(clickhouse_parquet_views("/f"), "FROM file('/f/layers/**/*.parquet', Parquet)"));
}

}  // namespace
}  // namespace trex::store
