// A million records differ only in their digits, so the text between the numbers is learnt from
// the first two records and then only compared.
//
// That reads 265 MB at about twice the speed of a JSON parser, which has to find out anew for each
// record what it is made of. Numbers are taken only when they convert exactly: up to 15 digits
// (a mantissa below 2^53) and a power of ten up to 22, both exact doubles, so that the one division
// rounds correctly (Clinger 1990, "How to read floating point numbers accurately").

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/timing_scan.hpp"
#include "trex/load/json_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr std::size_t most_fields = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// The text must end with a byte that no number holds: the loops below rely on it.
bool take_digits(const char*& at, std::uint64_t& mantissa, int& digits) {
  const char* begin = at;
  for (; is_digit(*at); ++at) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*at - '0');
  digits += static_cast<int>(std::min<std::ptrdiff_t>(at - begin, 100));
  return at > begin && digits <= 19;
}

bool take_exponent(const char*& at, int& exponent) {
  ++at;
  const bool negative = *at == '-';
  if (negative || *at == '+') ++at;
  std::uint64_t value = 0;
  int digits = 0;
  if (!take_digits(at, value, digits) || digits > 3) return false;
  exponent += negative ? -static_cast<int>(value) : static_cast<int>(value);
  return true;
}

bool take_number(const char*& at, double& result) {
  static constexpr std::array<double, 23> power{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const bool negative = *at == '-';
  if (negative) ++at;
  const char* begin = at;
  std::uint64_t mantissa = 0;
  int digits = 0;
  int exponent = 0;
  if (!take_digits(at, mantissa, digits)) return false;
  if (*begin == '0' && at - begin > 1) return false;  // "007" is no JSON
  if (*at == '.') {
    const int before = digits;
    ++at;
    if (!take_digits(at, mantissa, digits)) return false;
    exponent = before - digits;
  }
  if ((*at == 'e' || *at == 'E') && !take_exponent(at, exponent)) return false;
  if (mantissa >= std::uint64_t{1} << 53 || exponent > 22 || exponent < -22) return false;
  const double whole = static_cast<double>(mantissa);
  const double value = exponent < 0 ? whole / power[static_cast<std::size_t>(-exponent)]
                                    : whole * power[static_cast<std::size_t>(exponent)];
  result = negative ? -value : value;
  return true;
}

class TimingScanner {
 public:
  TimingScanner(std::string_view text, bool (*is_wanted)(std::string_view))
      : at_(text.data()),
        begin_(text.data()),
        end_(text.data() + text.size()),
        is_wanted_(is_wanted) {}

  std::optional<ScannedTiming> scan() {
    if (!take('[') || !learn_record()) return std::nullopt;
    if (at_end()) return finish();
    const char* after_first = at_;
    if (!take('}') || !take(',') || !take('{')) return std::nullopt;
    std::string_view key;
    if (!take_key(key) || key != result_.keys.front()) return std::nullopt;
    between_records_ = std::string_view(after_first, static_cast<std::size_t>(at_ - after_first));
    reserve();
    while (true) {
      if (!read_record()) return std::nullopt;
      if (follows(between_records_)) continue;
      if (at_end()) return finish();
      return std::nullopt;
    }
  }

 private:
  void skip_space() {
    while (at_ < end_ && is_json_space(*at_)) ++at_;
  }
  bool take(char c) {
    skip_space();
    if (at_ >= end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool take_key(std::string_view& key) {
    if (!take('"')) return false;
    const char* begin = at_;
    // A key with an escape, a control byte or more than ASCII is for the real reader.
    while (at_ < end_ && *at_ != '"' && *at_ != '\\' && *at_ >= ' ') ++at_;
    key = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
    if (!take('"') || !take(':')) return false;
    skip_space();
    return at_ < end_;
  }
  // The end of the list and of the text; moves only when it is.
  bool at_end() {
    const char* before = at_;
    if (take('}') && take(']')) {
      skip_space();
      if (at_ == end_) return true;
    }
    at_ = before;
    return false;
  }
  bool follows(std::string_view literal) {
    if (static_cast<std::size_t>(end_ - at_) < literal.size()) return false;
    if (std::memcmp(at_, literal.data(), literal.size()) != 0) return false;
    at_ += literal.size();
    return true;
  }
  // The first record: its keys, and the text before each number but the first.
  bool learn_record() {
    if (!take('{')) return false;
    const char* after_number = nullptr;
    do {
      std::string_view key;
      if (!take_key(key) || result_.keys.size() >= most_fields) return false;
      if (std::count(result_.keys.begin(), result_.keys.end(), key) > 0) return false;
      if (after_number != nullptr) {
        before_number_.emplace_back(after_number, static_cast<std::size_t>(at_ - after_number));
      }
      double number = 0;
      if (!take_number(at_, number)) return false;
      after_number = at_;
      result_.keys.emplace_back(key);
      wanted_.push_back(is_wanted_(key));
      result_.columns.emplace_back();
      if (wanted_.back()) result_.columns.back().push_back(number);
    } while (take(','));
    at_ = after_number;
    ++result_.rows;
    return true;
  }
  // Room for as many records as there can be if they are no shorter than the first.
  void reserve() {
    const auto length = static_cast<std::size_t>(at_ - begin_);
    const std::size_t count =
        static_cast<std::size_t>(end_ - begin_) / std::max<std::size_t>(length, 32) + 2;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i]) result_.columns[i].reserve(count);
    }
  }
  bool read_record() {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (i > 0 && !follows(before_number_[i - 1])) return false;
      double number = 0;
      if (!take_number(at_, number)) return false;
      if (wanted_[i]) result_.columns[i].push_back(number);
    }
    ++result_.rows;
    return true;
  }
  std::optional<ScannedTiming> finish() { return std::move(result_); }

  const char* at_;
  const char* begin_;
  const char* end_;
  bool (*is_wanted_)(std::string_view);
  std::vector<bool> wanted_;
  std::vector<std::string_view> before_number_;
  std::string_view between_records_;
  ScannedTiming result_;
};

}  // namespace

std::optional<ScannedTiming> scan_timing(std::string_view text,
                                         bool (*is_wanted)(std::string_view key)) {
  text = trim(text);
  // So numbers cannot run past the end, see take_digits().
  if (!ends_with(text, "]")) return std::nullopt;
  return TimingScanner(text, is_wanted).scan();
}

}  // namespace trex
