// A table as aligned columns that fit the terminal.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "trex/base/text.hpp"
#include "trex/render/people.hpp"
#include "trex/render/wrap.hpp"

namespace trex::render {
namespace {

constexpr int gap = 2;             // spaces between columns
constexpr int least_text = 8;      // a text column is not cut below this
constexpr int readable_text = 20;  // optional columns go before others are cut below this
constexpr int widest_bar = 20;
constexpr int least_bar = 6;

struct Sheet {
  PeopleTable table;
  std::vector<int> widths;
  std::vector<bool> can_shrink;
  std::vector<bool> has_bar;  // a bar of bar_width stands after the column
  int bar_width = 0;
  int gaps() const {
    const auto bars = std::count(has_bar.begin(), has_bar.end(), true);
    return gap * (static_cast<int>(widths.size() + static_cast<std::size_t>(bars)) - 1);
  }
  int bars() const { return static_cast<int>(std::count(has_bar.begin(), has_bar.end(), true)); }
  void erase(std::size_t column) {
    const auto at = static_cast<std::ptrdiff_t>(column);
    table.columns.erase(table.columns.begin() + at);
    widths.erase(widths.begin() + at);
    can_shrink.erase(can_shrink.begin() + at);
    has_bar.erase(has_bar.begin() + at);
  }
};

bool is_in(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Columns when no text column is wider than `widest_text` and bars are as short as they get.
int least_width(const Sheet& sheet, int widest_text) {
  int total = sheet.gaps() + sheet.bars() * least_bar;
  for (std::size_t c = 0; c < sheet.widths.size(); ++c) {
    const bool shrinks = sheet.can_shrink[c];
    total += shrinks ? std::min(sheet.widths[c], widest_text) : sheet.widths[c];
  }
  return total;
}

void drop_optional_columns(Sheet& sheet, const TableBlock& block, int width) {
  const std::vector<std::string>& optional = block.optional_columns;
  for (std::size_t i = optional.size(); i-- > 0 && least_width(sheet, readable_text) > width;) {
    for (std::size_t c = sheet.widths.size(); c-- > 0;) {
      if (sheet.table.columns[c].column->name() == optional[i]) sheet.erase(c);
    }
  }
}

Sheet sheet_of(const TableBlock& block, const Style& style) {
  Sheet sheet;
  sheet.table = people_table(block);
  for (const PeopleColumn& column : sheet.table.columns) {
    int width = display_width(column.header);
    for (const std::string& cell : column.cells) width = std::max(width, display_width(cell));
    sheet.widths.push_back(width);
    sheet.can_shrink.push_back(column.can_shrink);
    sheet.has_bar.push_back(is_in(block.bar_columns, column.column->name()));
  }
  sheet.bar_width = widest_bar;
  if (style.width == 0) return sheet;
  drop_optional_columns(sheet, block, style.width);
  if (sheet.bars() > 0) {
    int rest = style.width - sheet.gaps();
    for (const int width : sheet.widths) rest -= width;
    sheet.bar_width = std::clamp(rest / sheet.bars(), least_bar, widest_bar);
  }
  const int available = style.width - sheet.gaps() - sheet.bars() * sheet.bar_width;
  sheet.widths = fitted_widths(sheet.widths, sheet.can_shrink, available, least_text);
  return sheet;
}

std::string without_trailing_spaces(std::string line) {
  const std::size_t end = line.find_last_not_of(' ');
  line.resize(end == std::string::npos ? 0 : end + 1);
  return line;
}

std::string header_line(const Sheet& sheet) {
  std::string line;
  for (std::size_t c = 0; c < sheet.widths.size(); ++c) {
    const PeopleColumn& column = sheet.table.columns[c];
    if (c > 0) line.append(gap, ' ');
    line += pad(shorten_middle(column.header, sheet.widths[c]), sheet.widths[c], column.numeric);
    if (sheet.has_bar[c]) line += pad("", gap + sheet.bar_width);
  }
  return without_trailing_spaces(std::move(line));
}

std::string row_line(const Sheet& sheet, Row row, const std::vector<double>& largest, bool color) {
  std::string line;
  for (std::size_t c = 0; c < sheet.widths.size(); ++c) {
    const PeopleColumn& column = sheet.table.columns[c];
    if (c > 0) line.append(gap, ' ');
    std::string cell = column.cells[row];
    if (column.can_shrink) cell = shorten_middle(cell, sheet.widths[c]);
    line += pad(cell, sheet.widths[c], column.numeric);
    if (!sheet.has_bar[c]) continue;
    const double value = column.column->real(row).value_or(0);
    const double part = largest[c] > 0 ? value / largest[c] : 0;
    line.append(gap, ' ');
    line += painted(pad(bar(part, sheet.bar_width), sheet.bar_width), ink::cyan, color);
  }
  return without_trailing_spaces(std::move(line));
}

// The largest value of each column with bars: they are drawn against it.
std::vector<double> largest_values(const Sheet& sheet) {
  std::vector<double> largest(sheet.widths.size(), 0);
  for (std::size_t c = 0; c < sheet.widths.size(); ++c) {
    if (!sheet.has_bar[c]) continue;
    for (Row row = 0; row < sheet.table.row_count; ++row) {
      largest[c] = std::max(largest[c], sheet.table.columns[c].column->real(row).value_or(0));
    }
  }
  return largest;
}

}  // namespace

std::string painted(std::string_view text, std::string_view ink, bool color) {
  if (!color || ink.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", ink, text);
}

std::string bar(double fraction, int width) {
  static constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const double clamped = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0;
  int parts = static_cast<int>(std::lround(clamped * width * 8));
  if (clamped > 0) parts = std::max(parts, 1);  // something is not nothing
  std::string result;
  for (int i = 0; i < parts / 8; ++i) result += "█";
  result += eighths[static_cast<std::size_t>(parts % 8)];
  return result;
}

std::vector<int> fitted_widths(std::vector<int> widths, const std::vector<bool>& can_shrink,
                               int available, int least) {
  int total = 0;
  for (const int width : widths) total += width;
  int excess = total - available;
  while (excess > 0) {
    // The widest shrinkable columns come down together to the next width below theirs.
    int widest = least, next = least, count = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (can_shrink[i] && widths[i] > widest) widest = widths[i];
    }
    if (widest <= least) break;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (!can_shrink[i]) continue;
      if (widths[i] == widest)
        ++count;
      else if (widths[i] > next)
        next = widths[i];
    }
    const int step = std::max(1, std::min(widest - next, excess / count));
    for (std::size_t i = 0; i < widths.size() && excess > 0; ++i) {
      if (!can_shrink[i] || widths[i] != widest) continue;
      widths[i] -= step;
      excess -= step;
    }
  }
  return widths;
}

std::string append_text_table(std::string& out, const TableBlock& block, const Style& style) {
  if (block.table.row_count() == 0) {
    out += painted("(none)", ink::dim, style.color) + "\n";
    return block.remark;
  }
  const Sheet sheet = sheet_of(block, style);
  const std::vector<double> largest = largest_values(sheet);
  out += painted(header_line(sheet), ink::bold, style.color) + "\n";
  for (Row row = 0; row < sheet.table.row_count; ++row) {
    out += row_line(sheet, row, largest, style.color) + "\n";
  }
  return sheet.table.remark;
}

}  // namespace trex::render
