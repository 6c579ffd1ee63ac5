// `trex layers`: the layer table, filtered, sorted, grouped.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/layers_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/report/aggregates.hpp"
#include "trex/report/hidden_layers.hpp"
#include "trex/report/layer_choice.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/table/expression.hpp"

namespace trex::report {
namespace {

struct SortKey {
  std::string column;
  std::optional<Order> order;
};

SortKey parse_sort_key(std::string_view text) {
  if (starts_with(text, "-")) return {std::string(text.substr(1)), Order::descending};
  if (starts_with(text, "+")) return {std::string(text.substr(1)), Order::ascending};
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return {std::string(text), std::nullopt};
  const std::string_view word = text.substr(colon + 1);
  if (word == "asc") return {std::string(text.substr(0, colon)), Order::ascending};
  if (word == "desc") return {std::string(text.substr(0, colon)), Order::descending};
  fail("--sort {}: the order is 'asc' or 'desc', not '{}'", text, word);
}

bool is_numeric(const Column& column) {
  return column.type() == ColumnType::integer || column.type() == ColumnType::real;
}

// Numbers come largest first unless asked otherwise; a layer's place in the file does not.
Order natural_order(const Column& column) {
  const bool place = column.name() == layer::index.name || column.name() == layer::stream.name;
  return is_numeric(column) && !place ? Order::descending : Order::ascending;
}

// Stable sorts from the last key to the first: the first rules.
Table sorted(Table table, const std::vector<std::string>& keys) {
  for (std::size_t i = keys.size(); i-- > 0;) {
    const SortKey key = parse_sort_key(keys[i]);
    const Column& column = table.at(key.column);
    table = table.sorted_by(key.column, key.order.value_or(natural_order(column)));
  }
  return table;
}

std::string_view plain_column_name(std::string_view name) {
  return starts_with(name, "+") ? name.substr(1) : name;
}

// What people see when they do not choose: what fits, and only what the files know.
std::vector<std::string> usual_columns(const Engine& engine) {
  if (engine.verbosity != Verbosity::detailed) {
    if (!engine.profile.present) return {"index", "name"};
    return {"index", "name", "time_ms", "share"};
  }
  if (!engine.profile.present) {
    return {"index", "name", "type", "precision", "tactic", "io_bytes", "weights_bytes"};
  }
  return {"index", "name",   "type",     "precision",    "time_ms",
          "share", "tactic", "io_bytes", "weights_bytes"};
}

void add_name(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

struct ChosenColumns {
  std::vector<std::string> shown;     // to people
  std::vector<std::string> programs;  // in JSON: the contract's, then what was asked for
  bool by_user = false;               // exactly these, in every format that is no contract
};

ChosenColumns choose_columns(const Engine& engine, const Table& table, const LayersQuery& query) {
  ChosenColumns chosen{usual_columns(engine), contract_columns(), false};
  for (const std::string& name : query.columns) {
    if (!starts_with(name, "+") && !chosen.by_user) {
      chosen.by_user = true;
      chosen.shown.clear();
    }
  }
  for (const std::string& name : query.columns) {
    if (name == "all") {
      for (const std::string& column : every_column(table)) add_name(chosen.shown, column);
    } else {
      const std::string plain(plain_column_name(name));
      table.at(plain);  // throws, with "did you mean"
      add_name(chosen.shown, plain);
    }
  }
  if (!query.columns.empty()) {
    for (const std::string& name : chosen.shown) add_name(chosen.programs, name);
  }
  return chosen;
}

std::string kept_time(const Engine& engine, const Table& rows) {
  if (!engine.profile.present) return "";
  const std::optional<double> time = total(rows[layer::time_ms]);
  const std::optional<double> share = total(rows[layer::share]);
  if (!time || !share) return "";
  return fmt::format("; together {}, {} of the layers' time", said(*time, Unit::milliseconds),
                     said(*share, Unit::fraction));
}

std::string rows_remark(const Engine& engine, const LayersQuery& query, std::size_t candidates,
                        const Table& matching, const Table& rows) {
  const std::size_t shown = rows.row_count();
  std::string text;
  if (!query.where.empty()) {
    text = fmt::format("{} of {} match", matching.row_count(), counted(candidates, "layer"));
    if (shown < matching.row_count()) text += fmt::format(", {} shown", shown);
  } else if (shown < candidates) {
    text = fmt::format("{} of {}", shown, counted(candidates, "layer"));
  }
  if (!text.empty()) return text + kept_time(engine, rows);
  const std::string hidden = query.all ? "" : said_hidden_layers(engine);
  if (hidden.empty()) return counted(shown, "layer");
  return fmt::format("{} of {} layers; hidden: {} (--all shows them)", shown, engine.layer_count(),
                     hidden);
}

Table head(Table table, const LayersQuery& query) {
  if (!query.top) return table;
  if (*query.top < 0) fail("--top takes a number of rows, not {}", *query.top);
  return table.head(static_cast<std::size_t>(*query.top));
}

Document grouped_report(const Engine& engine, const LayersQuery& query, const Table& matching,
                        std::size_t candidates) {
  for (const std::string& name : query.group_by) matching.at(name);
  const std::vector<Aggregation> aggregates = aggregations(query.aggregates);
  Table groups = matching.group_by(query.group_by, aggregates);
  std::vector<std::string> sort = query.sort;
  if (sort.empty()) {
    const Column* time = groups.find(layer::time_ms.name);
    const bool timed = time != nullptr && is_numeric(*time) && engine.profile.present;
    sort = {std::string(timed ? time->name() : group_size.name)};
  }
  const std::size_t group_count = groups.row_count();
  groups = head(sorted(std::move(groups), sort), query);

  TableBlock block{.key = "groups", .title = "", .table = groups};
  if (!query.columns.empty()) {
    block.text_columns = query.columns;
    for (const std::string& name : block.text_columns) groups.at(name);
    block.csv_columns = block.text_columns;
  } else if (query.aggregates.empty() && !engine.profile.present) {
    block.text_columns = groups.without("time_ms").without("share").column_names();
  }
  block.optional_columns = optional_aggregates(query.aggregates);
  const std::string of_groups =
      groups.row_count() < group_count ? fmt::format("{} of ", groups.row_count()) : "";
  const std::string of_layers =
      matching.row_count() < candidates ? fmt::format("{} of ", matching.row_count()) : "";
  block.remark = fmt::format("{}{}; {}{}", of_groups, counted(group_count, "group"), of_layers,
                             counted(candidates, "layer"));
  const std::string left_out = said_left_out(matching, query.group_by, aggregates);
  if (!left_out.empty()) block.remark += "; " + left_out;
  return {.title = "", .blocks = {std::move(block)}, .json_root = "groups"};
}

// The layers' own JSON beside their columns, read again row by row while the report is written. The
// copy of the engine's facts that this needs shares the text and the strings.
void add_raw(const Engine& engine, const Table& rows, TableBlock& block) {
  auto kept = std::make_shared<Engine>();
  kept->name = engine.name;
  kept->strings = engine.strings;
  kept->graph_text = engine.graph_text;
  kept->layers = rows.select({"name", "byte_offset", "byte_length"});
  block.row_json_key = "raw";
  block.row_json = [kept](Row row) { return attributes(*kept, row); };
}

}  // namespace

std::vector<std::string> named_columns(const LayersQuery& query) {
  std::vector<std::string> names = words_of(query.where);
  for (const std::string& key : query.sort) {
    if (query.group_by.empty()) names.push_back(parse_sort_key(key).column);
  }
  for (const std::string& name : query.columns) {
    if (query.group_by.empty()) names.emplace_back(plain_column_name(name));
  }
  for (const std::string& name : query.group_by) names.push_back(name);
  for (const std::string& text : query.aggregates) {
    if (const std::string column = parse_aggregate(text).column; !column.empty()) {
      names.push_back(column);
    }
  }
  return names;
}

std::vector<Row> chosen_layers(const Table& everything, const LayersQuery& query) {
  std::vector<Row> rows;
  if (!query.where.empty()) {
    rows = rows_where(everything, query.where);
  } else {
    rows.resize(everything.row_count());
    std::iota(rows.begin(), rows.end(), Row{0});
  }
  if (!query.all) {
    const View<bool> hidden = everything[layer::hidden];
    rows.erase(
        std::remove_if(rows.begin(), rows.end(), [&](Row row) { return hidden.is_true(row); }),
        rows.end());
  }
  // Only the columns that sort move.
  for (std::size_t i = query.sort.size(); i-- > 0;) {
    const SortKey key = parse_sort_key(query.sort[i]);
    const Column& column = everything.at(key.column);
    const Table keys = everything.select({key.column}).take(rows);
    std::vector<Row> ordered;
    ordered.reserve(rows.size());
    for (const Row at : keys.order_by(key.column, key.order.value_or(natural_order(column)))) {
      ordered.push_back(rows[at]);
    }
    rows = std::move(ordered);
  }
  if (query.top && *query.top >= 0 && static_cast<std::size_t>(*query.top) < rows.size()) {
    rows.resize(static_cast<std::size_t>(*query.top));
  }
  return rows;
}

Document layers_report(const Engine& engine, const LayersQuery& query) {
  expect_layers(engine);
  return layers_report(engine, query, layer_table(engine, named_columns(query)));
}

Document layers_report(const Engine& engine, const LayersQuery& query, const Table& everything) {
  if (query.group_by.empty() && !query.aggregates.empty()) {
    fail("--agg needs --group-by: say which layers go together, as in --group-by type");
  }
  const View<bool> is_hidden = everything[layer::hidden];
  const Table candidates =
      query.all ? everything : everything.filter([&](Row row) { return !is_hidden.is_true(row); });
  const Table matching =
      query.where.empty() ? candidates : candidates.take(rows_where(candidates, query.where));
  if (!query.group_by.empty()) {
    return grouped_report(engine, query, matching, candidates.row_count());
  }

  std::vector<std::string> sort = query.sort;
  if (sort.empty() && query.top && engine.profile.present) sort = {"time_ms"};
  const Table rows = head(sorted(matching, sort), query);
  const ChosenColumns chosen = choose_columns(engine, rows, query);

  TableBlock block{.key = "layers", .title = "", .table = rows.select(chosen.programs)};
  block.text_columns = chosen.shown;
  if (chosen.by_user) block.csv_columns = chosen.shown;
  if (!chosen.by_user)
    block.optional_columns = {"share", "precision", "tactic", "io_bytes", "weights_bytes"};
  if (query.all) add_raw(engine, rows, block);
  block.remark = rows_remark(engine, query, candidates.row_count(), matching, rows);
  // What people see may name columns that programs do not get by default.
  return {.title = "", .blocks = {std::move(block)}, .json_root = "layers"};
}

}  // namespace trex::report
