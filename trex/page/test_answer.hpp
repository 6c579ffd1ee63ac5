// Reads an encoded answer the way the page does, for tests.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/page/calls.hpp"

namespace trex::page {

struct ReadAnswer {
  Json json;
  std::string arrays;  // their bytes

  const Json& operator[](std::string_view name) const {
    const Json* member = json.find(name);
    if (member == nullptr) ADD_FAILURE() << "no member '" << name << "' in " << json.dump();
    static const Json none;
    return member == nullptr ? none : *member;
  }
  std::string error() const {
    const Json* message = json.find("error");
    return message == nullptr ? "" : *message->text();
  }
  // What a {"$array": k} stands for.
  template <class T>
  std::vector<T> values(const Json& reference, std::string_view type) const {
    const Json* number = reference.find("$array");
    if (number == nullptr) {
      ADD_FAILURE() << "no array: " << reference.dump();
      return {};
    }
    const Json& entry =
        (*json.find("$arrays")->array()).at(static_cast<std::size_t>(*number->integer()));
    EXPECT_EQ(*entry.find("type")->text(), type);
    const auto offset = static_cast<std::size_t>(*entry.find("offset")->integer());
    std::vector<T> result(static_cast<std::size_t>(*entry.find("length")->integer()));
    EXPECT_EQ(offset % 8, 0u);
    EXPECT_LE(offset + result.size() * sizeof(T), arrays.size());
    if (!result.empty()) {
      std::memcpy(result.data(), arrays.data() + offset, result.size() * sizeof(T));
    }
    return result;
  }
  const Json& column(std::string_view name) const {
    for (const Json& entry : *json.find("columns")->array()) {
      if (*entry.find("name")->text() == name) return entry;
    }
    ADD_FAILURE() << "no column '" << name << "'";
    return json;
  }
};

inline ReadAnswer read_answer(const std::string& bytes) {
  std::uint32_t length = 0;
  for (unsigned i = 0; i < 4; ++i) {
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes.at(i))) << 8 * i;
  }
  EXPECT_EQ(bytes.size() % 8, 0u);
  const std::size_t start = (4 + length + 7) / 8 * 8;
  EXPECT_LE(start, bytes.size());
  return {parse_json(std::string_view(bytes).substr(4, length), "answer"), bytes.substr(start)};
}

inline ReadAnswer ask(Session& session, std::string_view request) {
  return read_answer(call(session, request));
}

}  // namespace trex::page
