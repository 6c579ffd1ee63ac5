// The gzip format itself (RFC 1952), where no library reads it: in the page.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace trex {

// All members, one after the other, until `take` returns false; zeros after the last are padding.
// What is wrong with the stream ("is damaged (...)"), or "".
std::string unpack_gzip(std::string_view compressed,
                        const std::function<bool(std::string_view)>& take);

}  // namespace trex
