// How a value with a unit is said to people.

// SPDX-License-Identifier: Apache-2.0
#include "trex/document/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "trex/base/units.hpp"

namespace trex {
std::string fixed(double value, int decimals) {
  if (std::abs(value) >= 1e15) return fmt::format("{:.4g}", value);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
  if (is_zero && text[0] == '-') text.erase(0, 1);
  return text;
}

std::string human_byte_size(double bytes) {
  constexpr double largest_whole = 9.2e18;  // below 2^63
  if (std::abs(bytes) < largest_whole) return human_bytes(static_cast<std::int64_t>(bytes));
  return fmt::format("{:.3g} B", bytes);
}

int common_decimals(std::span<const double> values) {
  double largest = 0;
  for (const double value : values) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  if (largest <= 0) return 3;
  return std::clamp(3 - static_cast<int>(std::floor(std::log10(largest))), 3, 5);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

namespace {

std::string said_number(double value, Unit unit) {
  switch (unit) {
    case Unit::bytes:
      return human_byte_size(value);
    case Unit::fraction:
      return human_percent(value);
    case Unit::milliseconds:
      return human_ms(value) + " ms";
    case Unit::macs:
    case Unit::flops: {
      const std::string text = human_count(value);
      const bool prefixed = text.find(' ') != std::string::npos;
      return fmt::format("{}{}{}", text, prefixed ? "" : " ", unit_symbol(unit));
    }
    default:
      break;
  }
  const std::string number = value == std::floor(value) && std::abs(value) < 1e15
                                 ? fixed(value, 0)
                                 : fmt::format("{:.4g}", value);
  const std::string_view symbol = unit_symbol(unit);
  return symbol.empty() ? number : fmt::format("{} {}", number, symbol);
}

}  // namespace

std::string said(const Json& value, Unit unit) {
  if (value.is_null()) return "-";
  if (const bool* flag = value.boolean()) return *flag ? "yes" : "no";
  if (const std::string* text = value.text()) return text->empty() ? "-" : *text;
  if (const std::optional<double> number = value.number()) {
    return std::isfinite(*number) ? said_number(*number, unit) : "-";
  }
  if (const Json::Array* array = value.array()) {
    const bool dims = std::all_of(array->begin(), array->end(),
                                  [](const Json& item) { return item.integer() != nullptr; });
    std::string result;
    for (const Json& item : *array) {
      if (!result.empty()) result += dims ? "x" : ", ";
      result += said(item, unit);
    }
    return result;
  }
  return value.dump();
}

}  // namespace trex
