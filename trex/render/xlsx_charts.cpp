// Native charts of a workbook's tables: bars and lines that follow the cells.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/render/sheet_text.hpp"
#include "trex/render/xlsx_parts.hpp"

namespace trex::render {
namespace {

// Excel draws 32 000 points of a series.
constexpr std::size_t most_points = 32000;
constexpr int chart_width = 620, line_chart_height = 300, bar_height = 24, bars_frame = 80,
              least_bars = 3;
constexpr lxw_color_t grid_color = 0xE0E4E8, text_color = 0x374151;

lxw_color_t rgb(Color color) {
  return static_cast<lxw_color_t>((color.red << 16) | (color.green << 8) | color.blue);
}

std::optional<std::size_t> place_of(const XlsxTable& table, std::string_view name) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c]->name() == name) return c;
  }
  return std::nullopt;
}

// A text for a title or a series' name: there, "=" at the start would mean a formula.
std::string chart_text(std::string_view text) {
  const std::string safe = cell_text(text);
  return starts_with(safe, "=") ? " " + safe : safe;
}

// The figures beside the reference to their cells, for programs that do not calculate. The library
// does this only where it keeps all cells in memory; what is allocated here, it frees.
void fill_cache(lxw_series_range& range, const Column& column, std::size_t rows) {
  const bool numbers = column.type() == ColumnType::integer || column.type() == ColumnType::real;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto at = static_cast<Row>(row);
    auto* point =
        static_cast<lxw_series_data_point*>(std::calloc(1, sizeof(lxw_series_data_point)));
    if (point == nullptr) fail("cannot write the workbook: out of memory");
    if (column.is_null(at)) {
      point->no_data = 1;
    } else if (numbers) {
      point->number = *column.real(at);
    } else {
      point->is_string = 1;
      point->string = strdup(cell_text(column.cell(at)).c_str());
    }
    STAILQ_INSERT_TAIL(range.data_cache, point, list_pointers);
  }
  range.num_data_points = static_cast<std::uint16_t>(rows);
  range.has_string_cache = numbers ? 0 : 1;
}

class ChartMaker {
 public:
  ChartMaker(lxw_workbook* book, const XlsxTable& table, const Chart& chart)
      : book_(book), table_(table), spec_(chart) {
    rows_ = std::min(table.rows, most_points);
    if (chart.most_rows > 0) rows_ = std::min(rows_, chart.most_rows);
    for (const std::string& name : chart.value_columns) {
      if (const auto place = place_of(table, name)) values_.push_back(*place);
    }
  }

