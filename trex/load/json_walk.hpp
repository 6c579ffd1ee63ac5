// Small steps of a walk over JSON with simdjson on-demand, shared by the loaders of this folder.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/table/column.hpp"

namespace trex {

// simdjson reads a little past the end; Bytes promise that much.
static_assert(Bytes::padding >= simdjson::SIMDJSON_PADDING);
inline simdjson::padded_string_view padded(std::string_view text) {
  return simdjson::padded_string_view(text.data(), text.size(), text.size() + Bytes::padding);
}

// Whether anything follows what was read: several documents run together.
inline bool at_end(simdjson::ondemand::document& document) {
  return document.current_location().error() != simdjson::SUCCESS;
}

// What printf writes for values that are no numbers: nan, -nan, -nan(ind), inf, 1.#INF.
inline bool is_not_finite_word(std::string_view word) {
  word = word.substr(0, 12);
  return contains_ignoring_case(word, "nan") || contains_ignoring_case(word, "inf") ||
         contains(word, "#");
}

enum class NumberState : std::uint8_t { known, null, not_finite, not_a_number };
struct NumberRead {
  double value = null_real;
  NumberState state = NumberState::known;
};

// Says of a scalar that is no double why.
inline NumberState why_no_number(simdjson::ondemand::value& value) {
  simdjson::ondemand::json_type type{};
  const bool has_type = value.type().get(type) == simdjson::SUCCESS;
  using Type = simdjson::ondemand::json_type;
  if (has_type && type != Type::number && type != Type::null) return NumberState::not_a_number;
  const std::string_view token = trim(value.raw_json_token());
  if (token == "null") return NumberState::null;
  if (is_not_finite_word(token)) return NumberState::not_finite;
  // A number too large for a double: 1e999.
  return contains_ignoring_case(token, "e") ? NumberState::not_finite : NumberState::not_a_number;
}

// A number, without giving up on the file when it is none: simdjson looks at scalars only when
// asked, so an unquoted nan costs no second pass.
inline NumberRead read_number(simdjson::ondemand::value& value) {
  NumberRead result;
  if (value.get_double().get(result.value) == simdjson::SUCCESS) return result;
  return {null_real, why_no_number(value)};
}

}  // namespace trex
