// Reading and writing files: whole, memory-mapped or decompressed, and never half-written.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
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

  std::string_view view() const { return view_; }
  std::size_t size() const { return view_.size(); }

 private:
  friend Bytes read_file(const std::string&);
  friend Bytes map_file(const std::string&);
  std::shared_ptr<const void> owner_;
  std::string_view view_;
};

// The file's contents: memory-mapped where possible; "-" reads standard input; gzip (by its magic
// bytes, whatever the name) is decompressed. Throws Error naming the file for what cannot be read,
// for a directory, and for a gzip stream that is damaged or grows past `max_inflated_bytes`.
Bytes read_file(const std::string& path);
inline constexpr std::size_t max_inflated_bytes = std::size_t{16} << 30;
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
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
  std::string buffer_;
};
void write_file(const std::string& path, std::string_view text);

bool file_exists(const std::string& path);
bool is_directory(const std::string& path);
// Names (not paths) in a directory, sorted, without "." and "..".
std::vector<std::string> list_directory(const std::string& path);
void make_directories(const std::string& path);
// "a/b.json" -> "a", "b.json". A path without "/" has the directory ".".
std::string directory_of(std::string_view path);
std::string file_name_of(std::string_view path);
std::string join_path(std::string_view directory, std::string_view name);

}  // namespace trex
