// Reading text, numbers, flags and lists of numbers out of a plan graph, with notes on what is odd.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "trex/base/text.hpp"

namespace trex {
namespace {

// TensorRT allows 8 dimensions; a list much longer is something else.
constexpr std::size_t most_dimensions = 64;

std::optional<std::int64_t> odd_value(const WholeNumber& number, std::string_view key,
                                      PlanContext& context) {
  switch (number.form) {
    case NumberForm::integer:
      return number.value;
    case NumberForm::real:
      context.note(PlanOddity::real_for_integer, key,
                   "a whole number written as a real; it is read as one");
      return number.value;
    case NumberForm::text:
      context.note(PlanOddity::number_as_text, key, "a number written as text; it is read as one");
      return number.value;
    case NumberForm::null:
      return std::nullopt;
    case NumberForm::out_of_range:
      context.note(PlanOddity::out_of_range, key,
                   "expected a whole number of 64 bits; it is left out");
      return std::nullopt;
    case NumberForm::wrong_type:
      context.note(PlanOddity::wrong_type, key, "expected a whole number; it is left out");
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::int64_t> known_value(const WholeNumber& number, std::string_view key,
                                        PlanContext& context) {
  if (number.form == NumberForm::integer) return number.value;
  return odd_value(number, key, context);
}

// A list of at most 8 whole numbers, as TensorRT writes nearly every list.
struct PlainList {
  std::array<std::int64_t, 8> values;
  std::size_t size = 0;
};

const char* skip_blanks(const char* at, const char* end) {
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
  return at;
}

// The number at `at`, up to 18 digits; nullptr: it is none that can be read here.
const char* read_plain_integer(const char* at, const char* end, std::int64_t& value) {
  const bool negative = at < end && *at == '-';
  if (negative) ++at;
  const char* first = at;
  std::int64_t number = 0;
  while (at < end && *at >= '0' && *at <= '9' && at - first < 18)
    number = 10 * number + (*at++ - '0');
  const bool odd_zero = at - first > 1 && *first == '0';
  if (at == first || at - first == 18 || odd_zero) return nullptr;
  value = negative ? -number : number;
  return at;
}

// Reads "[8,256,28,28]" where it stands; the walk then passes over it as over a value that nobody
// asked for, in a quarter of the time that it takes to ask for each number. False: it must be read
// the long way, which also says what is wrong with it.
bool read_plain_list(PlanField field, const PlanContext& context, PlainList& list) {
  const char* end = context.text_end;
  const char* at = field.value.raw_json_token().data();
  if (*at != '[') return false;
  at = skip_blanks(at + 1, end);
  list.size = 0;
  if (at < end && *at == ']') return true;
  while (list.size < list.values.size()) {
    at = read_plain_integer(at, end, list.values[list.size]);
    if (at == nullptr) return false;
    ++list.size;
    at = skip_blanks(at, end);
    if (at == end) return false;
    if (*at == ']') return true;
    if (*at != ',') return false;
    at = skip_blanks(at + 1, end);
  }
  return false;
}

bool read_plain_dims(PlanField field, const PlanContext& context, std::int32_t least,
                     SmallDims& dims) {
  PlainList list;
  if (!read_plain_list(field, context, list)) return false;
  for (std::size_t i = 0; i < list.size; ++i) {
    const std::int64_t value = list.values[i];
    if (value < least || value > std::numeric_limits<std::int32_t>::max()) return false;
  }
  for (std::size_t i = 0; i < list.size; ++i) {
    dims.values[i] = static_cast<std::int32_t>(list.values[i]);
  }
  dims.rank = static_cast<std::uint8_t>(list.size);
  return true;
}

}  // namespace

void note_wrong_type(PlanField field, PlanContext& context, std::string_view expected,
                     ondemand::json_type type) {
  if (!context.notes.is_first(PlanOddity::wrong_type)) return;
  context.notes.describe(
      context.path.text_with(field.key),
      fmt::format("expected {}, got {}; it is left out", expected, json_type_name(type)));
}

std::optional<std::string_view> read_text(PlanField field, PlanContext& context) {
  const ondemand::json_type type = take(field.value.type());
  if (type == ondemand::json_type::string) return take_text(field.value);
  if (type == ondemand::json_type::number) {
    const std::string_view token = trim(field.value.raw_json_token());
    take(field.value.get_double());
    context.note(PlanOddity::wrong_type, field.key, "expected text, got a number; kept as text");
    return token;
  }
  visit(field.value, field.depth);
  if (type != ondemand::json_type::null) note_wrong_type(field, context, "text", type);
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(PlanField field, PlanContext& context) {
  return known_value(take_integer(field.value, field.depth), field.key, context);
}

std::optional<bool> read_flag(PlanField field, PlanContext& context) {
  const ondemand::json_type type = take(field.value.type());
  if (type == ondemand::json_type::boolean) return take(field.value.get_bool());
  if (type == ondemand::json_type::string) {
    const std::string_view word = take_text(field.value);
    if (equals_ignoring_case(word, "true") || word == "1") return true;
    if (equals_ignoring_case(word, "false") || word == "0") return false;
    note_wrong_type(field, context, "true or false", type);
    return std::nullopt;
  }
  if (const auto number = read_integer(field, context)) return *number != 0;
  return std::nullopt;
}

bool read_dimensions(PlanField field, PlanContext& context, std::vector<std::int64_t>& list) {
  list.clear();
  if (PlainList plain; read_plain_list(field, context, plain)) {
    const auto last = plain.values.begin() + static_cast<std::ptrdiff_t>(plain.size);
    if (std::all_of(plain.values.begin(), last, [](std::int64_t d) { return d >= -1; })) {
      list.assign(plain.values.begin(), last);
      return true;
    }
  }
  const ondemand::json_type type = take(field.value.type());
  if (type != ondemand::json_type::array) {
    visit(field.value, field.depth);
    if (type != ondemand::json_type::null) {
      note_wrong_type(field, context, "a list of numbers", type);
    }
    return false;
  }
  bool known = true;
  for (auto element : take(field.value.get_array())) {
    const WholeNumber number = take_integer(take(std::move(element)), field.depth + 1);
    const auto value = known_value(number, field.key, context);
    if (known && list.size() == most_dimensions) {
      context.note(PlanOddity::too_many_dimensions, field.key,
                   "more dimensions than any tensor has; they are left out");
      known = false;
    }
    known = known && value.has_value();
    if (!known) continue;
    if (*value < -1) {
      context.note(PlanOddity::low_dimension, field.key,
                   "a dimension below -1, which means nothing; its bytes are not known");
    }
    list.push_back(*value);
  }
  if (!known) list.clear();
  return known;
}

void read_small_dims(PlanField field, PlanContext& context, std::int32_t least, SmallDims& dims) {
  dims = {};
  if (read_plain_dims(field, context, least, dims)) return;
  const ondemand::json_type type = take(field.value.type());
  if (type != ondemand::json_type::array) {
    visit(field.value, field.depth);
    if (type != ondemand::json_type::null) {
      note_wrong_type(field, context, "a list of numbers", type);
    }
    return;
  }
  SmallDims read;
  bool known = true;
  for (auto element : take(field.value.get_array())) {
    const WholeNumber number = take_integer(take(std::move(element)), field.depth + 1);
    const auto value = known_value(number, field.key, context);
    if (!value || !known) {
      known = false;
      continue;
    }
    known = *value >= least && *value <= std::numeric_limits<std::int32_t>::max() &&
            read.rank < read.values.size();
    if (known) {
      read.values[read.rank++] = static_cast<std::int32_t>(*value);
    } else {
      context.note(PlanOddity::out_of_range, field.key,
                   fmt::format("expected at most {} numbers of {} or more; it is left out",
                               read.values.size(), least));
    }
  }
  if (known) dims = read;
}

}  // namespace trex
