// The value: finding, appending and writing.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

#include "trex/base/utf8.hpp"

namespace trex {
namespace {

constexpr std::size_t most_per_line = 16;  // scalars of an array that stay on one line

bool is_plain_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F &&
         c != '"' && c != '\\';
}

void append_escape(std::string& out, char32_t code) {
  switch (code) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  // DEL is legal, yet no terminal should see it; U+2028 and U+2029 end a line in old JavaScript.
  if (code < 0x20 || code == 0x7F || code == 0x2028 || code == 0x2029) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(code));
  } else {
    append_utf8(out, code);
  }
}

class Writer {
 public:
  Writer(std::string& out, int indent) : out_(out), indent_(indent) {}

  void write(const Json& value, int depth) {
    if (const auto* array = value.array()) {
      write_array(*array, depth);
    } else if (const auto* object = value.object()) {
      write_object(*object, depth);
    } else {
      write_scalar(value);
    }
  }

 private:
  void write_scalar(const Json& value) {
    if (const auto* text = value.text()) {
      append_json_string(out_, *text);
    } else if (const auto* integer = value.integer()) {
      fmt::format_to(std::back_inserter(out_), "{}", *integer);
    } else if (const auto* boolean = value.boolean()) {
      out_ += *boolean ? "true" : "false";
    } else if (const auto real = value.number()) {
      append_json_number(out_, *real);
    } else {
      out_ += "null";
    }
  }

  void new_line(int depth) {
    if (indent_ <= 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(depth) * static_cast<std::size_t>(indent_), ' ');
  }

  bool fits_line(const Json::Array& array) const {
    return indent_ <= 0 || (array.size() <= most_per_line &&
                            std::none_of(array.begin(), array.end(), [](const Json& element) {
                              return element.array() != nullptr || element.object() != nullptr;
                            }));
  }

  void write_array(const Json::Array& array, int depth) {
    const bool one_line = fits_line(array);
    out_ += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i != 0) out_ += one_line && indent_ > 0 ? ", " : ",";
      if (!one_line) new_line(depth + 1);
      write(array[i], depth + 1);
    }
    if (!one_line) new_line(depth);
    out_ += ']';
  }

  void write_object(const Json::Object& object, int depth) {
    out_ += '{';
    for (std::size_t i = 0; i < object.size(); ++i) {
      if (i != 0) out_ += ',';
      new_line(depth + 1);
      append_json_string(out_, object[i].first);
      out_ += indent_ > 0 ? ": " : ":";
      write(object[i].second, depth + 1);
    }
    if (!object.empty()) new_line(depth);
    out_ += '}';
  }

  std::string& out_;
  int indent_;
};

}  // namespace

std::optional<double> Json::number() const {
  if (const auto* whole = integer()) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value_)) return *real;
  return std::nullopt;
}

const Json* Json::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const Member& member) { return member.first == key; });
  return found == members->end() ? nullptr : &found->second;
}

Json& Json::set(std::string key, Json value) {
  if (is_null()) value_ = Object();
  assert(object() != nullptr);
  std::get<Object>(value_).emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array();
  assert(array() != nullptr);
  std::get<Array>(value_).push_back(std::move(value));
  return *this;
}

const char* Json::type_name() const {
  constexpr const char* names[] = {"null",   "boolean", "integer", "number",
                                   "string", "array",   "object"};
  return names[value_.index()];
}

std::string Json::dump(int indent) const {
  std::string out;
  Writer(out, indent).write(*this, 0);
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_plain_ascii(text[end])) ++end;
    out += text.substr(at, end - at);
    if (end == text.size()) break;
    const Utf8Character c = utf8_at(text, end);
    append_escape(out, c.code);
    at = end + c.length;
  }
  out += '"';
}

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  const std::size_t start = out.size();
  fmt::format_to(std::back_inserter(out), "{}", value);
  // 3 would read back as an integer.
  if (out.find_first_of(".e", start) == std::string::npos) out += ".0";
}

}  // namespace trex
