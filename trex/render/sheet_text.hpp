// Texts as a workbook may hold them: cells of any content, and names of sheets.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace trex::render {

// At most 31 UTF-16 units; none of []:*?/\, no apostrophe at either end, not "History"; unique
// without regard to case (what Excel refuses, by its own messages).
class SheetNames {
 public:
  // A name for a sheet of `group` (an engine; may be empty) about `subject`, unlike all before.
  std::string add(std::string_view group, std::string_view subject);

 private:
  std::set<std::string> taken_;  // in lower case
};

// A cell's text: control bytes made visible, what XML cannot hold replaced, "_x0041_" kept from
// being read as an escape, at most 32 767 units; what was longer ends in "\u2026 (cut)".
std::string cell_text(std::string_view text);

// UTF-16 units of valid UTF-8: what Excel counts.
std::size_t utf16_units(std::string_view utf8);
// Its first so many units, no character cut in two.
std::string_view utf16_head(std::string_view utf8, std::size_t units);

}  // namespace trex::render
