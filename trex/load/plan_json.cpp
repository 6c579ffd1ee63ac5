// Visiting every part of a JSON value, and reading whole numbers in whatever form they come.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_json.hpp"

#include <cmath>

#include "trex/base/text.hpp"

namespace trex {

void visit(ondemand::value value, int depth) {
  switch (take(value.type())) {
    case ondemand::json_type::array:
      if (depth >= max_json_depth) throw JsonTooDeep{};
      for (auto element : take(value.get_array())) visit(take(std::move(element)), depth + 1);
      return;
    case ondemand::json_type::object:
      if (depth >= max_json_depth) throw JsonTooDeep{};
      for (auto result : take(value.get_object())) {
        ondemand::field field = take(std::move(result));
        take_key(field);
        visit(field.value(), depth + 1);
      }
      return;
    case ondemand::json_type::string:
      take_text(value);
      return;
    case ondemand::json_type::number:
      take(value.get_double());  // takes integers of any length, too
      return;
    case ondemand::json_type::boolean:
      take(value.get_bool());
      return;
    case ondemand::json_type::null:
      if (!take(value.is_null())) throw JsonDamage{simdjson::N_ATOM_ERROR};
      return;
  }
  throw JsonDamage{simdjson::TAPE_ERROR};
}

std::string_view span_of(const char* start, const char* next) {
  std::string_view text(start, static_cast<std::size_t>(next - start));
  while (text.size() > 1) {
    const char last = text.back();
    if (last != ' ' && last != '\n' && last != '\r' && last != '\t') break;
    text.remove_suffix(1);
  }
  return text;
}

namespace {

WholeNumber whole_number_of(double real) {
  // 2^63 itself does not fit; every smaller double does.
  if (!(std::abs(real) < 9223372036854775808.0) || real != std::trunc(real)) {
    return {0, NumberForm::out_of_range};
  }
  return {static_cast<std::int64_t>(real), NumberForm::real};
}

WholeNumber number_in_text(std::string_view text) {
  const std::string_view digits = trim(text);
  if (const auto value = parse_integer(digits)) return {*value, NumberForm::text};
  if (const auto real = parse_real(digits)) {
    const WholeNumber number = whole_number_of(*real);
    return {number.value, number.known() ? NumberForm::text : NumberForm::out_of_range};
  }
  return {0, NumberForm::wrong_type};
}

}  // namespace

WholeNumber take_odd_integer(ondemand::value value, int depth) {
  switch (take(value.type())) {
    case ondemand::json_type::number:
      return whole_number_of(take(value.get_double()));
    case ondemand::json_type::string:
      return number_in_text(take_text(value));
    case ondemand::json_type::null:
      visit(value, depth);
      return {0, NumberForm::null};
    default:
      visit(value, depth);
      return {0, NumberForm::wrong_type};
  }
}

std::string_view json_type_name(ondemand::json_type type) {
  switch (type) {
    case ondemand::json_type::array:
      return "a list";
    case ondemand::json_type::object:
      return "an object";
    case ondemand::json_type::string:
      return "text";
    case ondemand::json_type::number:
      return "a number";
    case ondemand::json_type::boolean:
      return "true or false";
    case ondemand::json_type::null:
      return "null";
  }
  return "no JSON";
}

}  // namespace trex