  XlsxChart make() {
    if (rows_ == 0 || values_.empty()) return {};
    const bool bars = spec_.kind == ChartKind::bars;
    chart_ = lib_.add_chart(book_, bars ? LXW_CHART_BAR : LXW_CHART_LINE);
    for (std::size_t s = 0; s < values_.size(); ++s) add_series(s);
    const bool in_millions = !bars && value_column(0).unit() == Unit::bytes;
    const std::string_view unit = in_millions ? "MB" : unit_symbol(value_column(0).unit());
    const std::string title_text =
        unit.empty() ? spec_.title : fmt::format("{}, {}", spec_.title, unit);
    lib_.set_title(chart_, chart_text(title_text).c_str());
    lxw_chart_font title = font(12);
    lib_.set_title_font(chart_, &title);
    lib_.set_legend(chart_, values_.size() > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
    lxw_chart_line border{};
    border.color = grid_color;
    lib_.set_border(chart_, &border);
    if (bars) {
      bar_axes();
    } else {
      line_axes();
    }
    const int bar_count = static_cast<int>(std::min<std::size_t>(rows_ * values_.size(), 60));
    return {chart_, chart_width,
            bars ? bars_frame + bar_height * std::max(bar_count, least_bars) : line_chart_height};
  }

 private:
  static lxw_chart_font font(double size) {
    lxw_chart_font result{};
    result.size = size;
    result.color = text_color;
    return result;
  }

  const Column& value_column(std::size_t s) const { return *table_.columns[values_[s]]; }

  Color color(std::size_t s) const {
    if (values_.size() == 1 && spec_.kind == ChartKind::bars) return {0x3B, 0x82, 0xB8};
    return s < spec_.colors.size() ? spec_.colors[s] : other_color(s);
  }

  void add_series(std::size_t s) {
    lxw_chart_series* series = lib_.add_series(chart_, nullptr, nullptr);
    const auto last = static_cast<lxw_row_t>(rows_);
    const char* sheet = table_.sheet_name.c_str();
    if (const auto label = place_of(table_, spec_.label_column)) {
      const auto column = static_cast<lxw_col_t>(*label);
      lib_.set_categories(series, sheet, 1, column, last, column);
      fill_cache(*series->categories, *table_.columns[*label], rows_);
    }
    const auto column = static_cast<lxw_col_t>(values_[s]);
    lib_.set_values(series, sheet, 1, column, last, column);
    fill_cache(*series->values, value_column(s), rows_);
    lib_.set_series_name(series, chart_text(value_column(s).name()).c_str());
    if (spec_.kind == ChartKind::bars) {
      bar_looks(series, s);
    } else {
      lxw_chart_line line{};
      line.color = rgb(color(s));
      line.width = 1.25F;
      lib_.set_series_line(series, &line);
      lib_.set_marker(series, LXW_CHART_MARKER_NONE);
    }
  }

  void bar_looks(lxw_chart_series* series, std::size_t s) {
    lxw_chart_fill fill{};
    fill.color = rgb(color(s));
    lib_.set_series_fill(series, &fill);
    lib_.set_labels(series);
    const Column& column = value_column(s);
    lib_.set_label_format(
        series, number_format(column.unit(), column.type() == ColumnType::integer, false).c_str());
    lxw_chart_font small = font(9);
    lib_.set_label_font(series, &small);
    if (values_.size() == 1 && !spec_.colors.empty()) color_bars(series);
  }

  void color_bars(lxw_chart_series* series) {
    const std::size_t count = std::min(rows_, spec_.colors.size());
    std::vector<lxw_chart_fill> fills(count);
    std::vector<lxw_chart_point> points(count);
    std::vector<lxw_chart_point*> list;
    for (std::size_t i = 0; i < count; ++i) {
      fills[i].color = rgb(spec_.colors[i]);
      points[i].fill = &fills[i];
      list.push_back(&points[i]);
    }
    list.push_back(nullptr);
    XlsxCells::check(lib_.set_points(series, list.data()));
  }

  // Names on the left, the first on top; the figures stand at the bars, so no axis repeats them.
  void bar_axes() {
    lxw_chart_axis* names = lib_.axis(chart_, LXW_CHART_AXIS_TYPE_Y);
    lxw_chart_axis* figures = lib_.axis(chart_, LXW_CHART_AXIS_TYPE_X);
    lib_.reverse_axis(names);
    lxw_chart_font small = font(9);
    lib_.set_axis_font(names, &small);
    lib_.set_axis_min(figures, 0);
    lib_.show_gridlines(figures, LXW_FALSE);
    lib_.hide_axis(figures);
    lib_.set_gap(chart_, 45);
  }

  void line_axes() {
    lxw_chart_axis* along = lib_.axis(chart_, LXW_CHART_AXIS_TYPE_X);
    lxw_chart_axis* up = lib_.axis(chart_, LXW_CHART_AXIS_TYPE_Y);
    lxw_chart_font small = font(9);
    lib_.set_axis_font(along, &small);
    lib_.set_axis_font(up, &small);
    lib_.set_axis_name_font(along, &small);
    lib_.set_axis_name_font(up, &small);
    lib_.set_axis_name(along, chart_text(spec_.label_column).c_str());
    if (value_column(0).unit() == Unit::bytes) {  // two commas divide by a million
      lib_.set_axis_format(up, "#,##0.0,,");
    }
    const auto step = static_cast<std::uint16_t>(std::max<std::size_t>(1, rows_ / 10));
    lib_.set_axis_interval(along, step);
    lib_.set_axis_ticks(along, step);
    lxw_chart_line grid{};
    grid.color = grid_color;
    lib_.set_gridlines(up, &grid);
  }

  const XlsxLibrary& lib_ = xlsx_library();
  lxw_workbook* book_;
  const XlsxTable& table_;
  const Chart& spec_;
  std::size_t rows_ = 0;
  std::vector<std::size_t> values_;  // columns of the sheet
  lxw_chart* chart_ = nullptr;
};

}  // namespace

XlsxChart make_chart(lxw_workbook* book, const XlsxTable& table, const Chart& chart) {
  return ChartMaker(book, table, chart).make();
}

}  // namespace trex::render
