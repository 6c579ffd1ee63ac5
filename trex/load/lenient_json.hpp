// The slow second pass: text that is nearly JSON -> JSON, with a note for everything mended.
//
// For when simdjson refuses. Mended: byte-order marks and UTF-16; NaN and infinities (-> null);
// raw control bytes and unescaped quotes in strings (trtexec writes names unescaped); invalid
// UTF-8, escapes and lone surrogates; trailing, doubled and missing commas; comments; Python's
// quotes and words; odd numbers and bare words; several documents run together, with lines between
// them that are no JSON ("--- Layer N ---"); a missing end.
// Not guessed at: brackets that do not match, a key without its value.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct MendedJson {
  std::vector<std::string> documents;  // each strict JSON: an object or a list
  std::vector<Note> notes;             // one a kind of damage, with a count and the first place
  // The text ends inside a document. What was whole of that document is kept, cut after the last
  // element of its outermost list; nothing of it, when whole documents stand before it.
  bool cut_off = false;
  std::string end;               // "line 12, column 3": where the text ends
  bool has_other_lines = false;  // lines outside of documents that are no JSON
};
// Takes time and memory in proportion to the text. Throws Error (file, line, column) when it
// cannot be mended, or holds no document at all.
MendedJson mend_json(std::string_view text, const std::string& file);

}  // namespace trex
