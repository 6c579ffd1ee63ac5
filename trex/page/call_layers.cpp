// columns, layers, select, group: the layer table and what is asked of it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/model/engine_builder.hpp"
#include "trex/page/calls.hpp"
#include "trex/page/layers_query.hpp"
#include "trex/page/table_answer.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/layers_report.hpp"
#include "trex/report/raw_columns.hpp"

namespace trex::page {

report::LayersQuery layers_query(const Request& request) {
  report::LayersQuery query;
  query.where = request.text("where");
  query.sort = request.texts("sort");
  query.top = request.integer("top");
  query.all = request.flag("all");
  query.group_by = request.texts("by");
  query.aggregates = request.texts("aggregates");
  query.columns = request.texts("columns");
  if (query.top && *query.top < 0) fail("top: a number of rows, not {}", *query.top);
  return query;
}

// With an engine also the attributes of its file, which the table holds only when asked for.
Answer columns_call(Session& session, const Request& request) {
  constexpr std::size_t most_attributes = 1000;
  Answer answer;
  Json columns{Json::Array{}}, attributes{Json::Array{}};
  OpenEngine none{EngineBuilder().finish()};
  OpenEngine& open = request.find("engine") == nullptr ? none : engine_of(session, request);
  const Table& table = open.any_layers();
  for (const std::string& name : report::every_column(table)) {
    columns.push(column_json(table.at(name)));
  }
  for (const std::string& name : report::attribute_names(open.engine(), most_attributes)) {
    attributes.push(name);
  }
  return answer.set("columns", columns).set("attributes", attributes);
}

// Of all columns; "lint": false leaves findings unknown that nobody asked for yet.
Answer layers_call(Session& session, const Request& request) {
  Answer answer;
  const std::vector<std::string> columns = request.texts("columns");
  OpenEngine& open = engine_of(session, request);
  if (columns.empty()) {
    const Table& table = request.flag("lint", true) ? open.layers() : open.layers_before_lint();
    set_table(answer, table, report::every_column(table));
  } else {
    set_table(answer, open.layers_with(columns), columns);
  }
  return answer;
}

Answer select_call(Session& session, const Request& request) {
  const report::LayersQuery query = layers_query(request);
  OpenEngine& open = engine_of(session, request);
  const std::vector<Row> rows =
      report::chosen_layers(open.layers_with(report::named_columns(query)), query);
  Answer answer;
  return answer.set("rows", answer.array(std::span<const std::uint32_t>(rows)));
}

Answer group_call(Session& session, const Request& request) {
  const report::LayersQuery query = layers_query(request);
  if (query.group_by.empty()) fail("group: 'by' names no column");
  OpenEngine& open = engine_of(session, request);
  std::vector<std::string> names = report::named_columns(query);
  for (const std::string& aggregate : query.aggregates) {
    names.push_back(aggregate.substr(aggregate.find(':') + 1));
  }
  const Document document = report::layers_report(open.engine(), query, open.layers_with(names));
  Answer answer;
  set_table(answer, std::get<TableBlock>(document.blocks.at(0)).table);
  return answer;
}

}  // namespace trex::page
