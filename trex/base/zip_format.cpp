// The directory at the archive's end, and the members that it points to (APPNOTE 4.3).

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/zip_format.hpp"

#include <fmt/format.h>

#include <optional>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/inflate.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr std::size_t end_bytes = 22, entry_bytes = 46, header_bytes = 30;
constexpr std::size_t end64_bytes = 56, locator64_bytes = 20;
constexpr std::uint64_t is_in_zip64 = 0xffffffff;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i-- > 0;) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return number;
}

struct End {
  std::uint64_t place, count, directory_bytes, directory_place;
};

// Behind the end record stands only a comment of at most 65 535 bytes.
std::optional<End> find_end(std::string_view archive) {
  if (archive.size() < end_bytes) return std::nullopt;
  const std::size_t last = archive.size() - end_bytes;
  for (std::size_t back = 0; back <= std::min<std::size_t>(last, 0xffff); ++back) {
    const std::size_t at = last - back;
    if (archive.substr(at, 4) != "PK\x05\x06") continue;
    if (number_at(archive, at + 20, 2) != back) continue;
    return End{at, number_at(archive, at + 10, 2), number_at(archive, at + 12, 4),
               number_at(archive, at + 16, 4)};
  }
  return std::nullopt;
}

// 4.3.14: a second end record, for what does not fit into the first.
void read_end64(std::string_view archive, End& end) {
  if (end.place < locator64_bytes) return;
  const auto locator = static_cast<std::size_t>(end.place) - locator64_bytes;
  if (archive.substr(locator, 4) != "PK\x06\x07") return;
  const std::uint64_t place = number_at(archive, locator + 8, 8);
  if (place > locator || locator - place < end64_bytes) return;
  const auto at = static_cast<std::size_t>(place);
  if (archive.substr(at, 4) != "PK\x06\x06") return;
  end = {at, number_at(archive, at + 32, 8), number_at(archive, at + 40, 8),
         number_at(archive, at + 48, 8)};
}

// 4.5.3: the fields that are full in the entry stand in the extra field 1, in this order.
void read_extra64(std::string_view extra, ZipStated& stated, ZipPlace& place) {
  while (extra.size() >= 4) {
    const auto size = static_cast<std::size_t>(number_at(extra, 2, 2));
    std::string_view field = extra.substr(4, size);
    if (number_at(extra, 0, 2) == 1) {
      for (std::uint64_t* value : {&stated.size, &stated.packed_size, &place.header}) {
        if (*value != is_in_zip64 || field.size() < 8) continue;
        *value = number_at(field, 0, 8);
        field.remove_prefix(8);
      }
      return;
    }
    extra.remove_prefix(std::min(extra.size(), 4 + size));
  }
}

// Appends the entry at the directory's beginning; gives its length.
std::size_t read_entry(std::string_view directory, ZipListing& listing) {
  if (directory.size() < entry_bytes || directory.substr(0, 4) != "PK\x01\x02") return 0;
  const auto field = [&](std::size_t at, std::size_t size) {
    return number_at(directory, at, size);
  };
  const auto name_bytes = static_cast<std::size_t>(field(28, 2));
  const auto extra_bytes = static_cast<std::size_t>(field(30, 2));
  const std::size_t length =
      entry_bytes + name_bytes + extra_bytes + static_cast<std::size_t>(field(32, 2));
  if (directory.size() < length) return 0;
  const std::uint64_t method = field(10, 2);
  const bool from_unix = field(5, 1) == 3;
  constexpr std::uint64_t kind_of_file = 0xf000, link = 0xa000;  // st_mode, as Unix has it
  ZipStated stated{std::string(directory.substr(entry_bytes, name_bytes)), field(24, 4),
                   field(20, 4), listing.members.size()};
  stated.is_link = from_unix && (field(38, 4) >> 16 & kind_of_file) == link;
  stated.is_encrypted = (field(8, 2) & 1) != 0;
  stated.is_readable = method == 0 || method == 8;
  stated.method = fmt::format(" ({})", method);
  ZipPlace place{field(42, 4), 0, static_cast<std::uint32_t>(field(16, 4)), method == 8};
  read_extra64(directory.substr(entry_bytes + name_bytes, extra_bytes), stated, place);
  place.packed_size = stated.packed_size;
  listing.members.push_back(std::move(stated));
  listing.places.push_back(place);
  return length;
}

}  // namespace

ZipListing list_zip(std::string_view archive, const std::string& path) {
  const auto fail_because = [&](std::string_view why) {
    fail("{}: not a zip archive that can be read ({}); copy it again", printable_path(path), why);
  };
  std::optional<End> end = find_end(archive);
  if (!end) fail_because("not a zip archive");
  read_end64(archive, *end);
  if (end->directory_bytes > end->place) fail_because("its directory is cut");
  // Something may stand before the archive; its own places do not count that.
  const std::uint64_t directory_place = end->place - end->directory_bytes;
  if (directory_place < end->directory_place) fail_because("its directory is not where it says");
  const std::uint64_t shift = directory_place - end->directory_place;
  std::string_view directory = archive.substr(static_cast<std::size_t>(directory_place),
                                              static_cast<std::size_t>(end->directory_bytes));
  ZipListing listing;
  while (!directory.empty()) {
    const std::size_t length = read_entry(directory, listing);
    if (length == 0) fail_because("its directory is damaged");
    listing.places.back().header += shift;
    directory.remove_prefix(length);
  }
  if (listing.members.size() != end->count) fail_because("its directory is damaged");
  return listing;
}

std::string unpack_zip_member(std::string_view archive, const ZipPlace& place,
                              const std::function<bool(std::string_view)>& take) {
  if (place.header > archive.size() || archive.size() - place.header < header_bytes) {
    return "lies outside of the archive";
  }
  std::string_view member = archive.substr(static_cast<std::size_t>(place.header));
  if (member.substr(0, 4) != "PK\x03\x04") return "damaged (no header)";
  const std::uint64_t skipped = header_bytes + number_at(member, 26, 2) + number_at(member, 28, 2);
  if (member.size() < skipped || member.size() - skipped < place.packed_size) {
    return "lies outside of the archive";
  }
  member =
      member.substr(static_cast<std::size_t>(skipped), static_cast<std::size_t>(place.packed_size));
  std::uint32_t crc = 0;
  bool had_enough = false;
  const auto check_and_take = [&](std::string_view piece) {
    crc = crc32(piece, crc);
    had_enough = !take(piece);
    return !had_enough;
  };
  if (!place.is_deflated) {
    check_and_take(member);
  } else {
    const Inflated inflated = inflate(member, check_and_take);
    if (!inflated.problem.empty()) return inflated.problem;
  }
  return had_enough || crc == place.crc ? "" : "damaged (crc error)";
}

}  // namespace trex
