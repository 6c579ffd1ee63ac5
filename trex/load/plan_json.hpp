// A strict, allocation-free walk over JSON text with simdjson on-demand.
//
// On-demand checks only what is asked of it, so everything here is visited: every string's
// escapes, every number, every comma. What passes is JSON that a strict parser takes again later
// (a layer's attributes are parsed from the text when someone asks for them). UTF-8 and raw
// control bytes are checked by simdjson for the whole text before the walk begins.
// Not checked: that an object has no key twice.
//
// Damage is thrown as JsonDamage, never shown to people: the loader then mends the text
// (lenient_json.hpp) and walks again.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace trex {

namespace ondemand = simdjson::ondemand;

struct JsonDamage {
  simdjson::error_code code;
};

// Something nested deeper than this is no file of TensorRT's, and recursion must end somewhere.
inline constexpr int max_json_depth = 500;
struct JsonTooDeep {};

template <class T>
T take(simdjson::simdjson_result<T>&& result) {
  T value;
  if (const auto code = std::move(result).get(value)) throw JsonDamage{code};
  return value;
}

// A view of the text between the quotes; of simdjson's own buffer where it had to be unescaped.
// It lives as long as the text and the parser.
inline std::string_view take_text(ondemand::value& value) {
  const std::string_view token = value.raw_json_token();  // up to the next token: blanks at its end
  std::size_t end = token.size();
  while (end > 1 && token[end - 1] != '"') --end;
  if (end < 2) throw JsonDamage{simdjson::STRING_ERROR};
  const std::string_view raw = token.substr(1, end - 2);
  if (raw.find('\\') == std::string_view::npos) return raw;
  return take(value.get_string());
}

// simdjson 3.0 takes no argument here, later ones must be told not to replace lone surrogates.
template <class Field>
auto unescaped_key(Field& field) {
  if constexpr (requires { field.unescaped_key(false); }) {
    return field.unescaped_key(false);
  } else {
    return field.unescaped_key();
  }
}

// As above, of a field's key; once for each field, for the buffer has room for each text once, and
// resetting an object gives none of it back. The closing quote is there: simdjson has seen it.
inline std::string_view take_key(ondemand::field& field) {
  const char* start = field.key().raw();
  const char* end = start;
  while (*end != '"' && *end != '\\') ++end;
  if (*end == '"') return {start, static_cast<std::size_t>(end - start)};
  return take(unescaped_key(field));
}

// The key as it is written, for a first look: escapes stay. As often as one likes.
inline std::string_view raw_key(ondemand::field& field) {
  const char* start = field.key().raw();
  const char* end = start;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {start, static_cast<std::size_t>(end - start)};
}

// Looks at every part of a value that nobody needs.
void visit(ondemand::value value, int depth);

// The text of the value that starts at `start` and was walked to its end: from its first byte to
// its last, when `next` is where the walk stands.
std::string_view span_of(const char* start, const char* next);

// Where the walk stands: the first byte of the next token, or the end of the text.
template <class Document>
const char* location(Document& document, const char* text_end) {
  const char* here = nullptr;
  if (document.current_location().get(here)) return text_end;
  return here;
}

// A number that should be whole, and what had to be done to read it.
enum class NumberForm : std::uint8_t {
  integer,       // as it should be
  real,          // written as a real ("3.0", "1e3") that is a whole number
  text,          // written as text ("3")
  null,          // null: not known
  out_of_range,  // no whole number, or past 64 bits
  wrong_type,    // no number at all
};
struct WholeNumber {
  std::int64_t value = 0;  // 0 unless the form is one of the first three
  NumberForm form = NumberForm::integer;
  bool known() const { return form <= NumberForm::text; }
};
WholeNumber take_odd_integer(ondemand::value value, int depth);
inline WholeNumber take_integer(ondemand::value value, int depth) {
  std::int64_t whole = 0;
  if (!value.get_int64().get(whole)) return {whole, NumberForm::integer};
  return take_odd_integer(value, depth);  // which it has not moved past
}

std::string_view json_type_name(ondemand::json_type type);  // "an array", "text" ...

}  // namespace trex
