// Regular expressions that a user wrote: linear time, never a crash (RE2; in the page, the
// browser's own).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace trex {

class Regex {
 public:
  // Throws Error with the reason when the pattern is malformed.
  explicit Regex(std::string_view pattern, bool ignore_case = false);
  ~Regex();
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;

  bool matches_part_of(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trex
