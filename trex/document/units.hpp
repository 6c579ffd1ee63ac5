// How a number with a unit is said to people: "588.0 KiB", "12.3 %", "0.351 ms", "118.0 M".
//
// For sentences, fact lines and table cells of every format that people read; programs get the
// plain number.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "trex/base/json.hpp"
#include "trex/table/key.hpp"

namespace trex {

std::string human_bytes(double bytes);  // "864 B", "1.5 KiB", "2.3 GiB"
std::string human_count(double count);  // "864", "1.50 k", "118.00 M", "3.20 G": powers of 1000
// With `decimals` places, without a sign on zero; huge values in exponent form.
std::string fixed(double value, int decimals);
// Decimals at which milliseconds (and other reals) of one list are compared: the largest keeps
// 4 significant digits, and nothing finer than 5 places or coarser than 3 is shown.
int common_decimals(std::span<const double> values);
// A value with its unit, as said in a sentence: "0.3512 ms", "12.3 %", "yes", "1x3x224x224";
// "-" when unknown.
std::string said(const Json& value, Unit unit);

}  // namespace trex
