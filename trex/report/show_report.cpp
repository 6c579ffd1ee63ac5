// `trex show`: everything about one layer.
//
// For programs: the row as `trex layers --columns all` has it, then its tensors, neighbours,
// findings and the layer's own JSON. For people the same, told in a dozen lines.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/show_report.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/report/layer_findings.hpp"
#include "trex/report/layer_sentences.hpp"
#include "trex/report/layer_table.hpp"

namespace trex::report {
namespace {

Json cell_json(const Column& column, Row row) {
  if (column.is_null(row)) return Json();
  switch (column.type()) {
    case ColumnType::boolean:
      return Json(column.boolean(row));
    case ColumnType::integer:
      return Json(column.integer(row));
    case ColumnType::real:
      return Json(column.real(row));
    case ColumnType::text:
      return Json(column.text(row));
    case ColumnType::integers: {
      Json list{Json::Array{}};
      for (const std::int64_t value : column.integers(row)) list.push(value);
      return list;
    }
    case ColumnType::texts: {
      Json list{Json::Array{}};
      for (std::size_t i = 0; i < column.list_size(row); ++i) list.push(column.text_at(row, i));
      return list;
    }
  }
  return Json();
}

FactsBlock row_facts(const Table& table, Row row) {
  FactsBlock block;
  for (const std::string& name : every_column(table)) {
    block.facts.push_back({.key = name, .label = "", .value = cell_json(table.at(name), row)});
  }
  return block;
}

// A layer may name one region a thousand times, and a thousand layers may read it.
constexpr std::size_t most_ends = 1000;

// The layers at the other end of a tensor: who wrote an input, who reads an output.
std::vector<std::int64_t> other_ends(const Engine& engine, const Dependencies& graph, Row tensor,
                                     bool is_input) {
  const std::uint32_t id = graph.generation_of[tensor];
  if (id == UINT32_MAX) return {};
  const Generation& generation = graph.generations[id];
  const View<std::int64_t> layer_of = engine.tensors[tensor::layer];
  const View<std::int64_t> index = engine.layers[layer::index];
  std::vector<std::int64_t> indices;
  for (const Row other : is_input ? generation.writers : generation.readers) {
    const auto row = static_cast<Row>(*layer_of[other]);
    const std::int64_t value = *index[row];
    if (indices.empty() || indices.back() != value) indices.push_back(value);
    if (indices.size() == most_ends) break;
  }
  return indices;
}

// "from 3", "to 4, 5, 9"; the first few.
std::string said_ends(const std::vector<std::int64_t>& indices, bool is_input) {
  constexpr std::size_t few = 6;
  std::string text;
  for (std::size_t i = 0; i < indices.size() && i < few; ++i) {
    text += text.empty() ? (is_input ? "from " : "to ") : ", ";
    text += std::to_string(indices[i]);
  }
  if (indices.size() > few) text += ", ...";
  return text;
}

TableBlock tensors_block(const Engine& engine, const Dependencies& graph, Row layer) {
  std::vector<Row> rows;
  for (Row row = engine.first_input[layer]; row < engine.first_input[layer + 1]; ++row) {
    rows.push_back(row);
  }
  Table table =
      engine.tensors.take(rows).select({"role", "port", "name", "dims", "format", "datatype",
                                        "location", "bytes", "bytes_lower_bound"});
  std::vector<std::string> raw, ends;
  Lists<std::int64_t> others;
  const View<std::int64_t> format_id = engine.tensors[tensor::format_id];
  const View<std::string_view> role = engine.tensors[tensor::role];
  for (const Row row : rows) {
    const std::optional<std::int64_t> id = format_id[row];
    raw.push_back(id ? engine.formats[static_cast<std::size_t>(*id)].raw : "");
    const std::vector<std::int64_t> indices = other_ends(engine, graph, row, role[row] == "input");
    others.push(indices);
    ends.push_back(said_ends(indices, role[row] == "input"));
  }
  using Text = Key<std::string_view>;
  table.add(Text{"raw_format", Unit::none, "format, as TensorRT wrote it"}, raw);
  table.add(Key<Integers>{"layers", Unit::none, "who wrote an input, who reads an output"},
            std::move(others));
  table.add(Text{"layer", Unit::none, "the same, for people"}, ends);
  TableBlock block{.key = "tensors", .title = "Tensors", .table = std::move(table)};
  block.text_columns = {"role", "name", "dims", "format", "bytes", "layer"};
  return block;
}

Table neighbours_table(const Engine& engine, std::span<const Row> rows) {
  return engine.layers.take(rows).select({"index", "name", "type", "precision", "time_ms"});
}

void add_neighbours(std::vector<Block>& blocks, const Engine& engine, const Dependencies& graph,
                    Row row) {
  for (const bool before : {true, false}) {
    const std::span<const Row> rows = before ? graph.predecessors(row) : graph.successors(row);
    TableBlock block{.key = before ? "predecessors" : "successors",
                     .title = before ? "Runs after" : "Feeds",
                     .table = neighbours_table(engine, rows)};
    block.people_rows = 12;
    if (rows.empty()) block.audience = Audience::programs;
    blocks.emplace_back(std::move(block));
  }
}

void add_findings(std::vector<Block>& blocks, const lint::Result& result, Row row) {
  LayerFindings found = layer_findings(result, row);
  FactsBlock data;
  data.audience = Audience::programs;
  data.facts = {{.key = "findings", .label = "", .value = std::move(found.data)}};
  blocks.emplace_back(std::move(data));
  if (!found.said.empty()) blocks.emplace_back(ListBlock{"Findings", std::move(found.said)});
}

}  // namespace

Document show_report(const Engine& engine, Row row) {
  const auto rules = lint::rules();
  return show_report({engine, layer_table(engine, {"all"}), dependencies(engine, false),
                      lint::run(engine, {rules.begin(), rules.end()}, lint::Thresholds())},
                     row);
}

Document show_report(const ShowInput& input, Row row) {
  const auto& [engine, table, graph, findings] = input;
  Document document;
  document.title = fmt::format("{}: layer {} of {}", engine.name, *engine.layers[layer::index][row],
                               engine.file_layer_count);
  document.blocks.emplace_back(row_facts(table, row));
  document.blocks.emplace_back(layer_sentences(engine, table, row));
  document.blocks.emplace_back(tensors_block(engine, graph, row));
  add_neighbours(document.blocks, engine, graph, row);
  add_findings(document.blocks, findings, row);
  document.blocks.emplace_back(JsonBlock{"raw", "In the file", attributes(engine, row)});
  return document;
}

}  // namespace trex::report
