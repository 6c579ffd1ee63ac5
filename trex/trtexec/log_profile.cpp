// The console table of trtexec --dumpProfile, in both of its shapes.
//
// 8.0 to 8.5: "name   Time (ms)   Avg. Time (ms)   [Median Time (ms)]   Time %", the name
// right-aligned; from 8.6: "Time(ms)   Avg.(ms)   Median(ms)   Time(%)   Layer", the name last. A
// name may hold spaces and numbers, so a row is read from the side on which its numbers are.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <limits>

#include "trex/base/text.hpp"
#include "trex/trtexec/log_reader.hpp"

namespace trex::trtexec {
namespace {

// A number of the table; a total of zero makes trtexec print "nan" or "-nan" as percentage.
std::optional<double> cell(std::string_view word) {
  if (contains_ignoring_case(word, "nan") || contains_ignoring_case(word, "inf")) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return parse_real(word);
}

std::string_view take_first_word(std::string_view& text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

std::string_view take_last_word(std::string_view& text) {
  text = text.substr(0, text.find_last_not_of(" \t") + 1);
  const std::size_t space = text.find_last_of(" \t");
  const std::size_t begin = space == std::string_view::npos ? 0 : space + 1;
  const std::string_view word = text.substr(begin);
  text = text.substr(0, begin);
  return word;
}

std::optional<std::int64_t> iterations_in(std::string_view text) {
  constexpr std::string_view before = "=== Profile (";
  if (!starts_with(text, before)) return std::nullopt;
  text.remove_prefix(before.size());
  return parse_integer(text.substr(0, text.find(' ')));
}

}  // namespace

void ProfileTableReader::begin(std::string_view header, Log& log) {
  shape_ = starts_with(header, "Layer") ? Shape::name_first : Shape::name_last;
  has_median_ = contains(header, "Median");
  log.profile.clear();
}

std::optional<ProfileTableRow> ProfileTableReader::row(std::string_view text) const {
  const std::size_t count = has_median_ ? 4 : 3;
  std::array<double, 4> numbers{};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view word =
        shape_ == Shape::name_last ? take_first_word(text) : take_last_word(text);
    const std::optional<double> number = cell(word);
    if (!number) return std::nullopt;
    numbers[shape_ == Shape::name_last ? i : count - 1 - i] = *number;
  }
  ProfileTableRow result{std::string(trim(text)), numbers[0], numbers[1], std::nullopt,
                         numbers[count - 1]};
  if (has_median_) result.median_ms = numbers[2];
  return result;
}

bool ProfileTableReader::take(const LogLine& line, Log& log) {
  const std::string_view text = trim(line.text);
  if (const std::optional<std::int64_t> iterations = iterations_in(text)) {
    finish(log);
    log.profile_iterations = iterations;
    return true;
  }
  const bool mentions_time = contains(text, "Time (ms)") || contains(text, "Time(ms)");
  if (mentions_time && contains(text, "Layer") && contains(text, "Avg.")) {
    begin(text, log);
    return true;
  }
  if (shape_ == Shape::none) return false;
  if (line.library || line.severity == 'W' || line.severity == 'E') return false;
  std::optional<ProfileTableRow> found = row(line.text);
  if (!found) {
    // The first line that is no row ends the table, but an interleaved blank before it does not.
    if (!log.profile.empty()) finish(log);
    return false;
  }
  log.profile.push_back(std::move(*found));
  return true;
}

void ProfileTableReader::finish(Log& log) {
  if (shape_ == Shape::none) return;
  shape_ = Shape::none;
  if (!log.profile.empty() && log.profile.back().name == "Total") log.profile.pop_back();
}

}  // namespace trex::trtexec
