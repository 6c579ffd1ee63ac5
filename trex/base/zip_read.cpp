// Whole members, and their beginnings, from the pieces that the reader gives.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>

#include "trex/base/grown_buffer.hpp"
#include "trex/base/zip.hpp"

namespace trex {

Bytes ZipReader::read(const ZipEntry& entry) const {
  GrownBuffer buffer;
  read(entry, [&](std::string_view piece) {
    // Grows with what there is, never by what is declared.
    const std::size_t room = std::max(piece.size(), buffer.size());
    std::memcpy(buffer.room(room, path_), piece.data(), piece.size());
    buffer.advance(piece.size());
    return true;
  });
  return std::move(buffer).finish();
}

std::string ZipReader::read_head(const ZipEntry& entry, std::size_t count) const {
  std::string head;
  read(entry, [&](std::string_view piece) {
    head += piece.substr(0, count - head.size());
    return head.size() < count;
  });
  return head;
}

}  // namespace trex
