// Kinds of ASCII characters, whatever the locale.

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace trex {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace trex
