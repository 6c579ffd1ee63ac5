// A table on a sheet of its own: a header that stays in sight, filters, widths, bars.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/render/flat_table.hpp"
#include "trex/render/xlsx_parts.hpp"

namespace trex::render {
namespace {

constexpr std::size_t rows_measured = 200;
constexpr int least_width = 8, most_width = 60;
constexpr lxw_color_t bar_color = 0x9CC3E6;

// "tflops (TFLOP/s)"; a name that ends in its unit says it already.
std::string header_of(const Column& column) {
  const std::string_view symbol = unit_symbol(column.unit());
  if (symbol.empty() || column.unit() == Unit::fraction) return column.name();
  const bool in_name = ends_with(column.name(), "_ms") || ends_with(column.name(), "_bytes") ||
                       column.name() == "bytes";
  return in_name ? column.name() : fmt::format("{} ({})", column.name(), symbol);
}

bool is_number(const Column& column) {
  return column.type() == ColumnType::integer || column.type() == ColumnType::real;
}

// Characters that the header, with its filter's button, and the first rows take.
int width_of(const Column& column, std::size_t rows) {
  int width = display_width(printable(header_of(column))) + 3;
  const std::size_t measured = std::min(rows, rows_measured);
  for (std::size_t row = 0; row < measured && width < most_width; ++row) {
    const std::string cell = column.cell(static_cast<Row>(row));
    // Decimals past those shown take no room; thousands take a comma each.
    const int cell_width = is_number(column)
                               ? static_cast<int>(std::min<std::size_t>(cell.size(), 12)) + 3
                               : display_width(cell.substr(0, 4 * most_width));
    width = std::max(width, cell_width + 1);
  }
  return std::clamp(width, least_width, most_width);
}

void add_bars(lxw_worksheet* sheet, const XlsxTable& table) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto& bars = table.block->bar_columns;
    if (std::find(bars.begin(), bars.end(), table.columns[c]->name()) == bars.end()) continue;
    lxw_conditional_format bar{};
    bar.type = LXW_CONDITIONAL_DATA_BAR;
    bar.data_bar_2010 = LXW_TRUE;
    bar.bar_solid = LXW_TRUE;
    bar.bar_color = bar_color;
    bar.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    bar.min_value = 0;
    bar.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_MAXIMUM;
    const auto column = static_cast<lxw_col_t>(c);
    XlsxCells::check(xlsx_library().conditional_format(
        sheet, 1, column, static_cast<lxw_row_t>(table.rows), column, &bar));
  }
}

}  // namespace

XlsxTable xlsx_table(const TableBlock& block, std::string sheet_name) {
  XlsxTable table{&block, std::move(sheet_name), data_columns(block), block.table.row_count()};
  table.columns.resize(std::min(table.columns.size(), most_sheet_columns));
  // The header, and where not all fit, the line that says so.
  if (table.rows > most_sheet_rows - 1) table.rows = most_sheet_rows - 2;
  return table;
}

void write_table(lxw_workbook* book, XlsxCells& cells, const XlsxTable& table) {
  const XlsxLibrary& lib = xlsx_library();
  lxw_worksheet* sheet = lib.add_worksheet(book, table.sheet_name.c_str());
  if (sheet == nullptr) fail("cannot write the workbook: no sheet '{}'", table.sheet_name);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const auto column = static_cast<lxw_col_t>(c);
    XlsxCells::check(
        lib.set_column(sheet, column, column, width_of(*table.columns[c], table.rows), nullptr));
    cells.text(sheet, 0, c, header_of(*table.columns[c]), CellLook::header);
  }
  for (std::size_t row = 0; row < table.rows; ++row) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      cells.table_cell(sheet, row + 1, c, *table.columns[c], static_cast<Row>(row));
    }
  }
  const std::size_t left_out = table.block->table.row_count() - table.rows;
  if (left_out > 0) {
    cells.text(
        sheet, table.rows + 1, 0,
        fmt::format("{} more rows: a sheet holds no more; csv and parquet have them all", left_out),
        CellLook::warning);
  }
  if (table.columns.empty()) return;
  const auto last = static_cast<lxw_col_t>(table.columns.size() - 1);
  lib.freeze_panes(sheet, 1, 0);
  XlsxCells::check(lib.autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows), last));
  XlsxCells::check(lib.repeat_rows(sheet, 0, 0));
  lib.set_landscape(sheet);
  lib.fit_to_pages(sheet, 1, 0);
  if (table.rows > 0) add_bars(sheet, table);
}

}  // namespace trex::render
