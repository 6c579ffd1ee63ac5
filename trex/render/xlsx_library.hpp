// libxlsxwriter's functions, found when the first workbook is made.
//
// Not linked: it brings OpenSSL's libcrypto, which every start of every command would load. Its
// headers say what each function is, so a changed interface fails to compile.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <xlsxwriter.h>

namespace trex::render {

struct XlsxLibrary {
  XlsxLibrary();  // throws Error where the library is not installed

  template <class Function>
  void load(Function*& function, const char* name);

  void* handle = nullptr;
  decltype(workbook_new_opt)* new_workbook;
  decltype(workbook_add_worksheet)* add_worksheet;
  decltype(workbook_add_format)* add_format;
  decltype(workbook_add_chart)* add_chart;
  decltype(workbook_set_properties)* set_properties;
  decltype(workbook_close)* close;
  decltype(lxw_strerror)* error_text;

  decltype(worksheet_write_string)* write_string;
  decltype(worksheet_write_number)* write_number;
  decltype(worksheet_write_boolean)* write_boolean;
  decltype(worksheet_write_url_opt)* write_link;
  decltype(worksheet_set_column)* set_column;
  decltype(worksheet_freeze_panes)* freeze_panes;
  decltype(worksheet_autofilter)* autofilter;
  decltype(worksheet_conditional_format_range)* conditional_format;
  decltype(worksheet_insert_chart_opt)* insert_chart;
  decltype(worksheet_set_landscape)* set_landscape;
  decltype(worksheet_fit_to_pages)* fit_to_pages;
  decltype(worksheet_repeat_rows)* repeat_rows;
  decltype(worksheet_gridlines)* gridlines;

  decltype(format_set_bold)* set_bold;
  decltype(format_set_italic)* set_italic;
  decltype(format_set_font_size)* set_font_size;
  decltype(format_set_font_color)* set_font_color;
  decltype(format_set_bg_color)* set_bg_color;
  decltype(format_set_num_format)* set_num_format;
  decltype(format_set_align)* set_align;
  decltype(format_set_underline)* set_underline;

  decltype(chart_add_series)* add_series;
  decltype(chart_series_set_categories)* set_categories;
  decltype(chart_series_set_values)* set_values;
  decltype(chart_series_set_name)* set_series_name;
  decltype(chart_series_set_fill)* set_series_fill;
  decltype(chart_series_set_line)* set_series_line;
  decltype(chart_series_set_points)* set_points;
  decltype(chart_series_set_marker_type)* set_marker;
  decltype(chart_series_set_labels)* set_labels;
  decltype(chart_series_set_labels_num_format)* set_label_format;
  decltype(chart_series_set_labels_font)* set_label_font;
  decltype(chart_set_series_gap)* set_gap;
  decltype(chart_title_set_name)* set_title;
  decltype(chart_title_set_name_font)* set_title_font;
  decltype(chart_axis_get)* axis;
  decltype(chart_axis_set_name)* set_axis_name;
  decltype(chart_axis_set_name_font)* set_axis_name_font;
  decltype(chart_axis_set_num_font)* set_axis_font;
  decltype(chart_axis_set_num_format)* set_axis_format;
  decltype(chart_axis_set_reverse)* reverse_axis;
  decltype(chart_axis_set_min)* set_axis_min;
  decltype(chart_axis_set_interval_unit)* set_axis_interval;
  decltype(chart_axis_set_interval_tick)* set_axis_ticks;
  decltype(chart_axis_major_gridlines_set_visible)* show_gridlines;
  decltype(chart_axis_major_gridlines_set_line)* set_gridlines;
  decltype(chart_axis_set_line)* set_axis_line;
  decltype(chart_axis_off)* hide_axis;
  decltype(chart_legend_set_position)* set_legend;
  decltype(chart_chartarea_set_line)* set_border;
};
const XlsxLibrary& xlsx_library();

}  // namespace trex::render
