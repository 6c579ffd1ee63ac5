// What a call gives back, as bytes.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/answer.hpp"

#include "trex/base/text.hpp"

namespace trex::page {
namespace {

constexpr std::size_t alignment = 8;  // of the widest numbers

void pad(std::string& bytes) {
  bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
}

}  // namespace

Answer Answer::of_object(std::string_view object) {
  object = trim(object);
  Answer answer;
  answer.members_ = trim(object.substr(1, object.size() - 2));
  return answer;
}

Answer& Answer::set_text(std::string_view name, std::string_view json) {
  if (!members_.empty()) members_ += ',';
  append_json_string(members_, name);
  members_ += ':';
  members_ += json;
  return *this;
}

Answer& Answer::set(std::string_view name, const Json& value) {
  return set_text(name, value.dump());
}

Json Answer::add_array(std::string_view type, const void* data, std::size_t count,
                       std::size_t size) {
  Json entry;
  entry.set("type", type);
  entry.set("offset", bytes_.size());
  entry.set("length", count);
  arrays_.push_back(std::move(entry));
  if (count > 0) bytes_.append(static_cast<const char*>(data), count * size);
  pad(bytes_);
  Json reference;
  reference.set("$array", arrays_.size() - 1);
  return reference;
}

Json Answer::array(std::span<const double> v) { return add_array("f64", v.data(), v.size(), 8); }
Json Answer::array(std::span<const float> v) { return add_array("f32", v.data(), v.size(), 4); }
Json Answer::array(std::span<const std::int32_t> v) {
  return add_array("i32", v.data(), v.size(), 4);
}
Json Answer::array(std::span<const std::uint32_t> v) {
  return add_array("u32", v.data(), v.size(), 4);
}
Json Answer::array(std::span<const std::uint8_t> v) {
  return add_array("u8", v.data(), v.size(), 1);
}

std::string Answer::encode() const {
  std::string json = "{" + members_ + (members_.empty() ? "" : ",") + "\"$arrays\":";
  json += Json(arrays_).dump() + "}";
  std::string out;
  out.reserve(4 + json.size() + alignment + bytes_.size());
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(json.size() >> shift & 0xFF);
  out += json;
  pad(out);
  return out + bytes_;
}

}  // namespace trex::page
