// Regular expressions by RE2: linear in the text, with bounded memory.

// SPDX-License-Identifier: Apache-2.0
#include <re2/re2.h>

#include "trex/base/error.hpp"
#include "trex/base/regex.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr std::int64_t max_program_bytes = std::int64_t{8} << 20;  // RE2's own default, stated

re2::RE2::Options options(bool ignore_case) {
  re2::RE2::Options result;
  result.set_log_errors(false);
  result.set_case_sensitive(!ignore_case);
  result.set_max_mem(max_program_bytes);
  result.set_dot_nl(true);  // names may hold line breaks
  return result;
}

}  // namespace

struct Regex::Impl {
  Impl(std::string_view pattern, bool ignore_case)
      : expression(re2::StringPiece(pattern.data(), pattern.size()), options(ignore_case)) {}
  re2::RE2 expression;
};

Regex::Regex(std::string_view pattern, bool ignore_case)
    : impl_(std::make_unique<Impl>(pattern, ignore_case)) {
  if (!impl_->expression.ok()) {
    fail("regular expression '{}': {}", printable(pattern), printable(impl_->expression.error()));
  }
}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

bool Regex::matches_part_of(std::string_view text) const {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), impl_->expression);
}

}  // namespace trex
