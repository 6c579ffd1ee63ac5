// "Did you mean": the known name nearest to what was typed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace trex {

// The nearest by edit distance (a swap of neighbours counts one), ignoring case and '-' against
// '_'; nothing when even the nearest is no likely typo.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& names);
// ", did you mean 'time_ms'?" or, with none near, "; known: a, b, c" (at most 20 names).
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names);

}  // namespace trex
