// Cells of a workbook, with their looks.
//
// A text is always written as a text: what begins with "=" stays what the file says, and nothing
// becomes a link but the workbook's own.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/render/sheet_text.hpp"
#include "trex/render/xlsx_parts.hpp"

namespace trex::render {
namespace {

constexpr lxw_color_t header_color = 0x2F4B5C, heading_color = 0x2F4B5C, faint_color = 0x6B7280,
                      warning_color = 0xB45309, link_color = 0x1D4ED8;
// Integers past it are not doubles, and Excel knows only those.
constexpr std::int64_t largest_whole = std::int64_t{1} << 53;

bool is_exact(std::int64_t value) { return value >= -largest_whole && value <= largest_whole; }

lxw_row_t row_of(std::size_t row) { return static_cast<lxw_row_t>(row); }
lxw_col_t column_of(std::size_t column) { return static_cast<lxw_col_t>(column); }

}  // namespace

std::string number_format(Unit unit, bool whole, bool said) {
  std::string digits = whole ? "#,##0" : "#,##0.00";
  if (unit == Unit::milliseconds) digits = "#,##0.0000";
  if (unit == Unit::fraction) return "0.0%";
  if (unit == Unit::bytes || unit == Unit::macs || unit == Unit::flops) digits = "#,##0";
  // Indices, ids, dimensions; and figures whose digits nothing here can judge.
  if (unit == Unit::none) digits = whole ? "0" : "General";
  const std::string_view symbol = unit_symbol(unit);
  return said && !symbol.empty() ? fmt::format("{} \"{}\"", digits, symbol) : digits;
}

void XlsxCells::check(lxw_error error) {
  if (error != LXW_NO_ERROR)
    fail("cannot write the workbook: {}", xlsx_library().error_text(error));
}

lxw_format* XlsxCells::look(CellLook look) {
  if (look == CellLook::plain) return nullptr;
  lxw_format*& format = looks_[look];
  if (format != nullptr) return format;
  format = lib_.add_format(book_);
  if (look == CellLook::header) {
    lib_.set_bold(format);
    lib_.set_font_color(format, 0xFFFFFF);
    lib_.set_bg_color(format, header_color);
  } else if (look == CellLook::title || look == CellLook::heading) {
    lib_.set_bold(format);
    lib_.set_font_color(format, heading_color);
    lib_.set_font_size(format, look == CellLook::title ? 16 : 12);
  } else if (look == CellLook::link) {
    lib_.set_font_color(format, link_color);
    lib_.set_underline(format, LXW_UNDERLINE_SINGLE);
  } else {
    lib_.set_font_color(format, look == CellLook::faint ? faint_color : warning_color);
  }
  return format;
}

lxw_format* XlsxCells::digits(Unit unit, bool whole, bool said) {
  const std::string code = number_format(unit, whole, said);
  // What stands beside its label begins at the left, as texts do.
  const std::string key = (said ? "<" : "") + code;
  lxw_format*& format = digits_[key];
  if (format == nullptr) {
    format = lib_.add_format(book_);
    lib_.set_num_format(format, code.c_str());
    if (said) lib_.set_align(format, LXW_ALIGN_LEFT);
  }
  return format;
}

void XlsxCells::text(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                     std::string_view text, CellLook look) {
  if (text.empty() && look == CellLook::plain) return;
  check(lib_.write_string(sheet, row_of(row), column_of(column), cell_text(text).c_str(),
                          this->look(look)));
}

void XlsxCells::number(lxw_worksheet* sheet, std::size_t row, std::size_t column, double value,
                       lxw_format* format) {
  check(lib_.write_number(sheet, row_of(row), column_of(column), value, format));
}

void XlsxCells::value(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Json& value,
                      Unit unit, bool said) {
  if (value.is_null()) return;
  const std::optional<double> real = value.number();
  const bool whole = value.integer() != nullptr;
  if (!real || !std::isfinite(*real) || (whole && !is_exact(*value.integer()))) {
    const std::string* plain = value.text();
    text(sheet, row, column, plain != nullptr ? *plain : trex::said(value, unit));
    return;
  }
  number(sheet, row, column, *real, digits(unit, whole, said));
}

void XlsxCells::table_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                           const Column& from, Row at) {
  if (from.is_null(at)) return;
  const ColumnType type = from.type();
  if (type == ColumnType::boolean) {
    check(lib_.write_boolean(sheet, row_of(row), column_of(column), *from.boolean(at) ? 1 : 0,
                             nullptr));
    return;
  }
  if (type == ColumnType::integer || type == ColumnType::real) {
    const double value = *from.real(at);
    const bool whole = type == ColumnType::integer;
    if (std::isfinite(value) && !(whole && !is_exact(*from.integer(at)))) {
      number(sheet, row, column, value, digits(from.unit(), whole, false));
      return;
    }
  }
  text(sheet, row, column, from.cell(at));
}

void XlsxCells::link(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                     const std::string& sheet_name) {
  const std::string target = fmt::format("internal:'{}'!A1", replace_all(sheet_name, "'", "''"));
  check(lib_.write_link(sheet, row_of(row), column_of(column), target.c_str(), look(CellLook::link),
                        sheet_name.c_str(), nullptr));
}

}  // namespace trex::render
