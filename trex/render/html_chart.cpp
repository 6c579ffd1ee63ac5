// Lines over the rows of a table, as SVG inside a page.
//
// The axis begins where the values do, not at zero: a trend of 2 % must be seen. Its ends are
// written beside it, so that nobody takes 2 % for a half.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/html_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "trex/base/text.hpp"
#include "trex/document/colors.hpp"
#include "trex/document/units.hpp"
#include "trex/render/xml.hpp"

namespace trex::render {
namespace {

constexpr double chart_width = 900, chart_height = 240;
constexpr double left = 80, right = 16, top = 12, bottom = 28;
// More dots than that cannot be told apart; the line still has them all up to `most_points`.
constexpr std::size_t most_dots = 200, most_points = 4000;
constexpr std::size_t tick_count = 4, label_count = 6;
constexpr std::size_t longest_label = 24;

struct Frame {
  std::size_t rows = 0;
  double least = 0, most = 0;
  double x(std::size_t row) const {
    const double part = rows > 1 ? static_cast<double>(row) / static_cast<double>(rows - 1) : 0.5;
    return left + part * (chart_width - left - right);
  }
  double y(double value) const {
    const double part = (value - least) / (most - least);
    return chart_height - bottom - part * (chart_height - top - bottom);
  }
};

// The range of all columns, a little wider; nothing without a finite value.
bool fit(Frame& frame, const std::vector<const Column*>& columns) {
  bool any = false;
  for (const Column* column : columns) {
    for (Row row = 0; row < frame.rows; ++row) {
      const double value = column->real(row).value_or(null_real);
      if (!std::isfinite(value)) continue;
      frame.least = any ? std::min(frame.least, value) : value;
      frame.most = any ? std::max(frame.most, value) : value;
      any = true;
    }
  }
  const double range = frame.most - frame.least;
  const double space = range > 0 ? range / 20 : std::max(std::abs(frame.most) / 20, 1e-9);
  frame.least -= space;
  frame.most += space;
  return any && std::isfinite(frame.most - frame.least);
}

std::string line_of(const Frame& frame, const Column& column, std::size_t number) {
  const std::size_t step = (frame.rows + most_points - 1) / most_points;
  std::string path;
  bool is_open = false;
  for (std::size_t row = 0; row < frame.rows; row += step) {
    const double value = column.real(static_cast<Row>(row)).value_or(null_real);
    if (!std::isfinite(value)) {
      is_open = false;
      continue;
    }
    path += fmt::format("{}{:.1f} {:.1f}", is_open ? 'L' : 'M', frame.x(row), frame.y(value));
    is_open = true;
  }
  return fmt::format("<path class=\"l\" d=\"{}\" stroke=\"{}\"{}/>\n", path,
                     hex(other_color(number)), number > 0 ? " stroke-dasharray=\"5 3\"" : "");
}

// The first column's values, with what they are of on hover.
std::string dots_of(const Frame& frame, const Column& column, const Column* label) {
  if (frame.rows > most_dots) return "";
  std::string text;
  for (std::size_t row = 0; row < frame.rows; ++row) {
    const Row at = static_cast<Row>(row);
    const double value = column.real(at).value_or(null_real);
    if (!std::isfinite(value)) continue;
    text += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"><title>{}</title></circle>\n",
        frame.x(row), frame.y(value), hex(other_color(0)),
        printable_xml(fmt::format("{}: {}", label == nullptr ? "" : label->cell(at),
                                  said(Json(value), column.unit()))));
  }
  return text;
}

std::string axes_of(const Frame& frame, const Column& column, const Column* label) {
  std::string text;
  for (std::size_t i = 0; i <= tick_count; ++i) {
    const double part = static_cast<double>(i) / tick_count;
    const double value = frame.least + part * (frame.most - frame.least);
    text += fmt::format(
        "<path class=\"g\" d=\"M{:.0f} {:.1f}H{:.0f}\"/><text x=\"{:.0f}\" y=\"{:.1f}\" "
        "text-anchor=\"end\">{}</text>\n",
        left, frame.y(value), chart_width - right, left - 8, frame.y(value) + 4,
        printable_xml(said(Json(value), column.unit())));
  }
  if (label == nullptr) return text;
  const std::size_t labels = std::min(label_count, frame.rows);
  for (std::size_t i = 0; i < labels; ++i) {
    const std::size_t row = labels > 1 ? i * (frame.rows - 1) / (labels - 1) : 0;
    const char* anchor = i == 0 ? "start" : i + 1 == labels ? "end" : "middle";
    text += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" text-anchor=\"{}\">{}</text>\n",
                        frame.x(row), chart_height - 8, anchor,
                        printable_xml(label->cell(static_cast<Row>(row)).substr(0, longest_label)));
  }
  return text;
}

std::string caption_of(const Chart& chart) {
  if (chart.value_columns.size() < 2) return chart.title;
  const std::vector<std::string> others(chart.value_columns.begin() + 1, chart.value_columns.end());
  return fmt::format("{}; dashed: {}", chart.title, join(others, ", "));
}

}  // namespace

const std::string_view html_chart_style =
    "svg.chart{width:100%;max-width:56rem;height:auto;display:block;font:12px system-ui,sans-serif}"
    "svg.chart text{fill:var(--soft)}svg.chart .g{stroke:var(--line);fill:none}"
    "svg.chart .l{fill:none;stroke-width:1.8;stroke-linejoin:round}"
    "figure{margin:.5rem 0 1rem}figcaption{color:var(--soft)}\n";

std::string html_chart(const Chart& chart, const Table& table) {
  if (chart.kind != ChartKind::line || table.row_count() < 2) return "";
  Frame frame;
  frame.rows = chart.most_rows == 0 ? table.row_count()
                                    : std::min<std::size_t>(chart.most_rows, table.row_count());
  std::vector<const Column*> columns;
  for (const std::string& name : chart.value_columns) {
    const Column* column = table.find(name);
    if (column == nullptr) return "";
    if (column->type() != ColumnType::real && column->type() != ColumnType::integer) return "";
    columns.push_back(column);
  }
  if (columns.empty() || !fit(frame, columns)) return "";
  const Column* label = table.find(chart.label_column);
  std::string lines;
  for (std::size_t i = columns.size(); i-- > 0;) lines += line_of(frame, *columns[i], i);
  return fmt::format(
      "<figure><svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
      "aria-label=\"{}\">\n{}{}{}</svg><figcaption>{}</figcaption></figure>\n",
      chart_width, chart_height, printable_xml(chart.title), axes_of(frame, *columns[0], label),
      lines, dots_of(frame, *columns[0], label), printable_xml(caption_of(chart)));
}

}  // namespace trex::render
