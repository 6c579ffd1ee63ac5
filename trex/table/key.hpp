// A column declared once: its name, unit and meaning, with the type of its values.
//
//   inline constexpr Key<double> time_ms{"time_ms", Unit::milliseconds, "mean time per inference"};
//
// One spelling everywhere: C++, JSON, the command line, the page and Python.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace trex {

enum class Unit : std::uint8_t {
  none,
  milliseconds,
  bytes,
  fraction,  // 0 to 1, shown as percent
  count,
  macs,
  flops,
  flops_per_byte,
  tflops_per_second,
  gigabytes_per_second,
  megahertz,
};
std::string_view unit_symbol(Unit unit);  // "ms", "B", "%", "", "MAC", "FLOP", "FLOP/B", ...

// T is one of: bool, std::int64_t, double, std::string_view, Integers, Texts.
// Integers and Texts are lists: several values in one cell.
struct Integers;
struct Texts;

template <class T>
struct Key {
  std::string_view name;
  Unit unit;
  std::string_view meaning;
};

}  // namespace trex
