// The arguments of a call, read with their types: what the page sends is as untrusted as a file.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"

namespace trex::page {

class Request {
 public:
  // Throws Error when the text is no JSON object with a text "call".
  explicit Request(std::string_view text);

  const std::string& call() const { return call_; }
  // Absent or null gives "", no elements, false, nothing. Throws Error that names the argument when
  // it has another type.
  std::string text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;  // a single text counts as a list
  std::vector<std::int64_t> integers(std::string_view name) const;
  bool flag(std::string_view name) const;
  bool flag(std::string_view name, bool otherwise) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  // Throws Error when it is absent.
  std::int64_t required_integer(std::string_view name) const;
  const Json* find(std::string_view name) const;  // null when absent or null

 private:
  Json json_;
  std::string call_;
};

}  // namespace trex::page
