// The page, as the program carries it: one HTML file (make page).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace trex {

bool has_page();
// Throws Error that tells how to get it, in a program that was built without.
std::string_view page_html();

}  // namespace trex
