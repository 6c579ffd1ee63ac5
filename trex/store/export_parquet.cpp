// Tables as Parquet, as DuckDB writes it: typed columns, lists as lists, zstd.
//
// What the columns mean stands in the file's metadata: trex_schema_version, trex_table and
// trex_columns (JSON: name, type, unit, description).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/file.hpp"
#include "trex/base/scratch.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/database.hpp"
#include "trex/store/export_format.hpp"

namespace trex::store {
namespace {

class ParquetWriter : public TableWriter {
 public:
  ParquetWriter(const TableSpec& table, Sink sink)
      : spec_(table), rows_(spec_), sink_(std::move(sink)) {
    duckdb_library();  // throws now where there is none, not after a thousand engines
  }

  void add(const Table& rows) override { rows_.append(rows); }

  void finish() override {
    const ScratchFolder scratch(sink_.folder, "trex-parquet");
    const std::string file = scratch.file("table.parquet");
    Database database({.allowed_files = {file}});
    database.add_view("exported", rows_.take());
    database.run(
        fmt::format("COPY exported TO {} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{"
                    "trex_schema_version: {}, trex_table: {}, trex_columns: {}}})",
                    quoted_literal(file), quoted_literal(std::to_string(schema_version)),
                    quoted_literal(spec_.name), quoted_literal(columns_json(spec_).dump())));
    sink_.write(read_file(file).view());
  }

 private:
  TableSpec spec_;
  GrowingTable rows_;
  Sink sink_;
};

}  // namespace

std::unique_ptr<TableWriter> parquet_writer(const TableSpec& table, Sink sink) {
  return std::make_unique<ParquetWriter>(table, std::move(sink));
}

}  // namespace trex::store
