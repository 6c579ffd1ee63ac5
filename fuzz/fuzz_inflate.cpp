// Any bytes as deflate and gzip: what the page's reader unpacks, zlib unpacks alike.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trex/base/error.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/gzip_format.hpp"
#include "trex/base/inflate.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t most_bytes = 1 << 20;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string text;
  const auto take = [&](std::string_view piece) {
    text += piece;
    return text.size() < most_bytes;
  };
  trex::inflate(bytes, take);
  text.clear();
  const std::string problem = trex::unpack_gzip(bytes, take);
  if (!trex::is_gzip(bytes) || !problem.empty() || text.size() >= most_bytes) return 0;
  try {
    if (trex::inflate_gzip(bytes, "f", 2 * most_bytes).view() != text) std::abort();
  } catch (const trex::Error&) {
    std::abort();
  }
  return 0;
}
