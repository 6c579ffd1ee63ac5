// gzip in the page, by our own inflate: Debian ships zlib compiled only.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "trex/base/error.hpp"
#include "trex/base/grown_buffer.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/gzip_format.hpp"
#include "trex/base/units.hpp"

namespace trex {

Bytes inflate_gzip(std::string_view compressed, const std::string& file, std::size_t limit) {
  GrownBuffer buffer;
  const std::string problem = unpack_gzip(compressed, [&](std::string_view piece) {
    std::memcpy(buffer.room(std::max(piece.size(), buffer.size()), file), piece.data(),
                piece.size());
    buffer.advance(piece.size());
    return buffer.size() <= limit;
  });
  if (!problem.empty())
    fail("{}: the gzip stream {}; copy it again", printable_path(file), problem);
  if (buffer.size() > limit) {
    fail("{}: decompresses to more than {}; decompress it and look at what it is",
         printable_path(file), human_bytes(static_cast<std::int64_t>(limit)));
  }
  return std::move(buffer).finish();
}

std::string inflate_gzip_head(std::string_view compressed, const std::string&, std::size_t count) {
  std::string head;
  unpack_gzip(compressed, [&](std::string_view piece) {
    head += piece.substr(0, count - head.size());
    return head.size() < count;
  });
  return head;
}

}  // namespace trex
