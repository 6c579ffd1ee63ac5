// Zip archives in the page, by our own small reader: Debian ships libzip compiled only.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/base/zip.hpp"
#include "trex/base/zip_directory.hpp"
#include "trex/base/zip_format.hpp"

namespace trex {

struct ZipReader::Source {
  Bytes bytes;
  std::vector<ZipPlace> places;
};

ZipReader::ZipReader(Bytes archive, std::string path) : path_(std::move(path)) {
  ZipListing listing = list_zip(archive.view(), path_);
  ZipDirectory directory(path_, archive.size(), listing.members.size());
  for (const ZipStated& stated : listing.members) directory.add(stated);
  directory.finish(entries_, refused_);
  source_ = std::make_unique<Source>(Source{std::move(archive), std::move(listing.places)});
}

ZipReader::~ZipReader() = default;

void ZipReader::read(const ZipEntry& entry,
                     const std::function<bool(std::string_view)>& take) const {
  std::uint64_t done = 0;
  bool had_enough = false;
  const ZipPlace& place = source_->places[static_cast<std::size_t>(entry.number)];
  std::string problem =
      unpack_zip_member(source_->bytes.view(), place, [&](std::string_view piece) {
        done += piece.size();
        had_enough = done > entry.size || !take(piece);
        return !had_enough;
      });
  if (problem.empty() && done > entry.size) problem = "holds more bytes than declared";
  if (problem.empty() && done < entry.size && !had_enough) {
    problem = "holds fewer bytes than declared";
  }
  if (problem.empty()) return;
  fail("{}: {}: {}; copy or make the archive again", printable(path_), printable(entry.name),
       problem);
}

}  // namespace trex
