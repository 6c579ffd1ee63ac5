// In the page, JavaScript decompresses (DecompressionStream) before the core sees a file.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/text.hpp"

namespace trex {

Bytes inflate_gzip(std::string_view, const std::string& file, std::size_t) {
  fail("{}: is gzip, which the page decompresses before it is read", printable(file));
}
std::string inflate_gzip_head(std::string_view, const std::string& file, std::size_t) {
  fail("{}: is gzip, which the page decompresses before it is read", printable(file));
}

}  // namespace trex
