// Figures for people: bytes, times, counts, shares, short and always in the same form.
//
// Bytes are binary (1 KiB = 1024 B) and say so by the unit: GPU memory and tensor sizes come in
// powers of two. Machines get the raw figures instead.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace trex {

std::string human_bytes(std::int64_t bytes);  // "512 B", "3.3 MiB", "-1.0 KiB"
// Milliseconds to 4 significant digits, without the unit: "0.01234", "12.35", "1235"; "" for NaN.
std::string human_ms(double ms);
std::string human_count(double count);       // "950", "1.2 k", "1.2 G", "3.0 T"; "" for NaN
std::string human_percent(double fraction);  // 0.123 -> "12.3%"; "" for NaN

}  // namespace trex
