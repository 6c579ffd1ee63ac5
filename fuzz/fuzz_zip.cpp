// Any bytes as an archive: both readers give the same members, or an Error; no name leads out.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trex/base/error.hpp"
#include "trex/base/zip.hpp"
#include "trex/base/zip_format.hpp"
#include "trex/load/archive_manifest.hpp"

namespace {

constexpr std::size_t most_bytes = 1 << 20;  // of one member, to stay quick

// Ours, which the page has. Empty: an error.
std::string text_by_ours(const std::string& bytes, const trex::ZipPlace& place,
                         std::uint64_t size) {
  std::string text;
  const std::string problem = trex::unpack_zip_member(bytes, place, [&](std::string_view piece) {
    text += piece;
    return text.size() <= size && text.size() < most_bytes;
  });
  return problem.empty() && text.size() == size ? text : "";
}

void read_by_libzip(const std::string& bytes, const trex::ZipListing* listing) {
  const trex::ZipReader reader(trex::Bytes::from(bytes), "f");
  for (const trex::ZipEntry& entry : reader.entries()) {
    if (trex::safe_member_name(entry.name) != entry.name) std::abort();
    if (entry.size >= most_bytes) continue;
    try {
      const trex::Bytes text = reader.read(entry);
      if (text.size() != entry.size) std::abort();
      if (listing == nullptr || listing->places.size() <= entry.number) continue;
      const auto& place = listing->places[static_cast<std::size_t>(entry.number)];
      const std::string ours = text_by_ours(bytes, place, entry.size);
      if (!ours.empty() && ours != text.view()) std::abort();
    } catch (const trex::Error&) {
    }
  }
  trex::read_manifest(reader);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  trex::ZipListing listing;
  bool listed = false;
  try {
    listing = trex::list_zip(bytes, "f");
    listed = true;
    for (std::size_t i = 0; i < listing.members.size() && i < 100; ++i) {
      text_by_ours(bytes, listing.places[i], listing.members[i].size);
    }
  } catch (const trex::Error&) {
  }
  try {
    read_by_libzip(bytes, listed ? &listing : nullptr);
  } catch (const trex::Error&) {
  }
  return 0;
}
