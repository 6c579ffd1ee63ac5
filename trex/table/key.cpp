// Symbols of units.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/key.hpp"

namespace trex {

std::string_view unit_symbol(Unit unit) {
  switch (unit) {
    case Unit::none:
      return "";
    case Unit::milliseconds:
      return "ms";
    case Unit::bytes:
      return "B";
    case Unit::fraction:
      return "%";
    case Unit::count:
      return "";
    case Unit::macs:
      return "MAC";
    case Unit::flops:
      return "FLOP";
    case Unit::flops_per_byte:
      return "FLOP/B";
    case Unit::tflops_per_second:
      return "TFLOP/s";
    case Unit::gigabytes_per_second:
      return "GB/s";
    case Unit::megahertz:
      return "MHz";
  }
  return "";
}

}  // namespace trex
