// What a call gives back: JSON with arrays of numbers beside it, which the page takes as typed
// arrays.
//
// Bytes: u32 length n of the JSON (little-endian), n bytes of JSON, zeros to a multiple of 8, then
// the arrays one after another, each padded to 8. In the JSON {"$array": k} stands for array k; the
// last member, "$arrays", lists type, offset (from the start of the arrays) and length of each.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"

namespace trex::page {

class Answer {
 public:
  // `object` is the text of a JSON object: its members come first.
  static Answer of_object(std::string_view object);

  // Members, in the order they are set; no name twice.
  Answer& set(std::string_view name, const Json& value);
  Answer& set_text(std::string_view name, std::string_view json);  // JSON already written

  // Keeps a copy; gives {"$array": k}.
  Json array(std::span<const double> values);
  Json array(std::span<const float> values);
  Json array(std::span<const std::int32_t> values);
  Json array(std::span<const std::uint32_t> values);
  Json array(std::span<const std::uint8_t> values);

  std::string encode() const;

 private:
  Json add_array(std::string_view type, const void* data, std::size_t count, std::size_t size);

  std::string members_;  // without the braces
  std::string bytes_;    // of the arrays
  Json::Array arrays_;
};

}  // namespace trex::page
