// Any text gives equally long columns or one Error; and the quick scan reads what JSON says: one
// space that JSON ignores makes it give up, and must change nothing.

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "trex/base/error.hpp"
#include "trex/load/timing.hpp"
#include "trex/load/timing_scan.hpp"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

std::optional<trex::Timing> load(const std::string& text) {
  try {
    return trex::load_timing(trex::Bytes::from(text), "f");
  } catch (const trex::Error&) {
    return std::nullopt;
  }
}

bool is_wanted(std::string_view) { return true; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::optional<trex::Timing> quick = load(text);
  const auto scanned = trex::scan_timing(text, is_wanted);
  if (!scanned || scanned->rows < 2) return 0;
  // Regular: the last key's quote is outside of any string.
  std::string irregular = text;
  irregular.insert(irregular.rfind("\"" + scanned->keys.back() + "\""), " ");
  const std::optional<trex::Timing> parsed = load(irregular);
  check(quick.has_value() == parsed.has_value());
  if (!quick) return 0;
  check(quick->table.column_names() == parsed->table.column_names());
  check(quick->notes == parsed->notes);
  for (std::size_t c = 0; c < quick->table.column_count(); ++c) {
    check(quick->table.column(c).size() == quick->table.row_count());
    for (trex::Row row = 0; row < quick->table.row_count(); ++row) {
      check(quick->table.column(c).real(row) == parsed->table.column(c).real(row));
    }
  }
  return 0;
}
