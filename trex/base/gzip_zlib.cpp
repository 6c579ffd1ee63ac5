// gzip by zlib.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/grown_buffer.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/units.hpp"

namespace trex {
namespace {

constexpr std::size_t first_chunk_bytes = std::size_t{64} << 10;

class Inflater {
 public:
  Inflater(std::string_view compressed, const std::string& file) : file_(file), rest_(compressed) {
    constexpr int gzip_only = 15 + 16;  // the largest window, with a gzip header
    if (inflateInit2(&stream_, gzip_only) != Z_OK)
      fail("{}: not enough memory to decompress", name());
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Fills `room` bytes at `out` as far as the stream goes; less only at its end.
  std::size_t read(char* out, std::size_t room) {
    std::size_t made = 0;
    while (made < room && !at_end_) made += step(out + made, room - made);
    return made;
  }
  bool at_end() const { return at_end_; }
  void forgive_missing_end() { forgiving_ = true; }

 private:
  std::size_t step(char* out, std::size_t room) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    const auto in = static_cast<uInt>(std::min(rest_.size(), most));
    const auto space = static_cast<uInt>(std::min(room, most));
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest_.data()));
    stream_.avail_in = in;
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = space;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    rest_.remove_prefix(in - stream_.avail_in);
    const std::size_t made = space - stream_.avail_out;
    if (status == Z_STREAM_END) {
      next_member();
    } else if (status == Z_BUF_ERROR || (status == Z_OK && rest_.empty() && made == 0)) {
      if (!forgiving_) fail("{}: the gzip stream ends too early; copy the file again", name());
      at_end_ = true;
    } else if (status != Z_OK) {
      fail("{}: the gzip stream is damaged ({}); copy or compress it again", name(),
           stream_.msg == nullptr ? "error" : stream_.msg);
    }
    return made;
  }

  // RFC 1952 2.2: members follow each other with nothing between them. Some tools pad with zeros.
  void next_member() {
    const std::size_t used = std::min(rest_.find_first_not_of('\0'), rest_.size());
    rest_.remove_prefix(is_gzip(rest_) ? 0 : used);
    if (rest_.empty()) {
      at_end_ = true;
    } else if (is_gzip(rest_)) {
      inflateReset(&stream_);
    } else {
      if (!forgiving_) {
        fail("{}: {} bytes that are not gzip follow the gzip stream; copy or compress it again",
             name(), rest_.size());
      }
      at_end_ = true;
    }
  }

  std::string name() const { return printable_path(file_); }

  const std::string& file_;
  std::string_view rest_;
  z_stream stream_{};
  bool at_end_ = false;
  bool forgiving_ = false;
};

}  // namespace

Bytes inflate_gzip(std::string_view compressed, const std::string& file, std::size_t limit) {
  Inflater inflater(compressed, file);
  GrownBuffer buffer;
  while (!inflater.at_end()) {
    // One byte more than the limit may be asked for: it tells "full" from "too much".
    const std::size_t left = limit - buffer.size() + 1;
    const std::size_t wanted = std::min(left, std::max(first_chunk_bytes, buffer.size()));
    buffer.advance(inflater.read(buffer.room(wanted, file), wanted));
    if (buffer.size() > limit) {
      fail("{}: decompresses to more than {}; decompress it and look at what it is",
           printable_path(file), human_bytes(static_cast<std::int64_t>(limit)));
    }
  }
  return std::move(buffer).finish();
}

std::string inflate_gzip_head(std::string_view compressed, const std::string& file,
                              std::size_t count) {
  Inflater inflater(compressed, file);
  inflater.forgive_missing_end();
  std::string head(count, '\0');
  head.resize(inflater.read(head.data(), count));
  return head;
}

std::string deflate_gzip(std::string_view bytes) {
  constexpr int with_gzip_header = 15 + 16, most_memory = 9;
  constexpr std::size_t most = std::numeric_limits<uInt>::max();
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, with_gzip_header, most_memory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    fail("not enough memory to compress {}", human_bytes(static_cast<std::int64_t>(bytes.size())));
  }
  std::string out;
  int status = Z_OK;
  while (status != Z_STREAM_END) {
    const auto in = static_cast<uInt>(std::min(bytes.size(), most));
    const std::size_t start = out.size();
    out.resize(start + first_chunk_bytes);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = in;
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + start);
    stream.avail_out = static_cast<uInt>(first_chunk_bytes);
    status = deflate(&stream, in == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
    bytes.remove_prefix(in - stream.avail_in);
    out.resize(out.size() - stream.avail_out);
  }
  deflateEnd(&stream);
  return out;
}

}  // namespace trex
