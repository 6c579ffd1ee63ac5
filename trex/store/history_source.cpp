// A history's engines out of tables as the schema has them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/history_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/model/engine.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {
namespace {

// The cell of a column that may not be there.
class RowCells {
 public:
  RowCells(const Table& table, Row row) : table_(table), row_(row) {}
  std::string text(std::string_view name) const {
    const Column* column = table_.find(name);
    return column == nullptr || column->is_null(row_) ? "" : column->cell(row_);
  }
  double real(std::string_view name) const {
    const Column* column = table_.find(name);
    return column == nullptr ? null_real : column->real(row_).value_or(null_real);
  }
  std::optional<std::int64_t> integer(std::string_view name) const {
    const Column* column = table_.find(name);
    return column == nullptr ? std::nullopt : column->integer(row_);
  }

 private:
  const Table& table_;
  Row row_;
};

// "night3/net" -> "net": engines that are called alike are told apart by their folders, which are
// what changes from night to night.
std::string_view plain_model(std::string_view model) {
  return model.substr(model.rfind('/') == model.npos ? 0 : model.rfind('/') + 1);
}

HistoryEngine engine_of(const RowCells& cells) {
  HistoryEngine engine;
  engine.id = cells.text("engine_id");
  engine.name = cells.text("engine");
  engine.gpu = cells.text("gpu");
  engine.trt = cells.text("tensorrt_version");
  engine.path = cells.text("path");
  engine.date = cells.text("taken_at");
  if (engine.date.empty()) engine.date = cells.text("date");
  engine.precision_flags = cells.text("precision_flags");
  engine.builder = cells.text("builder");
  engine.batch = cells.integer("batch_size");
  engine.clock_mhz = cells.real("clock_mhz");
  for (const HistoryMetric& metric : history_metrics()) {
    engine.figures.push_back(cells.real(metric.column));
  }
  return engine;
}

// Layers that are shown, their times summed by scope, type and precision.
Table parts_of(const Table& layers) {
  const Column* hidden = layers.find(layer::hidden.name);
  const Table shown = layers.filter(
      [&](Row row) { return hidden == nullptr || !hidden->boolean(row).value_or(false); });
  return shown.group_by({"engine_id", "scope", "type", "precision"}, {sum(layer::time_ms)});
}

std::string some_of(const std::vector<std::string>& models) {
  const auto count = static_cast<std::ptrdiff_t>(std::min<std::size_t>(models.size(), 10));
  return join(std::vector<std::string>(models.begin(), models.begin() + count), ", ") +
         (models.size() > 10 ? " ..." : "");
}

// The rows of some engines; tables of engines have an engine's rows together.
Table rows_of_engines(const Table& table, const HistorySource::Ids& ids) {
  const std::set<std::string_view> wanted(ids.begin(), ids.end());
  const auto id = table[engine_id];
  std::unordered_map<StringId, bool> known;
  return table.filter([&](Row row) {
    const auto [at, is_new] = known.emplace(id.id(row), false);
    if (is_new) at->second = wanted.count(id[row]) > 0;
    return at->second;
  });
}

}  // namespace

HistoryTables tables_in_memory(Table engines, Table layers, Table timing) {
  HistoryTables tables;
  tables.engines = std::move(engines);
  tables.parts = [layers](const HistorySource::Ids& ids) {
    return parts_of(rows_of_engines(layers, ids));
  };
  tables.layers = [all = std::move(layers)](const HistorySource::Ids& ids) {
    return rows_of_engines(all, ids);
  };
  tables.timing = [all = std::move(timing)](const HistorySource::Ids& ids) {
    return rows_of_engines(all, ids);
  };
  return tables;
}

std::vector<std::string> history_models(const Table& engines) {
  const Column& model = engines.at("model");
  std::set<std::string> models;
  for (Row row = 0; row < engines.row_count(); ++row) {
    models.emplace(plain_model(model.text(row).value_or("")));
  }
  return {models.begin(), models.end()};
}

std::string choose_model(const std::vector<std::string>& models, std::string_view wanted) {
  if (models.empty()) fail("no engine there");
  if (wanted.empty()) {
    if (models.size() == 1) return models[0];
    fail("{} models; --model says which: {}", models.size(), some_of(models));
  }
  std::vector<std::string> holding;
  for (const std::string& model : models) {
    if (model == wanted) return model;
    if (contains_ignoring_case(model, wanted)) holding.push_back(model);
  }
  if (holding.size() == 1) return holding[0];
  if (!holding.empty()) {
    fail("--model '{}' is a part of {} models: {}", wanted, holding.size(), some_of(holding));
  }
  fail("--model: no model '{}'{}", wanted, did_you_mean(wanted, models));
}

HistorySource history_source(HistoryTables tables, const std::string& model) {
  HistorySource source;
  source.model = model;
  const Column& models = tables.engines.at("model");
  std::set<std::string> ids;  // an engine given twice is one
  for (Row row = 0; row < tables.engines.row_count(); ++row) {
    if (plain_model(models.text(row).value_or("")) != model) continue;
    HistoryEngine engine = engine_of({tables.engines, row});
    if (ids.insert(engine.id).second) source.engines.push_back(std::move(engine));
  }
  source.parts = tables.parts;
  source.layers = tables.layers;
  source.records = tables.timing;
  return source;
}

}  // namespace trex::store
