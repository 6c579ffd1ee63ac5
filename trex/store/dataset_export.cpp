// A dataset for ClickHouse: every table's rows and definition.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_export.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/store/dataset_views.hpp"
#include "trex/store/foreign_tables.hpp"

namespace trex::store {
namespace {

// The folder, made when it is not there, by the name that DuckDB compares.
std::string new_folder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::create_directories(folder, error);
  if (!is_directory(folder)) fail("{}: cannot make this folder", folder);
  if (!list_directory(folder).empty()) {
    fail("{}: is not empty; export writes a new folder", folder);
  }
  return fs::canonical(folder, error).string();
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
  const std::string out = new_folder(folder);
  DatabaseOptions machine = dataset_database(dataset, options.machine, nullptr);
  machine.allowed_folders.push_back(out);
  Database database(std::move(machine));
  std::vector<ForeignTable> tables;
  std::int64_t rows = 0;
  for (const TableSpec& spec : table_specs()) {
    if (options.progress) options.progress(spec.name);
    tables.push_back(foreign_table(database, std::string(spec.name), dataset_select(log, spec)));
    write_tab_separated(database, tables.back(), join_path(out, tables.back().name + ".tsv"));
    rows += rows_in(log, spec.name);
  }
  write_file(join_path(out, "tables.sql"), clickhouse_tables(tables));
  write_file(join_path(out, "single.sql"), clickhouse_single(tables));
  write_file(join_path(out, "distributed.sql"), clickhouse_distributed(tables, options.cluster));
  const std::string script = join_path(out, "load.sh");
  write_file(script, clickhouse_script(tables));
  std::error_code error;
  std::filesystem::permissions(script, std::filesystem::perms::owner_exec,
                               std::filesystem::perm_options::add, error);
  return rows;
}

}  // namespace trex::store
