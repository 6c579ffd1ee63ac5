// Views that put engines and datasets together.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/sql_over_paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/store/dataset_log.hpp"
#include "trex/store/dataset_views.hpp"
#include "trex/store/engines_beneath.hpp"

namespace trex::store {
namespace {

// Parquet files are opened when a view over them is made, so only the views that SQL mentions.
void add_dataset_views(Database& database, const std::vector<DatasetLog>& logs, bool has_engines,
                       std::string_view sql) {
  for (const TableSpec* spec : mentioned_tables(sql)) {
    const std::string name = quoted_identifier(spec->name);
    std::vector<std::string> parts;
    if (has_engines) {  // their view keeps its rows, under another name
      const std::string outside = quoted_identifier(fmt::format("{} outside datasets", spec->name));
      database.run(fmt::format("ALTER VIEW {} RENAME TO {}", name, outside));
      parts.push_back("SELECT * FROM " + outside);
    } else {
      database.run("DROP VIEW " + name);
    }
    for (const DatasetLog& log : logs) {
      parts.push_back(fmt::format("({})", dataset_select(log, *spec)));
    }
    database.run(fmt::format("CREATE VIEW {} AS {}", name, join(parts, " UNION ALL BY NAME ")));
  }
}

std::vector<Table> ask_once(const SqlSources& sources, const std::vector<DatasetLog>& logs,
                            const std::string& sql, const SqlParameters& parameters,
                            const DatabaseOptions& options, const EngineViewHooks& hooks) {
  Database database(options);
  add_engine_views(database, sources.engines, sql, hooks);
  if (!logs.empty()) add_dataset_views(database, logs, !sources.engines.empty(), sql);
  return database.query_all(sql, parameters);
}

bool any_moved_on(const std::vector<DatasetLog>& logs) {
  return std::any_of(logs.begin(), logs.end(), [](const DatasetLog& log) {
    return DatasetLog(log.folder()).sequence() != log.sequence();
  });
}

}  // namespace

SqlSources find_sql_sources(const std::vector<std::string>& paths,
                            const std::function<void(const Error&)>& problem) {
  SqlSources sources;
  std::vector<std::string> others;
  for (const std::string& path : paths) {
    (is_dataset(path) ? sources.datasets : others).push_back(path);
  }
  if (!others.empty()) sources.engines = engines_beneath(others, problem);
  return sources;
}

std::vector<Table> sql_over(const SqlSources& sources, const std::string& sql,
                            const SqlParameters& parameters, DatabaseOptions options,
                            const EngineViewHooks& hooks) {
  options.read_only = true;
  for (const std::string& folder : sources.datasets) options.allowed_folders.push_back(folder);
  // A compact may replace a file between the reading of the log and the reading of the file.
  constexpr int attempts = 3;
  for (int attempt = 1;; ++attempt) {
    std::vector<DatasetLog> logs;
    for (const std::string& folder : sources.datasets) logs.emplace_back(folder);
    try {
      return ask_once(sources, logs, sql, parameters, options, hooks);
    } catch (const Error&) {
      if (attempt == attempts || !any_moved_on(logs)) throw;
    }
  }
}

}  // namespace trex::store
