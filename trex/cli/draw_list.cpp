// The table of what `trex draw --list` found.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/draw_select.hpp"
#include "trex/document/units.hpp"
#include "trex/report/layer_table.hpp"

namespace trex::cli {
namespace {

constexpr Key<std::int64_t> match_key{"match", Unit::none, "which match, from 1"};
constexpr Key<Integers> indices_key{"indices", Unit::none, "its layers, by index"};
constexpr Key<Texts> layers_key{"layers", Unit::none, "its layers, by name"};
constexpr Key<Texts> types_key{"types", Unit::none, "their types"};

double time_of(const Engine& engine, Row row) {
  if (!engine.layers.has(layer::time_ms)) return null_real;
  return engine.layers[layer::time_ms][row].value_or(null_real);
}

// Unknown as soon as one layer's time is.
double sum_of(const Engine& engine, const std::vector<Row>& rows) {
  double sum = 0;
  for (const Row row : rows) sum += time_of(engine, row);
  return std::isfinite(sum) ? sum : null_real;
}

Document chains_document(const Engine& engine, const DrawSelection& selection,
                         const DrawCommand& o) {
  Table table{engine.strings};
  std::vector<std::int64_t> numbers;
  std::vector<double> times;
  Lists<std::int64_t> indices;
  Lists<StringId> names, types;
  for (const std::vector<Row>& chain : selection.matches.chains) {
    std::vector<std::int64_t> of_rows;
    std::vector<StringId> of_names, of_types;
    for (const Row row : chain) {
      of_rows.push_back(engine.layers[layer::index][row].value_or(row));
      of_names.push_back(engine.layers[layer::name].id(row));
      of_types.push_back(engine.layers[layer::type].id(row));
    }
    numbers.push_back(static_cast<std::int64_t>(numbers.size() + 1));
    times.push_back(sum_of(engine, chain));
    indices.push(of_rows);
    names.push(of_names);
    types.push(of_types);
  }
  std::string remark =
      fmt::format("{} {} '{}'", numbers.size(), numbers.size() == 1 ? "match of" : "matches of",
                  printable(o.find));
  if (selection.matches.more) remark += "; there are more";
  table.add(match_key, std::move(numbers)).add(indices_key, std::move(indices));
  table.add(layer::time_ms, std::move(times)).add(types_key, std::move(types));
  table.add(layers_key, std::move(names));
  return {.title = engine.name,
          .blocks = {TableBlock{.key = "matches",
                                .title = "",
                                .table = table,
                                .text_columns = {"match", "time_ms", "types", "layers"},
                                .csv_columns = {"match", "time_ms", "types", "layers"},
                                .remark = remark}},
          .json_root = "matches"};
}

}  // namespace

Document list_of(const Engine& engine, const DrawSelection& selection, const DrawCommand& o) {
  if (!o.find.empty()) return chains_document(engine, selection, o);
  const Table table = report::layer_table(engine, {})
                          .take(selection.chosen)
                          .select({"index", "name", "type", "precision", "time_ms", "share"});
  const std::string remark =
      fmt::format("{} of {}", selection.chosen.size(), counted(selection.whole_layers, "layer"));
  return {.title = engine.name,
          .blocks = {TableBlock{.key = "layers", .title = "", .table = table, .remark = remark}},
          .json_root = "layers"};
}

}  // namespace trex::cli
