// Zip archives in the page.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/base/zip.hpp"

namespace trex {

struct ZipReader::Source {};

ZipReader::ZipReader(Bytes, std::string path) : path_(std::move(path)) {
  fail("{}: is an archive, which the page unpacks before it is read", printable(path_));
}
ZipReader::~ZipReader() = default;

void ZipReader::read(const ZipEntry&, const std::function<bool(std::string_view)>&) const {}

}  // namespace trex
