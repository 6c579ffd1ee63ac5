// A table's chart as an inline SVG: nothing runs, colours follow the page, figures show on hover.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/document/document.hpp"

namespace trex::render {

// Lines only: bars stand in the table's own cells. "" for bars, for fewer than two rows and for
// columns that are not there.
std::string html_chart(const Chart& chart, const Table& table);
// The style that it needs, once a page.
extern const std::string_view html_chart_style;

}  // namespace trex::render
