// gzip: a header with fields that may be there, deflate, a CRC and a size.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/gzip_format.hpp"

#include <cstdint>

#include "trex/base/gzip.hpp"
#include "trex/base/inflate.hpp"

namespace trex {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = size; i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

// RFC 1952 2.3.1: bytes of the header, or npos when it is cut short, damaged, or of another kind.
std::size_t header_size(std::string_view member) {
  constexpr unsigned reserved = 0xe0, has_crc = 2, has_extra = 4, has_name = 8, has_comment = 16;
  if (member.size() < 10) return std::string_view::npos;
  const auto flags = static_cast<unsigned char>(member[3]);
  if ((flags & reserved) != 0) return std::string_view::npos;
  std::size_t at = 10;
  if ((flags & has_extra) != 0) {
    if (member.size() < at + 2) return std::string_view::npos;
    at += 2 + number_at(member, at, 2);
  }
  for (const unsigned text : {has_name, has_comment}) {
    if ((flags & text) == 0) continue;
    const std::size_t end = member.find('\0', at);
    if (end == std::string_view::npos) return end;
    at = end + 1;
  }
  if ((flags & has_crc) != 0) {
    const bool is_right = at + 2 <= member.size() &&
                          number_at(member, at, 2) == (crc32(member.substr(0, at)) & 0xffff);
    at = is_right ? at + 2 : std::string_view::npos;
  }
  return at <= member.size() ? at : std::string_view::npos;
}

}  // namespace

std::string unpack_gzip(std::string_view compressed,
                        const std::function<bool(std::string_view)>& take) {
  constexpr std::size_t trailer_bytes = 8;
  for (std::string_view rest = compressed; is_gzip(rest);) {
    const std::size_t header = header_size(rest);
    if (header == std::string_view::npos) return "has no sound header";
    std::uint32_t crc = 0, size = 0;
    bool had_enough = false;
    const Inflated inflated = inflate(rest.substr(header), [&](std::string_view piece) {
      crc = crc32(piece, crc);
      size += static_cast<std::uint32_t>(piece.size());
      had_enough = !take(piece);
      return !had_enough;
    });
    if (!inflated.problem.empty()) return "is " + inflated.problem;
    if (had_enough) return "";
    rest.remove_prefix(header + inflated.used);
    if (rest.size() < trailer_bytes) return "ends too early";
    if (number_at(rest, 0, 4) != crc || number_at(rest, 4, 4) != size) {
      return "is damaged (crc error)";
    }
    rest.remove_prefix(trailer_bytes);
    const std::size_t used = std::min(rest.find_first_not_of('\0'), rest.size());
    rest.remove_prefix(is_gzip(rest) ? 0 : used);
    if (!rest.empty() && !is_gzip(rest)) return "is followed by bytes that are not gzip";
  }
  return "";
}

}  // namespace trex
