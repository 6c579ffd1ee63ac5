// What DuckDB says, cut to one line: the message, its place in the SQL, and the nearest known name.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/duckdb_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

struct Parts {
  std::string message;
  std::optional<std::size_t> position;  // bytes into the SQL
};

// Errors come as JSON, those of the parser with their kind before it.
Parts parts_of(std::string_view error) {
  Parts parts{std::string(error), std::nullopt};
  const std::size_t start = error.find(R"({"exception_type")");
  if (start == std::string_view::npos) return parts;
  try {
    const Json json = parse_json(error.substr(start), "duckdb");
    const Json* message = json.find("exception_message");
    if (message != nullptr && message->text() != nullptr) parts.message = *message->text();
    const Json* position = json.find("position");
    if (position != nullptr && position->text() != nullptr) {
      const auto number = parse_integer(*position->text());
      if (number && *number >= 0) parts.position = static_cast<std::size_t>(*number);
    }
  } catch (const Error&) {  // a text that only looks like JSON is shown as it is
  }
  return parts;
}

// "Binder Error: text" -> "text".
std::string_view without_kind(std::string_view message) {
  constexpr std::string_view mark = " Error: ";
  const std::size_t at = message.find(mark);
  if (at == std::string_view::npos || at > 40 ||
      message.substr(0, at).find('\n') != std::string_view::npos) {
    return message;
  }
  return message.substr(at + mark.size());
}

// The texts between the quotes of "Candidate bindings: "a", "b"" or "Did you mean "a or b"?".
std::vector<std::string> candidates_in(std::string_view message) {
  std::vector<std::string> names;
  for (const std::string_view mark : {"Candidate bindings:", "Did you mean", "Candidate tables:"}) {
    std::size_t at = message.find(mark);
    if (at == std::string_view::npos) continue;
    const std::size_t end = std::min(message.find('\n', at), message.size());
    for (at = message.find('"', at); at < end;) {
      const std::size_t close = message.find('"', at + 1);
      if (close == std::string_view::npos || close > end) break;
      for (const std::string_view name : split(message.substr(at + 1, close - at - 1), " or ")) {
        names.emplace_back(name.substr(name.rfind('.') + 1));
      }
      at = message.find('"', close + 1);
    }
  }
  return names;
}

// Our way of writing: one line, lower case, names in single quotes, no stop.
std::string our_words(std::string_view message) {
  std::string_view first = message;
  for (const std::string_view mark : {"\nLINE ", "\n\n", "\nCandidate", "\nDid you mean", "\n"}) {
    first = first.substr(0, first.find(mark));
  }
  std::string text(trim(first));
  std::replace(text.begin(), text.end(), '"', '\'');
  while (!text.empty() && (text.back() == '!' || text.back() == '.')) text.pop_back();
  // "Referenced column" but not "HUGEINT".
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1]))) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  // DuckDB leaves tables and functions without quotes.
  constexpr std::string_view before = " with name ", after = " does not exist";
  const std::size_t name = text.find(before), end = text.rfind(after);
  if (name != std::string::npos && end != std::string::npos && name + before.size() < end) {
    text.insert(end, "'");
    text.replace(name, before.size(), " '");
  }
  constexpr std::string_view closed = " - file system operations are disabled by configuration";
  if (ends_with(text, closed)) {
    text.replace(text.size() - closed.size(), closed.size(), ": SQL reaches no files here");
  }
  return printable(text);
}

std::string place_of(std::size_t position, std::string_view sql) {
  const std::string_view before = sql.substr(0, std::min(position, sql.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 where there is none
  return fmt::format("line {}, column {}", line, before.size() - line_start + 1);
}

// The name that DuckDB did not find: the first in quotes.
std::string_view missing_name(std::string_view words) {
  const std::size_t open = words.find('\'');
  const std::size_t close = words.find('\'', open + 1);
  if (open == std::string_view::npos || close == std::string_view::npos) return {};
  return words.substr(open + 1, close - open - 1);
}

std::string suggestion(std::string_view message, std::string_view words) {
  const std::vector<std::string> names = candidates_in(message);
  if (names.empty()) return "";
  const std::string_view missing = missing_name(words);
  const auto near = nearest(missing, names);
  return near ? fmt::format(", did you mean '{}'?", *near) : "";
}

}  // namespace

std::string sql_error_line(std::string_view error, std::string_view sql) {
  const Parts parts = parts_of(error);
  const std::string_view body = without_kind(parts.message);
  const std::string words = our_words(body);
  const std::string place = parts.position ? place_of(*parts.position, sql) + ": " : "";
  return fmt::format("query: {}{}{}", place, words.empty() ? "DuckDB failed" : words,
                     suggestion(body, words));
}

}  // namespace trex::store
