// Regular expressions in the page: the browser's own, kept in a table on the JavaScript side.
//
// Not linear in the worst case, as RE2 is: the user's own pattern can at most stall the user's
// own page.

// SPDX-License-Identifier: Apache-2.0
#include <emscripten.h>

#include <array>

#include "trex/base/error.hpp"
#include "trex/base/regex.hpp"
#include "trex/base/text.hpp"

// clang-format off
// Gives the number of the expression, or -1 with the reason in `error` (`capacity` bytes).
EM_JS(int, trex_regex_make, (const char* pattern, int length, int ignore_case,
                             char* error, int capacity), {
  try {
    const made = new RegExp(new TextDecoder().decode(HEAPU8.subarray(pattern, pattern + length)), ignore_case ? "sui" : "su");
    if (!Module.trexRegexes) {
      Module.trexRegexes = new Map();
      Module.trexRegexNext = 0;
    }
    Module.trexRegexes.set(Module.trexRegexNext, made);
    return Module.trexRegexNext++;
  } catch (e) {
    stringToUTF8(String(e.message), error, capacity);
    return -1;
  }
});

EM_JS(int, trex_regex_test, (int id, const char* text, int length), {
  return Module.trexRegexes.get(id).test(new TextDecoder().decode(HEAPU8.subarray(text, text + length))) ? 1 : 0;
});

EM_JS(void, trex_regex_drop, (int id), { Module.trexRegexes.delete(id); });
// clang-format on

namespace trex {

struct Regex::Impl {
  explicit Impl(int number) : id(number) {}
  ~Impl() { trex_regex_drop(id); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  int id;
};

Regex::Regex(std::string_view pattern, bool ignore_case) {
  std::array<char, 256> error{};
  const int id = trex_regex_make(pattern.data(), static_cast<int>(pattern.size()),
                                 ignore_case ? 1 : 0, error.data(), static_cast<int>(error.size()));
  if (id < 0) fail("regular expression '{}': {}", printable(pattern), error.data());
  impl_ = std::make_unique<Impl>(id);
}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

bool Regex::matches_part_of(std::string_view text) const {
  return trex_regex_test(impl_->id, text.data(), static_cast<int>(text.size())) != 0;
}

}  // namespace trex
