// The protobuf wire format, written: as much of it as an ONNX model needs.
//
// A message is a run of fields: a tag (number << 3 | wire type), then a varint, four bytes or a
// length and bytes. (https://protobuf.dev/programming-guides/encoding/) Written here rather than
// through libprotobuf: five functions against two libraries that every start would pay for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace trex::render {

class Message {
 public:
  void integer(std::uint32_t field, std::int64_t value) {
    varint(field << 3);
    varint(static_cast<std::uint64_t>(value));
  }
  void real(std::uint32_t field, float value) {
    varint(field << 3 | 5);
    std::uint32_t bits = 0;  // the page's compiler has no std::bit_cast
    std::memcpy(&bits, &value, sizeof bits);
    for (int shift = 0; shift < 32; shift += 8) bytes_ += static_cast<char>(bits >> shift & 0xFF);
  }
  void text(std::uint32_t field, std::string_view value) {
    varint(field << 3 | 2);
    varint(value.size());
    bytes_ += value;
  }
  void message(std::uint32_t field, const Message& value) { text(field, value.bytes_); }

  const std::string& bytes() const { return bytes_; }

 private:
  void varint(std::uint64_t value) {
    for (; value > 0x7F; value >>= 7) bytes_ += static_cast<char>((value & 0x7F) | 0x80);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
};

}  // namespace trex::render
