// The tables of one engine, as the schema has them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/engine_tables.hpp"

#include <cassert>

#include "trex/lint/lint.hpp"
#include "trex/report/lint_findings.hpp"

namespace trex::store {
namespace {

// The column as the schema has it: its type, unit and meaning, its texts in the table's pool.
Column::Data conformed(const Column& column, const ColumnSpec& spec, StringPool& strings) {
  if (spec.type == ColumnType::real && column.type() == ColumnType::integer) {
    std::vector<double> values;
    values.reserve(column.size());
    for (Row row = 0; row < column.size(); ++row) {
      values.push_back(column.real(row).value_or(null_real));
    }
    return values;
  }
  assert(column.type() == spec.type && "a column has the type that the schema states");
  const bool has_texts = spec.type == ColumnType::text || spec.type == ColumnType::texts;
  if (!has_texts || column.strings().get() == &strings) return column.data();
  assert(spec.type == ColumnType::text && "lists of texts are made in the engine's pool");
  TextIds ids;
  ids.values.reserve(column.size());
  for (Row row = 0; row < column.size(); ++row) {
    const std::optional<std::string_view> text = column.text(row);
    ids.values.push_back(text ? strings.intern(*text) : null_string);
  }
  return ids;
}

}  // namespace

Column::Data unknown_values(ColumnType type, std::size_t rows) {
  Lists<std::int64_t> integers;
  Lists<StringId> texts;
  switch (type) {
    case ColumnType::boolean:
      return Booleans{std::vector<std::uint8_t>(rows, null_boolean)};
    case ColumnType::integer:
      return std::vector<std::int64_t>(rows, null_integer);
    case ColumnType::real:
      return std::vector<double>(rows, null_real);
    case ColumnType::text:
      return TextIds{std::vector<StringId>(rows, null_string)};
    case ColumnType::integers:
      for (std::size_t row = 0; row < rows; ++row) integers.push_null();
      return integers;
    case ColumnType::texts:
      for (std::size_t row = 0; row < rows; ++row) texts.push_null();
      return texts;
  }
  return {};
}

Table EngineTables::table(const TableSpec& spec) {
  const Table made = spec.make(*this);
  const std::shared_ptr<StringPool>& strings = engine_.strings;
  const std::size_t rows = made.row_count();
  Table result(strings);
  for (const ColumnSpec& column : spec.columns) {
    Column::Data data;
    if (column.name == engine_id.name) {
      data = TextIds{std::vector<StringId>(rows, strings->intern(identity_.id))};
    } else if (column.name == engine_name.name) {
      data = TextIds{std::vector<StringId>(rows, strings->intern(identity_.name))};
    } else if (const Column* found = made.find(column.name)) {
      data = conformed(*found, column, *strings);
    } else {
      data = unknown_values(column.type, rows);
    }
    result.add(std::make_shared<const Column>(std::string(column.name), column.unit,
                                              std::string(column.description), std::move(data),
                                              strings));
  }
  return result;
}

const ActivationMemory& EngineTables::memory() {
  if (!memory_) memory_ = activation_memory(engine_);
  return *memory_;
}

const FoundIn& EngineTables::findings() {
  if (!findings_) {
    const auto all = lint::rules();
    const std::vector<const lint::Rule*> rules(all.begin(), all.end());
    findings_ =
        report::lint_findings(engine_, rules, lint::run(engine_, rules, lint::Thresholds()));
  }
  return *findings_;
}

}  // namespace trex::store
