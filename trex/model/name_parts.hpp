// Layer names taken apart into the nodes they name.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace trex {

// Appends the nodes that a layer name names, as views of it: "PWN(PWN(a), b) + c" -> a, b, c;
// "{ForeignNode[a...b]}" -> a, b; "Reformatting CopyNode for Input Tensor 0 to a" -> a. Kernels
// that Myelin generated name none. Linear in the name, and never recursive.
void append_name_ops(std::string_view name, std::vector<std::string_view>& ops);

// Without "_myl2_13", "_myl2" and " [profile 3]" at its end.
std::string_view without_name_suffix(std::string_view name);

}  // namespace trex
