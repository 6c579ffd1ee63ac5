// A dataset for ClickHouse: every table's rows and definition.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_export.hpp"

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/store/dataset_views.hpp"
#include "trex/store/foreign_tables.hpp"

namespace trex::store {
namespace {

void make_new_folder(const std::string& folder) {
  make_directories(folder);
  if (!list_directory(folder).empty()) {
    fail("{}: is not empty; export writes a new folder", folder);
  }
}

std::int64_t rows_in(const DatasetLog& log, std::string_view table) {
  std::int64_t rows = 0;
  for (const auto& [path, file] : log.files()) {
    if (file.table == table) rows += file.rows;
  }
  return rows;
}

}  // namespace

std::int64_t export_to_clickhouse(const std::string& dataset, const std::string& folder,
                                  const ClickHouseExport& options) {
  const DatasetLog log(dataset);
  make_new_folder(folder);
  DatabaseOptions machine = dataset_database(dataset, options.machine, nullptr);
  machine.allowed_folders.push_back(folder);
  Database database(std::move(machine));
  std::vector<ForeignTable> tables;
  std::int64_t rows = 0;
  for (const TableSpec& spec : table_specs()) {
    if (options.progress) options.progress(spec.name);
    tables.push_back(foreign_table(database, std::string(spec.name), dataset_select(log, spec)));
    write_tab_separated(database, tables.back(), join_path(folder, tables.back().name + ".tsv"));
    rows += rows_in(log, spec.name);
  }
  write_file(join_path(folder, "tables.sql"), clickhouse_tables(tables));
  write_file(join_path(folder, "single.sql"), clickhouse_single(tables));
  write_file(join_path(folder, "distributed.sql"), clickhouse_distributed(tables, options.cluster));
  write_file(join_path(folder, "load.sh"), clickhouse_script(tables));
  return rows;
}

}  // namespace trex::store
