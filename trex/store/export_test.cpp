// The formats of tables: rows that come in parts give the same file as rows that come at once, and
// what is written is what the table holds. Parquet and Arrow are read by others in tests/store.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <set>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/export_format.hpp"
#include "trex/store/flatbuffer.hpp"

namespace trex::store {
namespace {

using test::TestFolder;

Table rows_of_engine(const TableSpec& spec) {
  const Engine engine = engine_text(
      "a Convolution x:Half[1x3x8x8] -> y:Half[1x4x8x8] @0.5 meta=\"[ONNX Layer: /a]\"\n"
      "\"=b, 'c'\" Pooling y:Half[1x4x8x8] -> z:Half @0.25\n"
      "c NoOp z:Half -> w:Half\n");
  EngineTables tables(engine, {.id = "00ff", .name = "small", .date = ""});
  return tables.table(spec);
}

std::string written(const ExportFormat& format, const TableSpec& spec,
                    const std::vector<Table>& parts, const std::string& folder) {
  std::string text;
  const auto writer = format.table_writer(
      spec, {.write = [&](std::string_view piece) { text += piece; }, .folder = folder});
  for (const Table& part : parts) writer->add(part);
  writer->finish();
  return text;
}

TEST(Export, RowsInPartsGiveTheSameFile) {
  const TestFolder folder;
  for (const ExportFormat& format : export_formats()) {
    if (format.table_writer == nullptr) continue;
    for (const char* name : {"layers", "tensors", "notes"}) {
      SCOPED_TRACE(fmt::format("{} as {}", name, format.name));
      const TableSpec& spec = find_table(name);
      const Table all = rows_of_engine(spec);
      std::vector<Table> parts;
      for (Row row = 0; row < all.row_count(); ++row) parts.push_back(all.take(std::span(&row, 1)));
      parts.insert(parts.begin(), all.take({}));
      const std::string whole = written(format, spec, {all}, folder.path());
      EXPECT_EQ(written(format, spec, parts, folder.path()), whole);
      EXPECT_EQ(written(format, spec, {all}, folder.path()), whole);  // same input, same bytes
      EXPECT_EQ(written(format, spec, {}, folder.path()).empty(), format.name == "jsonl");
    }
  }
  EXPECT_TRUE(list_directory(folder.path()).empty());
}

TEST(Export, JsonLinesHoldWhatTheTableHolds) {
  const TableSpec& spec = find_table("layers");
  const Table table = rows_of_engine(spec);
  const std::string text = written(find_export_format("jsonl"), spec, {table}, ".");
  const std::vector<std::string_view> all = lines(text);
  ASSERT_EQ(all.size(), table.row_count());
  const Json row = parse_json(all[1], "row");
  EXPECT_EQ(*row.find("engine_id")->text(), "00ff");
  EXPECT_EQ(*row.find("name")->text(), "=b, 'c'");
  EXPECT_EQ(row.find("time_ms")->number(), 0.25);
  EXPECT_TRUE(row.find("macs")->is_null());
  EXPECT_EQ(row.object()->size(), spec.columns.size());
}

TEST(Export, ColumnsAreChosenByName) {
  const TableSpec& layers = find_table("layers");
  const ExportFormat& csv = find_export_format("csv");
  const ExportFormat& markdown = find_export_format("markdown");
  const auto names = [](const TableSpec& spec) {
    std::vector<std::string> result;
    for (const ColumnSpec& column : spec.columns) result.emplace_back(column.name);
    return result;
  };
  EXPECT_EQ(names(chosen_columns(layers, {"time_ms", "name", "time_ms"}, csv)),
            (std::vector<std::string>{"time_ms", "name"}));
  EXPECT_EQ(chosen_columns(layers, {}, csv).columns.size(), layers.columns.size());
  EXPECT_EQ(chosen_columns(layers, {"name", "all"}, csv).columns.size(), layers.columns.size());
  EXPECT_EQ(chosen_columns(layers, {"all"}, markdown).columns.size(), layers.columns.size());
  EXPECT_EQ(names(chosen_columns(layers, {}, markdown)).front(), "engine");
  EXPECT_LT(chosen_columns(layers, {}, markdown).columns.size(), 20u);
  EXPECT_THROW(chosen_columns(layers, {"tim_ms"}, csv), Error);
}

TEST(Export, AFormatIsFoundByNameAndEnding) {
  std::set<std::string_view> endings, names;
  for (const ExportFormat& format : export_formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_NE(format.table_writer == nullptr, format.write_engines == nullptr) << format.name;
    EXPECT_EQ(&find_export_format(format.name), &format);
    for (const std::string_view ending : split(format.endings, ' ')) {
      EXPECT_TRUE(endings.insert(ending).second) << ending;
      EXPECT_EQ(ending[0], '.');
      EXPECT_EQ(export_format_of("some/x" + std::string(ending)), &format) << ending;
    }
  }
  EXPECT_EQ(export_format_of("x.doc"), nullptr);
  EXPECT_EQ(export_format_of(".csv"), nullptr);  // a name, not an ending
  EXPECT_EQ(export_format_of("X.CSV"), &find_export_format("csv"));
  EXPECT_THROW(find_export_format("cvs"), Error);
}

// By hand, after https://flatbuffers.dev/internals: the root's place, the vtable (its size, the
// table's, two fields), the table (its vtable's distance, a reference, a byte), the text.
TEST(FlatBuffer, OfATextAndAByte) {
  FlatBuffer buffer;
  const auto holes = buffer.table(FlatBuffer::root, {{0, 1, 7}, FlatBuffer::reference(1)});
  ASSERT_EQ(holes.size(), 1u);
  buffer.text(holes[0], "ab");
  const std::string expected(
      "\x0c\0\0\0"            // root: the table at 12
      "\x08\0\x09\0"          // vtable of 8 bytes, table of 9
      "\x08\0\x04\0"          // field 0 at 8, field 1 at 4
      "\x08\0\0\0"            // the table: its vtable 8 before it
      "\x08\0\0\0\x07\0\0\0"  // the text 8 behind, the byte, filled up to 4
      "\x02\0\0\0ab\0\0",     // the text's length, itself, its end, filled up to 8
      32);
  EXPECT_EQ(buffer.take(), expected);
}

}  // namespace
}  // namespace trex::store
