// Rounding and units.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/units.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <iterator>

namespace trex {
namespace {

// Scaled until it shows as less than `step` with one decimal: 1023.97 KiB is "1.0 MiB".
template <std::size_t N>
std::string scaled(double value, double step, const char* const (&units)[N]) {
  std::size_t unit = 0;
  while (unit + 1 < N && std::abs(value) >= step - 0.05) {
    value /= step;
    ++unit;
  }
  return fmt::format("{:.1f} {}", value, units[unit]);
}

}  // namespace

std::string human_bytes(std::int64_t bytes) {
  if (bytes > -1024 && bytes < 1024) return fmt::format("{} B", bytes);
  constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  return scaled(static_cast<double>(bytes) / 1024, 1024, units);
}

std::string human_ms(double ms) {
  if (std::isnan(ms)) return "";
  if (std::isinf(ms)) return ms < 0 ? "-inf" : "inf";
  if (ms == 0) return "0";
  // The power of ten after rounding to 4 digits: 9.99996 is 10.00, not 10.000.
  std::string rounded = fmt::format("{:.3e}", ms);
  const int power = std::stoi(rounded.substr(rounded.find('e') + 1));
  if (power < -6 || power > 9) return rounded;
  return fmt::format("{:.{}f}", ms, power >= 3 ? 0 : 3 - power);
}

std::string human_count(double count) {
  if (std::isnan(count)) return "";
  if (std::isinf(count)) return count < 0 ? "-inf" : "inf";
  if (std::abs(count) < 999.5) {
    return count == std::trunc(count) ? fmt::format("{:.0f}", count) : fmt::format("{:.1f}", count);
  }
  constexpr const char* units[] = {"k", "M", "G", "T", "P", "E"};
  return scaled(count / 1000, 1000, units);
}

std::string human_percent(double fraction) {
  if (std::isnan(fraction)) return "";
  return fmt::format("{:.1f}%", 100 * fraction);
}

}  // namespace trex
