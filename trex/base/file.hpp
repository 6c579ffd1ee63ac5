// Reading and writing files: whole, memory-mapped or decompressed, and never half-written.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace trex {

// Read-only bytes, followed by at least `padding` readable bytes (what simdjson asks for).
// Copies share the same memory.
class Bytes {
 public:
  static constexpr std::size_t padding = 64;

  Bytes() = default;
  // Takes over a text already in memory.
  static Bytes from(std::string text);
  // `view` and `padding` readable bytes after it live as long as `owner` does.
  Bytes(std::shared_ptr<const void> owner, std::string_view view)
      : owner_(std::move(owner)), view_(view) {}

  std::string_view view() const { return view_; }
  std::size_t size() const { return view_.size(); }

 private:
  std::shared_ptr<const void> owner_;
  std::string_view view_;
};

// The file's contents: memory-mapped where that pays; "-" reads standard input; gzip (by its magic
// bytes, whatever the name) is decompressed. Throws Error naming the file for what cannot be read,
// for a directory, and for a gzip stream that is damaged or grows past `max_inflated_bytes` or
// half of the machine's memory. What a pipe gave is kept, so reading it again (to look at its
// head first) gives the same. A file that another program cuts short while it is mapped ends
// this one (SIGBUS); small files are copied, so that cannot happen to them.
Bytes read_file(const std::string& path);
inline constexpr std::uint64_t max_inflated_bytes = std::uint64_t{16} << 30;
// The first `count` bytes of a file (after decompression), for looking at what it is.
std::string read_head(const std::string& path, std::size_t count);

// Writes to a temporary file beside `path`, then renames: readers see the old file or the
// whole new one. "-" writes to standard output.
class AtomicFile {
 public:
  explicit AtomicFile(std::string path);  // throws Error when the folder cannot be written
  ~AtomicFile();                          // without commit() nothing is left behind
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view text);
  void commit();

 private:
  void flush();
  void close_descriptor();

  std::string path_;
  std::string target_;     // what `path` links to, in the end
  std::string temporary_;  // empty: written in place (standard output, a pipe, a device)
  int descriptor_ = -1;
  std::string buffer_;
};
void write_file(const std::string& path, std::string_view text);

bool file_exists(const std::string& path);
bool is_directory(const std::string& path);
// Not a folder, pipe, socket or device: reading it can neither block nor go on for ever.
bool is_regular_file(const std::string& path);
// Names (not paths) in a directory, sorted, without "." and "..".
std::vector<std::string> list_directory(const std::string& path);
void make_directories(const std::string& path);
// "a/b.json" -> "a", "b.json"; "a/b/" the same as "a/b". A path without "/" has the directory ".".
std::string directory_of(std::string_view path);
std::string file_name_of(std::string_view path);
// "a", "b" -> "a/b"; ".", "b" -> "b"; an absolute name stays as it is.
std::string join_path(std::string_view directory, std::string_view name);

}  // namespace trex
