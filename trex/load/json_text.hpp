// Characters of JSON text that several readers of it look for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace trex {

inline constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

inline bool is_json_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace trex
