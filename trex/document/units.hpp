// How a value with a unit is said to people: "588.0 KiB", "12.3%", "0.351 ms", "118.0 MMAC".
//
// For sentences, fact lines and table cells of every format that people read; programs get the
// plain number.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "trex/base/json.hpp"
#include "trex/table/key.hpp"

namespace trex {

// human_bytes() of a real: sizes that files state may be past any integer.
std::string human_byte_size(double bytes);
// With `decimals` places, without a sign on zero; huge values in exponent form.
std::string fixed(double value, int decimals);
// Decimals at which milliseconds (and other reals) of one list are compared: the largest keeps
// 4 significant digits, and nothing finer than 5 places or coarser than 3 is shown.
int common_decimals(std::span<const double> values);
// "1 layer", "3 layers".
std::string counted(std::size_t count, std::string_view noun);
// A value with its unit, as said in a sentence: "0.3512 ms", "12.3%", "yes", "1x3x224x224";
// "-" when unknown.
std::string said(const Json& value, Unit unit);

}  // namespace trex
