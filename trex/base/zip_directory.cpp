// Names, links, duplicates, bombs: judged from the archive's directory, before anything is
// unpacked.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/zip_directory.hpp"

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"

namespace trex {
namespace {

// An engine has some twenty files. Each may be looked into, so their number bounds the work.
constexpr std::uint64_t most_members = 10'000;
// As Linux has it (PATH_MAX, NAME_MAX).
constexpr std::size_t longest_name = 4096, longest_part = 255, most_parts = 32;
// Text of repeated layers packs 100 to 1 at best, deflate itself at most 1032 to 1. Below a GiB any
// ratio is harmless.
constexpr std::uint64_t harmless_bytes = std::uint64_t{1} << 30;
constexpr std::uint64_t largest_ratio = 200;

bool has_control_byte(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
  });
}

std::uint64_t add_capped(std::uint64_t a, std::uint64_t b) {
  return a + b < a ? ~std::uint64_t{0} : a + b;
}

}  // namespace

std::optional<std::string> safe_member_name(const std::string& stated) {
  if (stated.size() > longest_name || has_control_byte(stated)) return std::nullopt;
  // Other systems part names by these.
  if (stated.find('\\') != std::string::npos || (stated.size() > 1 && stated[1] == ':'))
    return std::nullopt;
  std::vector<std::string_view> parts;
  for (const std::string_view part : split(stated, '/')) {
    if (part == "..") return std::nullopt;
    if (part.empty() || part == ".") continue;
    if (part.size() > longest_part) return std::nullopt;
    parts.push_back(part);
  }
  if (parts.empty() || parts.size() > most_parts) return std::nullopt;
  return join(parts, "/");
}

ZipDirectory::ZipDirectory(const std::string& path, std::uint64_t archive_bytes,
                           std::uint64_t count)
    : path_(path), archive_bytes_(archive_bytes) {
  if (count > most_members) {
    fail("{}: the archive has {} members, more than the {} that any engine needs; not opened",
         printable_path(path), count, most_members);
  }
}

std::string ZipDirectory::reason_against(const ZipStated& stated, const std::string& name) const {
  if (stated.is_link) return "a link, which could point anywhere";
  if (stated.is_encrypted) return "encrypted";
  if (!stated.is_readable) return "packed by an unknown method" + stated.method;
  if (files_.count(name) > 0) return "a second file of this name";
  if (folders_.count(name) > 0) return "a file where another member has a folder";
  for (std::size_t slash = name.find('/'); slash != std::string::npos;
       slash = name.find('/', slash + 1)) {
    if (files_.count(name.substr(0, slash)) > 0) return "a folder where another member is a file";
  }
  return "";
}

void ZipDirectory::add(const ZipStated& stated) {
  if (ends_with(stated.name, "/") && stated.size == 0) return;  // a folder: its files name it
  const std::optional<std::string> name = safe_member_name(stated.name);
  const std::string why =
      name ? reason_against(stated, *name) : "a name that could lead out of the folder";
  if (!why.empty()) {
    refused_.push_back({stated.name, why});
    return;
  }
  total_ = add_capped(total_, stated.size);
  total_packed_ = add_capped(total_packed_, stated.packed_size);
  files_.insert(*name);
  for (std::size_t slash = name->find('/'); slash != std::string::npos;
       slash = name->find('/', slash + 1)) {
    folders_.insert(name->substr(0, slash));
  }
  entries_.push_back({*name, stated.size, stated.packed_size, stated.number});
}

void ZipDirectory::finish(std::vector<ZipEntry>& entries, std::vector<ZipRefused>& refused) {
  // Members that share their bytes are how small archives unpack to petabytes.
  if (total_packed_ > archive_bytes_) {
    fail("{}: the members claim more bytes than the archive has: damaged, or a bomb; not opened",
         printable_path(path_));
  }
  if (total_ > harmless_bytes && total_ / largest_ratio > archive_bytes_) {
    const std::uint64_t most = ~std::uint64_t{0} >> 1;
    fail("{}: {} would unpack to {}: a bomb, it seems; not opened", printable_path(path_),
         human_bytes(static_cast<std::int64_t>(archive_bytes_)),
         human_bytes(static_cast<std::int64_t>(std::min(total_, most))));
  }
  entries = std::move(entries_);
  refused = std::move(refused_);
}

}  // namespace trex
