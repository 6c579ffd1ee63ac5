// The one exception for bad input: what is wrong, where, and how to fix it, in one line.
//
// Thrown anywhere below the command line; caught only in main, the request handler and the
// binding. Our own bugs are asserts, and what may simply be absent is a std::optional.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace trex {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// fail("'{}' is not a file", path): formats and throws.
template <class... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) {
  throw Error(fmt::format(format, std::forward<Args>(args)...));
}

// fail_at("plan.json", "/Layers/3/Inputs", "expected an array, got a string"):
// "plan.json: /Layers/3/Inputs: expected an array, got a string".
[[noreturn]] inline void fail_at(std::string_view file, std::string_view where,
                                 std::string_view message) {
  if (where.empty()) fail("{}: {}", file, message);
  fail("{}: {}: {}", file, where, message);
}

}  // namespace trex
