// Names are cut so that a message stays one readable line.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/words.hpp"

#include <fmt/format.h>

#include <iterator>

#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

// Wide enough for most node paths; a finding names three layers at most.
constexpr int name_columns = 72;
// Four bytes make the widest character; what is past this would be cut out anyway.
constexpr std::size_t most_bytes_looked_at = 4096;

}  // namespace

std::string quoted(std::string_view name) {
  std::string text;
  if (name.size() > most_bytes_looked_at) {
    text = to_valid_utf8(name.substr(0, most_bytes_looked_at / 2)) +
           to_valid_utf8(name.substr(name.size() - most_bytes_looked_at / 2));
  } else {
    text = to_valid_utf8(name);
  }
  return fmt::format("'{}'", shorten_middle(text, name_columns));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string bytes_text(std::int64_t bytes) {
  constexpr std::string_view units[] = {"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1000 && unit + 1 < std::size(units)) {
    value /= 1000;
    ++unit;
  }
  return fmt::format("{:.4g} {}", value, units[unit]);
}

}  // namespace trex::lint
