// SHA-256 (FIPS 180-4), to say which bytes a file held.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace trex {

class Sha256 {
 public:
  void update(std::string_view bytes);
  // 64 hexadecimal digits, in lower case, of everything so far; only once.
  std::string finish();

 private:
  void add_block(const char* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<char, 64> pending_{};
  std::size_t pending_size_ = 0;
  std::uint64_t size_ = 0;
};

std::string sha256(std::string_view bytes);

}  // namespace trex
