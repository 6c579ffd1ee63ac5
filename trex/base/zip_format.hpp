// The zip format itself, where no library reads it: in the page.
//
// Stored and deflated members, zip64; the archive must end in its directory, as all do.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/zip_directory.hpp"

namespace trex {

struct ZipPlace {
  std::uint64_t header = 0;  // of the member, from the archive's first byte
  std::uint64_t packed_size = 0;
  std::uint32_t crc = 0;
  bool is_deflated = false;
};
struct ZipListing {
  std::vector<ZipStated> members;
  std::vector<ZipPlace> places;  // of each
};

// Throws Error naming `path`.
ZipListing list_zip(std::string_view archive, const std::string& path);
// What is wrong with the member, or "". Its size is the caller's to check.
std::string unpack_zip_member(std::string_view archive, const ZipPlace& place,
                              const std::function<bool(std::string_view)>& take);

}  // namespace trex
