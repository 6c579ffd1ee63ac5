// Deflate (RFC 1951) unpacked, and CRC-32, where no library does it: in the page.
//
// Natively zlib and libzip do it faster; there this is built only to be tested against them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace trex {

// Of `bytes` that follow what gave `before`; 0 at the start.
std::uint32_t crc32(std::string_view bytes, std::uint32_t before = 0);

struct Inflated {
  std::size_t used = 0;  // bytes of the compressed text, when `problem` is empty
  std::string problem;   // "damaged (...)"; empty: it was whole, or `take` had enough
};
// Gives the bytes piece by piece until `take` returns false.
Inflated inflate(std::string_view compressed, const std::function<bool(std::string_view)>& take);

}  // namespace trex
