// A history's tables out of a dataset.
//
// Layers are summed by DuckDB, so that a thousand engines of a thousand layers are a few thousand
// rows here; of the records some thousands an engine are read, evenly from its run.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/history_dataset.hpp"

#include <fmt/format.h>

#include <memory>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/store/database.hpp"
#include "trex/store/dataset_views.hpp"

namespace trex::store {
namespace {

constexpr int most_records = 4096;

class DatasetTables {
 public:
  DatasetTables(const std::string& folder, const DatasetMachine& machine)
      : log_(folder), database_(read_only(folder, machine)) {}

  Table engines() {
    std::vector<std::string> columns{
        "engine_id",       "engine",  "model",      "gpu",       "trt",  "date",
        "precision_flags", "builder", "batch_size", "clock_mhz", "path", "taken_at_source"};
    for (const HistoryMetric& metric : history_metrics()) columns.emplace_back(metric.column);
    return database_.query(
        fmt::format("SELECT {}, trt AS tensorrt_version, replace(strftime(taken_at, '%Y-%m-%d "
                    "%H:%M'), ' 00:00', "
                    "'') AS taken_at FROM ({})",
                    join(columns, ", "), select("engines")));
  }
  // Summed where only blocks, types and precisions are asked for.
  Table parts(const HistorySource::Ids& ids) {
    return database_.query(fmt::format(
        "SELECT engine_id, scope, type, precision, sum(time_ms) AS time_ms FROM ({}) WHERE "
        "engine_id IN ({}) AND hidden IS NOT TRUE GROUP BY ALL ORDER BY ALL",
        select("layers"), quoted(ids)));
  }
  Table layers(const HistorySource::Ids& ids) {
    return database_.query(fmt::format(
        "SELECT engine_id, name, type, precision, tactic, hidden, time_ms FROM ({}) WHERE "
        "engine_id IN ({}) ORDER BY engine_id, index",
        select("layers"), quoted(ids)));
  }
  Table timing(const HistorySource::Ids& ids) {
    return database_.query(fmt::format(
        "SELECT engine_id, latency_ms FROM (SELECT engine_id, inference, latency_ms, "
        "count(*) OVER (PARTITION BY engine_id) AS n FROM ({}) WHERE engine_id IN ({})) WHERE "
        "inference % greatest(1, (n + {} - 1) // {}) = 0 ORDER BY engine_id, inference",
        select("timing"), quoted(ids), most_records, most_records));
  }

 private:
  static DatabaseOptions read_only(const std::string& folder, const DatasetMachine& machine) {
    DatabaseOptions options = dataset_database(folder, machine, nullptr);
    options.read_only = true;
    return options;
  }
  std::string select(std::string_view table) const {
    return dataset_select(log_, find_table(table));
  }
  static std::string quoted(const HistorySource::Ids& ids) {
    std::vector<std::string> list;
    for (const std::string& id : ids) list.push_back(quoted_literal(id));
    return join(list, ", ");
  }

  DatasetLog log_;
  Database database_;
};

}  // namespace

HistoryTables tables_of_dataset(const std::string& folder, const DatasetMachine& machine) {
  const auto dataset = std::make_shared<DatasetTables>(folder, machine);
  using Ids = HistorySource::Ids;
  return {.engines = dataset->engines(),
          .layers = [dataset](const Ids& ids) { return dataset->layers(ids); },
          .timing = [dataset](const Ids& ids) { return dataset->timing(ids); },
          .parts = [dataset](const Ids& ids) { return dataset->parts(ids); }};
}

}  // namespace trex::store
