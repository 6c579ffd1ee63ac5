// libxlsxwriter's functions, found when the first workbook is made.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/xlsx_library.hpp"

#include <dlfcn.h>

#include "trex/base/error.hpp"

namespace trex::render {
namespace {

// Of the headers' own interface version.
constexpr const char* library_file = "libxlsxwriter.so." LXW_SOVERSION;

}  // namespace

template <class Function>
void XlsxLibrary::load(Function*& function, const char* name) {
  function = reinterpret_cast<Function*>(dlsym(handle, name));
  if (function == nullptr) fail("libxlsxwriter has no {}: a version that trex does not know", name);
}

XlsxLibrary::XlsxLibrary() {
  handle = dlopen(library_file, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    fail(
        "xlsx needs {}, which is not installed; on Debian: apt-get install libxlsxwriter4 (csv "
        "needs nothing)",
        library_file);
  }
  load(new_workbook, "workbook_new_opt");
  load(add_worksheet, "workbook_add_worksheet");
  load(add_format, "workbook_add_format");
  load(add_chart, "workbook_add_chart");
  load(set_properties, "workbook_set_properties");
  load(close, "workbook_close");
  load(error_text, "lxw_strerror");
  load(write_string, "worksheet_write_string");
  load(write_number, "worksheet_write_number");
  load(write_boolean, "worksheet_write_boolean");
  load(write_link, "worksheet_write_url_opt");
  load(set_column, "worksheet_set_column");
  load(freeze_panes, "worksheet_freeze_panes");
  load(autofilter, "worksheet_autofilter");
  load(conditional_format, "worksheet_conditional_format_range");
  load(insert_chart, "worksheet_insert_chart_opt");
  load(set_landscape, "worksheet_set_landscape");
  load(fit_to_pages, "worksheet_fit_to_pages");
  load(repeat_rows, "worksheet_repeat_rows");
  load(gridlines, "worksheet_gridlines");
  load(set_bold, "format_set_bold");
  load(set_italic, "format_set_italic");
  load(set_font_size, "format_set_font_size");
  load(set_font_color, "format_set_font_color");
  load(set_bg_color, "format_set_bg_color");
  load(set_num_format, "format_set_num_format");
  load(set_align, "format_set_align");
  load(set_underline, "format_set_underline");
  load(add_series, "chart_add_series");
  load(set_categories, "chart_series_set_categories");
  load(set_values, "chart_series_set_values");
  load(set_series_name, "chart_series_set_name");
  load(set_series_fill, "chart_series_set_fill");
  load(set_series_line, "chart_series_set_line");
  load(set_points, "chart_series_set_points");
  load(set_marker, "chart_series_set_marker_type");
  load(set_labels, "chart_series_set_labels");
  load(set_label_format, "chart_series_set_labels_num_format");
  load(set_label_font, "chart_series_set_labels_font");
  load(set_gap, "chart_set_series_gap");
  load(set_title, "chart_title_set_name");
  load(set_title_font, "chart_title_set_name_font");
  load(axis, "chart_axis_get");
  load(set_axis_name, "chart_axis_set_name");
  load(set_axis_name_font, "chart_axis_set_name_font");
  load(set_axis_font, "chart_axis_set_num_font");
  load(set_axis_format, "chart_axis_set_num_format");
  load(reverse_axis, "chart_axis_set_reverse");
  load(set_axis_min, "chart_axis_set_min");
  load(set_axis_interval, "chart_axis_set_interval_unit");
  load(set_axis_ticks, "chart_axis_set_interval_tick");
  load(show_gridlines, "chart_axis_major_gridlines_set_visible");
  load(set_gridlines, "chart_axis_major_gridlines_set_line");
  load(set_axis_line, "chart_axis_set_line");
  load(hide_axis, "chart_axis_off");
  load(set_legend, "chart_legend_set_position");
  load(set_border, "chart_chartarea_set_line");
}

const XlsxLibrary& xlsx_library() {
  static const XlsxLibrary loaded;
  return loaded;
}

}  // namespace trex::render
