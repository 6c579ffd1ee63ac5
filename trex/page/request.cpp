// The arguments of a call.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/request.hpp"

#include "trex/base/error.hpp"

namespace trex::page {
namespace {

[[noreturn]] void fail_type(std::string_view name, std::string_view wanted, const Json& value) {
  const std::string_view got = value.type_name();
  const bool vowel = got[0] == 'a' || got[0] == 'i' || got[0] == 'o';
  fail("argument '{}': expected {}, got {} {}", name, wanted, vowel ? "an" : "a", got);
}

}  // namespace

Request::Request(std::string_view text) : json_(parse_json(text, "request")) {
  const Json* call = json_.find("call");
  if (call == nullptr || call->text() == nullptr) fail("request: no text member 'call'");
  call_ = *call->text();
}

const Json* Request::find(std::string_view name) const {
  const Json* value = json_.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string Request::text(std::string_view name) const {
  const Json* value = find(name);
  if (value == nullptr) return "";
  if (value->text() == nullptr) fail_type(name, "a text", *value);
  return *value->text();
}

std::vector<std::string> Request::texts(std::string_view name) const {
  const Json* value = find(name);
  std::vector<std::string> list;
  if (value == nullptr) return list;
  if (value->text() != nullptr) return {*value->text()};
  if (value->array() == nullptr) fail_type(name, "a list of texts", *value);
  for (const Json& item : *value->array()) {
    if (item.text() == nullptr) fail_type(name, "a list of texts", item);
    list.push_back(*item.text());
  }
  return list;
}

std::vector<std::int64_t> Request::integers(std::string_view name) const {
  const Json* value = find(name);
  std::vector<std::int64_t> list;
  if (value == nullptr) return list;
  if (value->array() == nullptr) fail_type(name, "a list of integers", *value);
  for (const Json& item : *value->array()) {
    if (item.integer() == nullptr) fail_type(name, "a list of integers", item);
    list.push_back(*item.integer());
  }
  return list;
}

bool Request::flag(std::string_view name, bool otherwise) const {
  const Json* value = find(name);
  if (value == nullptr) return otherwise;
  if (value->boolean() == nullptr) fail_type(name, "true or false", *value);
  return *value->boolean();
}

bool Request::flag(std::string_view name) const { return flag(name, false); }

std::optional<std::int64_t> Request::integer(std::string_view name) const {
  const Json* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->integer() == nullptr) fail_type(name, "an integer", *value);
  return *value->integer();
}

std::int64_t Request::required_integer(std::string_view name) const {
  const std::optional<std::int64_t> value = integer(name);
  if (!value) fail("argument '{}' is missing", name);
  return *value;
}

}  // namespace trex::page
