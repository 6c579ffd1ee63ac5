// Bytes as text: base64, RFC 4648 section 4.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex {

std::string base64(std::string_view bytes);  // with padding, without line breaks

}  // namespace trex
