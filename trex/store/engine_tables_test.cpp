// The tables of engines: hand-computed figures, the same types whatever the engine, and on the
// corpus the figures of the reports.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/support/engine_text.hpp"
#include "tests/support/golden.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/base/error.hpp"
#include "trex/load/sniff.hpp"
#include "trex/load/test_engine.hpp"
#include "trex/load/test_folder.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/store/collect.hpp"

namespace trex::store {
namespace {

using test::TestFolder;
using Texts_ = std::vector<std::string>;

Engine small_engine() {
  Engine engine = engine_text(
      "conv Convolution x:Half[1x3x8x8] -> y:Half[1x4x8x8] @0.5 kernel=3x3 pre=1x1 post=1x1 "
      "maps=4 weights=Half*108 meta=\"[ONNX Layer: /a/Conv]\x1e[ONNX Layer: /a/Relu]\"\n"
      "pool Pooling y:Half[1x4x8x8] -> z:Half[1x4x4x4] @0.25 meta=\"[ONNX Layer: /b/Pool]\"\n"
      "gone NoOp z:Half[1x4x4x4] -> w:Half[1x4x4x4]\n"
      "bindings x w\n");
  engine.name = "small";
  return engine;
}

EngineTables tables_of(const Engine& engine) {
  return {engine, {.id = "0123456789abcdef", .name = engine.name, .date = "2026-11-23"}};
}

Texts_ column_texts(const Table& table, std::string_view name) {
  Texts_ result;
  const Column& column = table.at(name);
  for (Row row = 0; row < table.row_count(); ++row) {
    result.push_back(column.is_null(row) ? "null" : column.cell(row));
  }
  return result;
}

TEST(Schema, NamesAreOfSqlAndSayWhatTheyMean) {
  EXPECT_EQ(table_names(), (Texts_{"engines", "layers", "tensors", "source_ops", "findings",
                                   "timing", "bindings", "notes"}));
  const std::set<std::string_view> words_of_sql{"group", "order", "table", "column", "user",
                                                "desc",  "end",   "all",   "from",   "to"};
  for (const TableSpec& table : table_specs()) {
    SCOPED_TRACE(table.name);
    EXPECT_FALSE(table.description.empty());
    ASSERT_GT(table.columns.size(), 2u);
    EXPECT_EQ(table.columns[0].name, "engine_id");
    EXPECT_EQ(table.columns[1].name, "engine");
    std::set<std::string_view> names;
    for (const ColumnSpec& column : table.columns) {
      SCOPED_TRACE(column.name);
      EXPECT_TRUE(names.insert(column.name).second);
      EXPECT_FALSE(column.description.empty());
      EXPECT_EQ(column.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
                std::string_view::npos);
      EXPECT_EQ(words_of_sql.count(column.name), 0u);
      EXPECT_EQ(find_column(table, column.name), &column);
    }
  }
  EXPECT_EQ(find_column(find_table("notes"), "nothing"), nullptr);
  try {
    find_table("layer");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "unknown table 'layer', did you mean 'layers'?");
  }
}

TEST(Schema, BeginsWithTheContractOfLayers) {
  const TableSpec& layers = find_table("layers");
  const Texts_& contract = report::contract_columns();
  for (std::size_t i = 0; i < contract.size(); ++i) {
    EXPECT_EQ(layers.columns[i + 2].name, contract[i]);
  }
}

// Every analysis of `trex layers --columns all` is a column, so that none is forgotten here.
TEST(Schema, HasEveryColumnOfLayers) {
  const Engine engine = small_engine();
  for (const std::string& name : report::every_column(report::layer_table(engine, {"all"}))) {
    EXPECT_NE(find_column(find_table("layers"), name), nullptr) << name;
  }
}

TEST(EngineTables, OfASmallEngine) {
  const Engine engine = small_engine();
  EngineTables tables = tables_of(engine);

  const Table layers = tables.table("layers");
  EXPECT_EQ(column_texts(layers, "engine_id"), Texts_(3, "0123456789abcdef"));
  EXPECT_EQ(column_texts(layers, "engine"), Texts_(3, "small"));
  EXPECT_EQ(column_texts(layers, "index"), (Texts_{"0", "1", "2"}));
  EXPECT_EQ(column_texts(layers, "name"), (Texts_{"conv", "pool", "gone"}));
  EXPECT_EQ(column_texts(layers, "time_ms"), (Texts_{"0.5", "0.25", "null"}));
  // 64 places x 4 maps x 3 channels x 9 weights
  EXPECT_EQ(column_texts(layers, "macs"), (Texts_{"6912", "null", "null"}));
  // 2 bytes each: 192 + 256 values, 256 + 64, 64 + 64
  EXPECT_EQ(column_texts(layers, "io_bytes"), (Texts_{"896", "640", "256"}));
  EXPECT_EQ(column_texts(layers, "weights_bytes"), (Texts_{"216", "0", "0"}));
  EXPECT_EQ(column_texts(layers, "source_ops"), (Texts_{"/a/Conv, /a/Relu", "/b/Pool", "gone"}));
  EXPECT_EQ(column_texts(layers, "hidden"), (Texts_{"false", "false", "true"}));

  const Table tensors = tables.table("tensors");
  EXPECT_EQ(column_texts(tensors, "layer_index"), (Texts_{"0", "0", "1", "1", "2", "2"}));
  EXPECT_EQ(column_texts(tensors, "layer"),
            (Texts_{"conv", "conv", "pool", "pool", "gone", "gone"}));
  EXPECT_EQ(column_texts(tensors, "direction"),
            (Texts_{"input", "output", "input", "output", "input", "output"}));
  EXPECT_EQ(column_texts(tensors, "port"), Texts_(6, "0"));
  EXPECT_EQ(column_texts(tensors, "name"), (Texts_{"x", "y", "y", "z", "z", "w"}));
  EXPECT_EQ(column_texts(tensors, "dims"),
            (Texts_{"1x3x8x8", "1x4x8x8", "1x4x8x8", "1x4x4x4", "1x4x4x4", "1x4x4x4"}));
  EXPECT_EQ(column_texts(tensors, "bytes"), (Texts_{"384", "512", "512", "128", "128", "128"}));
  EXPECT_EQ(column_texts(tensors, "datatype"), Texts_(6, "FP16"));
  EXPECT_EQ(column_texts(tensors, "generation"), Texts_(6, "0"));

  const Table ops = tables.table("source_ops");
  EXPECT_EQ(column_texts(ops, "layer_index"), (Texts_{"0", "0", "1", "2"}));
  EXPECT_EQ(column_texts(ops, "layer"), (Texts_{"conv", "conv", "pool", "gone"}));
  EXPECT_EQ(column_texts(ops, "position"), (Texts_{"0", "1", "0", "0"}));
  EXPECT_EQ(column_texts(ops, "source_op"), (Texts_{"/a/Conv", "/a/Relu", "/b/Pool", "gone"}));
  EXPECT_EQ(column_texts(ops, "op_count"), (Texts_{"2", "2", "1", "1"}));

  const Table bindings = tables.table("bindings");
  EXPECT_EQ(column_texts(bindings, "name"), (Texts_{"x", "w"}));
  EXPECT_EQ(column_texts(bindings, "mode"), (Texts_{"input", "output"}));
  EXPECT_EQ(column_texts(bindings, "bytes"), (Texts_{"384", "128"}));
}

TEST(EngineTables, TheRowOfAnEngine) {
  Engine engine = small_engine();
  engine.profile.layer_time_ms = 0.75;
  engine.timing.add(timing::latency_ms, std::vector<double>{3, 1, 2});
  engine.notes = {{"f", "p", "m"}};
  engine.build_metadata.tensorrt_version = "10.1.0";
  engine.build_metadata.entries = {{"model_options", "Model", Json("C:\\nets\\Res.Net.onnx"), ""},
                                   {"build_options", "Precision", Json("FP32+FP16"), ""},
                                   {"device_information", "Selected Device", Json("Tesla T4"), ""}};
  engine.build_metadata.facts = {{.name = "engine_bytes", .value = 1234, .unit = "B"},
                                 {.name = "build_seconds", .value = 2.5, .unit = "s"}};
  const Table row = tables_of(engine).table("engines");
  ASSERT_EQ(row.row_count(), 1u);
  const auto is = [&](std::string_view column, std::string_view expected) {
    EXPECT_EQ(column_texts(row, column)[0], expected) << column;
  };
  is("model", "Res.Net");
  is("gpu", "Tesla T4");
  is("compute_capability", "7.5");
  is("tensorrt_version", "10.1.0");
  is("date", "2026-11-23");
  is("layer_count", "2");  // without the NoOp
  is("file_layer_count", "3");
  is("layer_time_ms", "0.75");
  is("end_to_end_source", "timing");
  is("end_to_end_median_ms", "2");
  is("end_to_end_p99_ms", "3");  // index max(3 - 1 - int(0.03), 0)
  is("end_to_end_mean_ms", "2");
  is("inference_count", "3");
  is("weights_bytes", "216");
  is("activation_bytes", "1024");      // x 384, y 512, z (w) 128
  is("peak_activation_bytes", "896");  // x and y
  is("precision_flags", "FP32+FP16");
  is("builder", "FP32+FP16");
  is("build_seconds", "2.5");
  is("engine_bytes", "1234");
  is("note_count", "1");
  is("profile_rows", "2");
  is("throughput_qps", "null");  // no log says

  const Table timing = tables_of(engine).table("timing");
  EXPECT_EQ(column_texts(timing, "inference"), (Texts_{"0", "1", "2"}));
  EXPECT_EQ(column_texts(timing, "latency_ms"), (Texts_{"3", "1", "2"}));
  EXPECT_EQ(column_texts(timing, "compute_ms"), Texts_(3, "null"));
  const Table notes = tables_of(engine).table("notes");
  EXPECT_EQ(column_texts(notes, "file"), Texts_{"f"});
  EXPECT_EQ(column_texts(notes, "path"), Texts_{"p"});
  EXPECT_EQ(column_texts(notes, "message"), Texts_{"m"});
}

TEST(EngineTables, AModelWithoutMetadataIsNamedAfterTheEngine) {
  const std::pair<const char*, const char*> cases[] = {
      {"resnet.onnx.engine", "resnet"}, {"net", "net"}, {".onnx", ".onnx"}, {"a.plan", "a"}};
  for (const auto& [name, expected] : cases) {
    Engine engine = small_engine();
    engine.name = name;
    EXPECT_EQ(column_texts(tables_of(engine).table("engines"), "model"), Texts_{expected});
  }
}

// Whatever is known of an engine: the columns of the schema, with its types.
TEST(EngineTables, HaveTheTypesOfTheSchema) {
  Engine names_only = test::engine_of({"a", "b"});
  names_only.verbosity = Verbosity::names_only;
  Engine engines[] = {small_engine(), std::move(names_only), EngineBuilder().finish()};
  for (const Engine& engine : engines) {
    EngineTables tables = tables_of(engine);
    for (const TableSpec& spec : table_specs()) {
      SCOPED_TRACE(spec.name);
      const Table table = tables.table(spec);
      ASSERT_EQ(table.column_count(), spec.columns.size());
      for (std::size_t i = 0; i < spec.columns.size(); ++i) {
        const Column& column = table.column(i);
        EXPECT_EQ(column.name(), spec.columns[i].name);
        EXPECT_EQ(column.type(), spec.columns[i].type) << column.name();
        EXPECT_EQ(column.unit(), spec.columns[i].unit) << column.name();
        EXPECT_EQ(column.size(), table.row_count()) << column.name();
      }
    }
  }
}

TEST(Identity, IsOfTheContentsAlone) {
  TestFolder folder;
  const auto id_of = [&](const std::string& path, std::optional<int> opt_profile = {}) {
    EngineFiles files = find_engine_files({path}, {}).front();
    files.opt_profile = opt_profile;
    return identify(load_engine(files)).id;
  };
  const std::string first = folder.write("a/net.graph.json", test::graph_text);
  folder.write("a/net.profile.json", test::profile_text);
  const std::string second = folder.write("b/other.graph.json", test::graph_text);
  folder.write("b/other.profile.json", test::profile_text);
  const std::string third = folder.write("c/net.graph.json", test::graph_text);
  const std::string id = id_of(first);
  EXPECT_EQ(id.size(), 16u);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(id_of(second), id);
  EXPECT_NE(id_of(third), id);  // no profile
  folder.write("b/other.profile.json", std::string(test::profile_text) + "\n");
  EXPECT_NE(id_of(second), id);
}

TEST(Identity, TheDateIsThatOfTheRunElseOfTheBuild) {
  struct Case {
    const char* what;
    const char* profile_log;
    const char* build_log;
    const char* expected;
  };
  const char* const run = "\n[05/08/2024-14:05:14] [I] === Performance summary ===\n";
  const char* const build = "[12/31/2023-23:59:59] [I] === Build Options ===\n";
  const Case cases[] = {
      {"both", run, build, "2024-05-08"},
      {"the build's alone", test::profile_log_text, build, "2023-12-31"},
      {"no time in either", test::profile_log_text, test::build_log_text, ""},
      {"no such month", "[13/08/2024-14:05:14] [I] === Performance summary ===\n",
       test::build_log_text, ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    TestFolder folder;
    const EngineFiles files{.graph = folder.write("x.graph.json", test::graph_text),
                            .profile_log = folder.write("x.profile.log", c.profile_log),
                            .build_log = folder.write("x.build.log", c.build_log)};
    EXPECT_EQ(identify(load_engine(files)).date, c.expected);
  }
}

TEST(Collection, PutsEnginesTogether) {
  const TableSpec* const specs[] = {&find_table("layers"), &find_table("findings")};
  Collection collection(specs);
  const Engine small = small_engine();
  Engine named = engine_text("other Convolution y:Half -> conv:Half\n");
  named.name = "other";
  const Engine other = std::move(named);
  for (const Engine* engine : {&small, &other, &small}) {
    EngineTables tables = tables_of(*engine);
    collection.add(tables);
  }
  EXPECT_EQ(collection.engine_count(), 3u);
  const std::size_t findings = tables_of(small).table("findings").row_count() * 2 +
                               tables_of(other).table("findings").row_count();
  const std::vector<Table> tables = collection.take();
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(column_texts(tables[0], "engine"),
            (Texts_{"small", "small", "small", "other", "small", "small", "small"}));
  EXPECT_EQ(column_texts(tables[0], "name"),
            (Texts_{"conv", "pool", "gone", "other", "conv", "pool", "gone"}));
  EXPECT_EQ(column_texts(tables[0], "time_ms"),
            (Texts_{"0.5", "0.25", "null", "null", "0.5", "0.25", "null"}));
  EXPECT_EQ(column_texts(tables[0], "source_ops"),
            (Texts_{"/a/Conv, /a/Relu", "/b/Pool", "gone", "other", "/a/Conv, /a/Relu", "/b/Pool",
                    "gone"}));
  EXPECT_EQ(column_texts(tables[0], "hidden")[6], "true");
  EXPECT_EQ(tables[1].row_count(), findings);
  for (const Table& table : tables) {
    for (std::size_t i = 0; i < table.column_count(); ++i) {
      EXPECT_EQ(table.column(i).strings().get(), table.strings().get());
    }
  }
  EXPECT_EQ(collection.take()[0].row_count(), 0u);  // what was taken is gone
}

// Engines of the corpus with the files beside them, one at a time.
std::vector<EngineFiles> corpus_engines() {
  std::vector<EngineFiles> result;
  const std::string corpus = test::shared_path("corpus");
  if (!is_directory(corpus)) return result;
  for (const std::string& folder : list_directory(corpus)) {
    const std::string path = join_path(corpus, folder);
    if (!is_directory(path)) continue;
    for (const std::string& name : list_directory(path)) {
      const std::string file = join_path(path, name);
      const FileKind kind = sniff(read_head(file, std::size_t{64} << 10));
      if (kind != FileKind::graph && kind != FileKind::names_only_graph) continue;
      result.push_back(find_engine_files({file}, {}).front());
    }
  }
  return result;
}

double sum_known(const Table& table, std::string_view name) {
  double sum = 0;
  for (Row row = 0; row < table.row_count(); ++row) sum += table.at(name).real(row).value_or(0);
  return sum;
}

TEST(EngineTables, AgreeWithTheReportsOnTheCorpus) {
  const std::vector<EngineFiles> engines = corpus_engines();
  if (engines.empty()) GTEST_SKIP() << "no corpus";
  std::set<std::string> ids;
  for (const EngineFiles& files : engines) {
    SCOPED_TRACE(files.graph);
    const Engine engine = load_engine(files);
    EngineTables tables(engine);
    EXPECT_TRUE(ids.insert(tables.identity().id).second);
    const Table row = tables.table("engines");
    const Table layers = tables.table("layers");
    const Totals sums = totals(engine);

    const Table expected = report::layer_table(engine, {"all"});
    for (const std::string& name : report::every_column(expected)) {
      EXPECT_EQ(column_texts(layers, name), column_texts(expected, name)) << name;
    }
    EXPECT_EQ(row.at("file_layer_count").integer(0), sums.file_layer_count);
    EXPECT_EQ(row.at("layer_time_ms").real(0), sums.layer_time_ms);
    EXPECT_EQ(row.at("weights_bytes").integer(0), sums.weights_bytes);
    if (engine.profile.present && engine.profile.matched_rows == engine.profile.rows) {
      EXPECT_NEAR(sum_known(layers, "time_ms"), *sums.layer_time_ms, 1e-9);
      EXPECT_NEAR(sum_known(layers, "share"), 1, 1e-9);
    }
    std::int64_t ops = 0;
    for (Row layer = 0; layer < layers.row_count(); ++layer) {
      ops += static_cast<std::int64_t>(layers.at("source_ops").list_size(layer));
    }
    EXPECT_EQ(tables.table("source_ops").row_count(), static_cast<std::size_t>(ops));
    EXPECT_EQ(tables.table("tensors").row_count(), engine.tensors.row_count());
    EXPECT_EQ(tables.table("bindings").row_count(), engine.bindings.row_count());
    EXPECT_EQ(tables.table("timing").row_count(), engine.timing.row_count());
    EXPECT_EQ(tables.table("notes").row_count(), engine.notes.size());
    const Table findings = tables.table("findings");
    EXPECT_EQ(row.at("finding_count").integer(0), findings.row_count());
    const Document lint = report::lint_rows(std::span(&tables.findings(), 1));
    const Table& rows = std::get<TableBlock>(lint.blocks.front()).table;
    for (const char* name : {"rule", "severity", "message", "measured_ms", "recoverable_ms",
                             "confidence", "fingerprint"}) {
      EXPECT_EQ(column_texts(findings, name), column_texts(rows, name)) << name;
    }
  }
}

}  // namespace
}  // namespace trex::store
