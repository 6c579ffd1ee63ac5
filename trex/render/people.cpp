// Table cells as people read them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/document/units.hpp"

namespace trex::render {
namespace {

std::vector<double> numbers(const Column& column, Row rows) {
  std::vector<double> values;
  values.reserve(rows);
  for (Row row = 0; row < rows; ++row) values.push_back(column.real(row).value_or(null_real));
  return values;
}

// Units stand under each other: "588.0 KiB" above "864 B  ".
std::string aligned_bytes(double value) {
  const std::string text = human_byte_size(value);
  return ends_with(text, " B") ? text + "  " : text;
}
std::string aligned_count(double value) {
  const std::string text = human_count(value);
  return text.find(' ') == std::string::npos ? text + "  " : text;
}

bool all_whole(const std::vector<double>& values) {
  for (const double value : values) {
    if (std::isfinite(value) && (value != std::floor(value) || std::abs(value) >= 1e15)) {
      return false;
    }
  }
  return true;
}

bool all_small(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return !std::isfinite(value) || std::abs(value) < 0.1; });
}

void fill_numeric(PeopleColumn& result, const Column& column, Row rows) {
  const std::vector<double> values = numbers(column, rows);
  const Unit unit = column.unit();
  const bool whole = all_whole(values);
  const int decimals = unit == Unit::fraction ? 1 : common_decimals(values);
  // Two places would show nothing of a column of 0.0012s.
  const bool small = unit == Unit::none && all_small(values);
  result.cells.reserve(values.size());
  for (const double value : values) {
    if (!std::isfinite(value)) {
      result.cells.emplace_back("-");
    } else if (unit == Unit::bytes) {
      result.cells.push_back(aligned_bytes(value));
    } else if (unit == Unit::macs || unit == Unit::flops) {
      result.cells.push_back(aligned_count(value));
    } else if (unit == Unit::fraction) {
      result.cells.push_back(fixed(100 * value, decimals));
    } else if (column.type() == ColumnType::integer || (whole && unit != Unit::milliseconds)) {
      result.cells.push_back(fixed(value, 0));
    } else {
      result.cells.push_back(fixed(value, unit == Unit::milliseconds || small ? decimals : 2));
    }
  }
}

}  // namespace

PeopleColumn people_column(const Column& column, Row rows) {
  PeopleColumn result;
  result.column = &column;
  result.header = printable(column.name());
  if (column.unit() == Unit::fraction || column.unit() == Unit::flops_per_byte) {
    result.header += fmt::format(" {}", unit_symbol(column.unit()));
  }
  switch (column.type()) {
    case ColumnType::integer:
    case ColumnType::real:
      result.numeric = true;
      fill_numeric(result, column, rows);
      return result;
    case ColumnType::boolean:
      for (Row row = 0; row < rows; ++row) {
        const std::optional<bool> value = column.boolean(row);
        result.cells.emplace_back(!value ? "-" : *value ? "yes" : "no");
      }
      return result;
    default:
      break;
  }
  result.can_shrink = true;
  result.cells.reserve(rows);
  for (Row row = 0; row < rows; ++row) {
    std::string cell = printable(column.cell(row));
    result.cells.push_back(column.is_null(row) || cell.empty() ? "-" : std::move(cell));
  }
  return result;
}

PeopleTable people_table(const TableBlock& block) {
  const Table& table = block.table;
  PeopleTable result;
  result.row_count = table.row_count();
  result.remark = block.remark;
  if (block.people_rows > 0 && result.row_count > block.people_rows) {
    result.row_count = block.people_rows;
    result.remark = fmt::format("{} more{}{}", table.row_count() - result.row_count,
                                block.remark.empty() ? "" : "; ", block.remark);
  }
  const auto rows = static_cast<Row>(result.row_count);
  if (block.text_columns.empty()) {
    for (std::size_t i = 0; i < table.column_count(); ++i) {
      result.columns.push_back(people_column(table.column(i), rows));
    }
  }
  for (const std::string& name : block.text_columns) {
    if (const Column* column = table.find(name)) {
      result.columns.push_back(people_column(*column, rows));
    }
  }
  return result;
}

std::string said_with_remark(const Fact& fact) {
  const std::string value = fact.value.is_null() ? "unknown" : said(fact.value, fact.unit);
  return fact.remark.empty() ? value : fmt::format("{} ({})", value, fact.remark);
}

std::string said_in_one_line(const FactsBlock& block) {
  std::string text;
  const Fact* before = nullptr;
  for (const Fact& fact : block.facts) {
    if (fact.label.empty()) continue;
    std::string value = said_with_remark(fact);
    const std::string unit = fmt::format(" {}", unit_symbol(fact.unit));
    const bool repeated = before != nullptr && before->unit == fact.unit && unit.size() > 1;
    if (repeated && ends_with(value, unit)) value.resize(value.size() - unit.size());
    text += fmt::format("{}{} {}", before == nullptr ? "" : ", ", fact.label, value);
    before = &fact;
  }
  if (text.empty() || block.remark.empty()) return text;
  return fmt::format("{} ({})", text, block.remark);
}

}  // namespace trex::render
