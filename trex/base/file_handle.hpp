// An open file that closes itself, for the readers of base; errors name the file.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace trex {

// "no such file or directory", in lower case, for an errno value.
std::string system_message(int error_number);
// How messages call a file: "standard input" for "-", control bytes escaped.
std::string printable_path(const std::string& path);

class FileHandle {
 public:
  explicit FileHandle(const std::string& path);  // throws Error; a directory is one too
  ~FileHandle();
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;

  // At most `count` bytes; 0 only at the end.
  std::size_t read(char* out, std::size_t count) const;
  bool is_regular() const { return is_regular_; }
  std::uint64_t size() const { return size_; }
  int descriptor() const { return descriptor_; }
  const std::string& path() const { return path_; }
  std::string name() const { return printable_path(path_); }

 private:
  std::string path_;
  int descriptor_ = -1;
  bool is_regular_ = false;
  std::uint64_t size_ = 0;
};

}  // namespace trex
