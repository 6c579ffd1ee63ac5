// A table as aligned columns that fit the terminal.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/document/document.hpp"
#include "trex/render/formats.hpp"

namespace trex::render {

namespace ink {  // ANSI SGR codes: four inks, all readable on dark and on light
inline constexpr std::string_view none = "";
inline constexpr std::string_view bold = "1";
inline constexpr std::string_view dim = "2";
inline constexpr std::string_view yellow = "33";
inline constexpr std::string_view cyan = "36";
}  // namespace ink
std::string painted(std::string_view text, std::string_view ink, bool color);

// Numbers stand on the right. Where the table is wider than the style's width, optional columns go
// first, then the widest text columns lose their middles; numbers are never cut, so a table of
// many numbers may still be wider. Gives the remark that belongs under the table.
std::string append_text_table(std::string& out, const TableBlock& block, const Style& style);

// A bar for a fraction of `width` columns, in eighths of a column.
std::string bar(double fraction, int width);

// The widths that text columns get so that all columns fit: `widths` less what must go, taken
// from the widest first, none below `least`.
std::vector<int> fitted_widths(std::vector<int> widths, const std::vector<bool>& can_shrink,
                               int available, int least);

}  // namespace trex::render
