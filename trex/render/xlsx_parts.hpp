// The parts of a workbook's writer: cells with their looks, sheets of tables, charts.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "trex/document/document.hpp"
#include "trex/render/xlsx_library.hpp"

namespace trex::render {

// What Excel takes of rows and columns.
inline constexpr std::size_t most_sheet_rows = 1048576, most_sheet_columns = 16384;

enum class CellLook : std::uint8_t { plain, header, title, heading, faint, warning, link };

// Writes cells; every format of a workbook is made once. What libxlsxwriter refuses is an Error.
class XlsxCells {
 public:
  explicit XlsxCells(lxw_workbook* book) : book_(book) {}

  // Row and column of a sheet, both from 0; rows must come in order.
  void text(lxw_worksheet* sheet, std::size_t row, std::size_t column, std::string_view text,
            CellLook look = CellLook::plain);
  // Numbers stay numbers, shown with their unit's digits; unknown is an empty cell. With `said` the
  // unit stands in the cell ("0.3512 ms"), for where no header says it.
  void value(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Json& value,
             Unit unit, bool said);
  void table_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Column& from,
                  Row at);
  void link(lxw_worksheet* sheet, std::size_t row, std::size_t column,
            const std::string& sheet_name);
  static void check(lxw_error error);

 private:
  void number(lxw_worksheet* sheet, std::size_t row, std::size_t column, double value,
              lxw_format* format);
  lxw_format* look(CellLook look);
  lxw_format* digits(Unit unit, bool whole, bool said);

  const XlsxLibrary& lib_ = xlsx_library();
  lxw_workbook* book_;
  std::map<CellLook, lxw_format*> looks_;
  std::map<std::string, lxw_format*, std::less<>> digits_;
};
// "#,##0", "0.0%"; with `said` the unit too: "0.0000 \"ms\"".
std::string number_format(Unit unit, bool whole, bool said);

// A table on its own sheet.
struct XlsxTable {
  const TableBlock* block = nullptr;
  std::string sheet_name;
  std::vector<const Column*> columns;
  std::size_t rows = 0;  // that fit
};
XlsxTable xlsx_table(const TableBlock& block, std::string sheet_name);
void write_table(lxw_workbook* book, XlsxCells& cells, const XlsxTable& table);

// Draws `chart` of that table; its size in pixels is the result.
struct XlsxChart {
  lxw_chart* chart = nullptr;  // null: nothing to draw
  int width = 0, height = 0;
};
XlsxChart make_chart(lxw_workbook* book, const XlsxTable& table, const Chart& chart);

}  // namespace trex::render
