// A small JSON value for what is not hot: metadata, one layer's attributes, options, results.
//
// Objects keep their order and their duplicate keys. The hot loaders walk simdjson themselves.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace trex {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  // null
  Json(std::nullptr_t) {}
  // Of exactly these types: a pointer is no truth, and size_t is another type in the page.
  template <std::same_as<bool> T>
  Json(T value) : value_(value) {}
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Json(T value) {
    if (std::in_range<std::int64_t>(value)) {
      value_ = static_cast<std::int64_t>(value);
    } else {  // an unsigned value past int64
      value_ = static_cast<double>(value);
    }
  }
  Json(char) = delete;
  Json(double value) : value_(value) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}
  template <class T>
  Json(const std::optional<T>& value) {
    if (value) *this = Json(*value);
  }

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  std::optional<double> number() const;  // of an integer or a real
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  // The first member of that name, or null when this is no object or has none.
  const Json* find(std::string_view key) const;
  // Appends a member (this must be null or an object) / an element (null or an array).
  Json& set(std::string key, Json value);
  Json& push(Json value);

  const char* type_name() const;  // "null", "boolean", "integer", "number", "string", ...
  // indent 0: one line; else short arrays of scalars stay on one. NaN and infinities are written as
  // null. Invalid UTF-8 becomes U+FFFD.
  std::string dump(int indent = 0) const;

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Strict (a byte-order mark is skipped). Throws Error "file: line L, column C: ...", the column in
// bytes from 1; nesting past 500 is an error. Integers past int64 become doubles.
Json parse_json(std::string_view text, std::string_view file);

// Appends `text` as a JSON string with its quotes. Invalid UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);
// Shortest form that reads back as the same double, and as one ("3.0", not "3"); null for NaN and
// infinities.
void append_json_number(std::string& out, double value);

}  // namespace trex
