// gzip: decompression with a limit on what comes out, and (natively) compression.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "trex/base/file.hpp"

namespace trex {

// By the two magic bytes and the method (RFC 1952 2.3).
inline bool is_gzip(std::string_view bytes) { return bytes.substr(0, 3) == "\x1f\x8b\x08"; }
// All members of the stream, one after the other; zeros after the last are padding. Throws Error
// naming `file` when the stream is damaged, cut short, or holds more than `limit` bytes.
Bytes inflate_gzip(std::string_view compressed, const std::string& file, std::size_t limit);
// At most the first `count` bytes; a stream that is cut short gives what there is.
std::string inflate_gzip_head(std::string_view compressed, const std::string& file,
                              std::size_t count);

// One member, as small as zlib can; the same bytes for the same input: no name, no time. Native only.
std::string deflate_gzip(std::string_view bytes);

}  // namespace trex
