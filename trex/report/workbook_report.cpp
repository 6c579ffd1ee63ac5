// All of an engine as tables with charts.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/workbook_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/analyze/summary.hpp"
#include "trex/base/text.hpp"
#include "trex/report/bindings.hpp"
#include "trex/report/facts.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/report/summary_report.hpp"

namespace trex::report {
namespace {

constexpr std::size_t most_bars = 20, slowest_rows = 50;
constexpr int bar_label_width = 40;
using Text = Key<std::string_view>;

TableBlock sheet(std::string title, Table table) {
  TableBlock block{.key = lower(title), .title = std::move(title), .table = std::move(table)};
  std::replace(block.key.begin(), block.key.end(), ' ', '_');
  return block;
}

// The colour of each row's name: the same as in drawings and the page.
std::vector<Color> colors_of(const Table& table, const std::string& column,
                             std::span<const NamedColor> list) {
  const Column& names = table.at(column);
  std::vector<Color> colors;
  std::size_t others = 0;
  for (Row row = 0; row < std::min<std::size_t>(table.row_count(), most_bars); ++row) {
    const std::string_view name = names.text(row).value_or("");
    const Color color = color_of(list, name, no_color);
    const bool unnamed = color == no_color && !name.empty();
    colors.push_back(unnamed ? other_color(others++) : color);
  }
  return colors;
}

TableBlock breakdown_sheet(const Engine& engine, const std::string& column, const std::string& said,
                           std::span<const NamedColor> colors) {
  TableBlock block = sheet("By " + said, breakdown(engine, column));
  const bool timed = engine.profile.present;
  block.bar_columns =
      timed ? std::vector<std::string>{"time_ms", "share"} : std::vector<std::string>{"count"};
  Chart chart{.title = (timed ? "Time by " : "Layers by ") + said,
              .label_column = column,
              .value_columns = {timed ? "time_ms" : "count"},
              .most_rows = most_bars};
  chart.colors = colors_of(block.table, column, colors);
  block.charts.push_back(std::move(chart));
  return block;
}

// A layer's place and name, short enough to stand beside a bar.
std::vector<std::string> bar_labels(const Table& layers) {
  std::vector<std::string> labels;
  const auto index = layers[layer::index];
  const auto name = layers[layer::name];
  for (Row row = 0; row < layers.row_count(); ++row) {
    labels.push_back(fmt::format("{}: {}", index[row].value_or(row),
                                 shorten_middle(printable(name[row]), bar_label_width)));
  }
  return labels;
}

TableBlock slowest_sheet(const Table& layers) {
  const auto time = layers[layer::time_ms];
  Table top = layers.filter([&](Row row) { return time[row].has_value(); })
                  .top(slowest_rows, layer::time_ms.name)
                  .select({"index", "name", "type", "precision", "time_ms", "share", "floor_ms",
                           "recoverable_ms", "bound", "io_bytes", "weights_bytes", "tactic"});
  top.add(Text{"label", Unit::none, "the layer, in short"}, bar_labels(top));
  TableBlock block = sheet("Slowest layers", top);
  block.bar_columns = {"time_ms", "share", "recoverable_ms"};
  Chart chart{.title = "The slowest layers",
              .label_column = "label",
              .value_columns = {"time_ms"},
              .most_rows = most_bars};
  chart.colors = colors_of(top, "type", layer_type_colors());
  block.charts.push_back(std::move(chart));
  return block;
}

TableBlock layers_sheet(const Table& layers) {
  TableBlock block = sheet("Layers", layers.select(every_column(layers)));
  block.bar_columns = {"time_ms", "share", "recoverable_ms"};
  return block;
}

TableBlock memory_sheet(const Table& layers) {
  TableBlock block =
      sheet("Memory", layers.select({"index", "name", "live_bytes", "born_bytes", "freed_bytes"}));
  block.bar_columns = {"live_bytes"};
  block.charts.push_back({.title = "Live activations in execution order",
                          .kind = ChartKind::line,
                          .label_column = "index",
                          .value_columns = {"live_bytes"}});
  return block;
}

TableBlock tensors_sheet(const Engine& engine) {
  const auto owner = engine.tensors[tensor::layer];
  const auto index = engine.layers[layer::index];
  const auto name = engine.layers[layer::name];
  std::vector<std::int64_t> indices;
  std::vector<StringId> names;
  for (Row row = 0; row < engine.tensors.row_count(); ++row) {
    const auto at = static_cast<Row>(*owner[row]);
    indices.push_back(index[at].value_or(null_integer));
    names.push_back(name.id(at));
  }
  Table table(engine.strings);
  table.add(Key<std::int64_t>{"layer_index", Unit::none, "row of its layer in the file"},
            std::move(indices));
  table.add(Text{"layer", Unit::none, "name of its layer"}, std::move(names));
  for (const char* column : {"role", "port", "name", "dims", "format", "datatype", "location",
                             "bytes", "bytes_lower_bound"}) {
    table.add(std::make_shared<const Column>(engine.tensors.at(column)));
  }
  return sheet("Tensors", table);
}

// From which format to which, and why: the first input and output of each Reformat.
TableBlock reformats_sheet(const Engine& engine) {
  const auto type = engine.layers[layer::type];
  const auto format = engine.tensors[tensor::format];
  std::vector<std::string> from, to;
  const Table rows = engine.layers.filter([&](Row row) {
    const bool is_reformat = equals_ignoring_case(type[row], "reformat");
    if (is_reformat) {
      const auto inputs = engine.inputs(row), outputs = engine.outputs(row);
      from.emplace_back(inputs.empty() ? "" : format[inputs[0]]);
      to.emplace_back(outputs.empty() ? "" : format[outputs[0]]);
    }
    return is_reformat;
  });
  Table table = rows.select({"index", "name", "origin", "time_ms", "share", "io_bytes", "tactic"});
  table.add(Text{"from", Unit::none, "format of the input"}, from);
  table.add(Text{"to", Unit::none, "format of the output"}, to);
  TableBlock block = sheet("Reformats", table.select({"index", "name", "from", "to", "origin",
                                                      "time_ms", "share", "io_bytes", "tactic"}));
  block.bar_columns = {"time_ms", "share"};
  return block;
}

TableBlock findings_sheet(const Engine& engine) {
  const std::vector<const lint::Rule*> rules = lint::select_rules("all");
  const FoundIn found = lint_findings(engine, rules, lint::run(engine, rules, lint::Thresholds()));
  Table table = std::get<TableBlock>(lint_rows({&found, 1}).blocks[0]).table;
  std::vector<std::string> advice, why;
  for (const std::vector<Found>* list : {&found.evidence, &found.findings}) {
    for (const Found& one : *list) {
      advice.push_back(one.mitigation);
      why.push_back(found.rules[one.rule].why);
    }
  }
  table.add(Text{"mitigation", Unit::none, "what to do"}, advice);
  table.add(Text{"why", Unit::none, "why it costs"}, why);
  TableBlock block =
      sheet("Findings",
            table.select({"severity", "rule", "message", "layer", "layer_count", "measured_ms",
                          "recoverable_ms", "confidence", "mitigation", "why", "fingerprint"}));
  block.bar_columns = {"recoverable_ms"};
  return block;
}

// What the columns of all sheets mean.
TableBlock columns_sheet(const std::vector<Block>& blocks) {
  std::vector<std::string> sheets, names, units, meanings;
  for (const Block& block : blocks) {
    const auto* table = std::get_if<TableBlock>(&block);
    if (table == nullptr) continue;
    for (std::size_t i = 0; i < table->table.column_count(); ++i) {
      const Column& column = table->table.column(i);
      sheets.push_back(table->title);
      names.push_back(column.name());
      units.emplace_back(unit_symbol(column.unit()));
      meanings.push_back(column.meaning());
    }
  }
  Table table;
  table.add(Text{"sheet", Unit::none, ""}, sheets);
  table.add(Text{"column", Unit::none, ""}, names);
  table.add(Text{"unit", Unit::none, ""}, units);
  table.add(Text{"meaning", Unit::none, ""}, meanings);
  return sheet("Columns", table);
}

}  // namespace

Document workbook_report(const Engine& engine, const std::string& label) {
  Document document{.title = label, .blocks = {}};
  if (label != engine.name) {
    document.blocks.emplace_back(
        FactsBlock{.key = "", .title = "", .facts = {{"", "name", engine.name}}});
  }
  std::vector<Block> tables;
  for (Block& block : summary_report(engine).blocks) {
    if (!std::holds_alternative<TableBlock>(block)) document.blocks.push_back(std::move(block));
  }
  const Table all = layer_table(engine, {"all"});
  const View<bool> is_hidden = all[layer::hidden];
  const Table shown = all.filter([&](Row row) { return !is_hidden.is_true(row); });

  tables.emplace_back(layers_sheet(all));
  tables.emplace_back(breakdown_sheet(engine, "type", "layer type", layer_type_colors()));
  tables.emplace_back(breakdown_sheet(engine, "precision", "precision", precision_colors()));
  tables.emplace_back(slowest_sheet(shown));
  tables.emplace_back(findings_sheet(engine));
  tables.emplace_back(reformats_sheet(engine));
  tables.emplace_back(tensors_sheet(engine));
  tables.emplace_back(memory_sheet(all));
  tables.emplace_back(latency_percentiles(engine));
  tables.emplace_back(latency_series(engine));
  tables.emplace_back(sheet("Bindings", engine.bindings));
  tables.emplace_back(sheet("Files", sources_table(engine)));
  tables.emplace_back(sheet("Notes", notes_table(engine)));
  tables.emplace_back(columns_sheet(tables));
  for (Block& block : tables) document.blocks.push_back(std::move(block));
  return document;
}

}  // namespace trex::report
