// The longest common subsequence of two sequences of numbers, by Myers' divide and conquer.
//
// E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, the linear-space form. Where
// the sequences differ so much that it would become quadratic, it settles for the furthest it came,
// as diff programs do: the result is then a common subsequence, not the longest.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace trex::compare {

// (i, j) with a[i] == b[j], both ascending. O((N + M) D) time with D at most `cost_limit` a step,
// O(N + M) memory.
std::vector<std::pair<std::uint32_t, std::uint32_t>> common_subsequence(
    std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
    std::int64_t cost_limit = 512);

}  // namespace trex::compare
