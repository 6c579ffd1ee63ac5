// The slow second pass: text that is nearly JSON -> JSON, with a note for everything mended.
//
// For when simdjson refuses: byte-order mark, NaN and infinities (-> null), raw control bytes and
// unescaped quotes in strings (trtexec writes names unescaped), invalid UTF-8, several documents
// run together, "--- Layer N ---" marker lines between records, trailing commas, a missing end.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct MendedJson {
  std::vector<std::string> documents;  // each strict JSON
  std::vector<Note> notes;             // one a kind of damage, with a count and the first place
};
// Throws Error (file, line, column) when it cannot be mended.
MendedJson mend_json(std::string_view text, const std::string& file);

}  // namespace trex
