// The files of one folder, by family: read once, asked often.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "trex/load/sniff.hpp"

namespace trex {

inline constexpr std::size_t sniff_bytes = 64 * 1024;

class Folder {
 public:
  explicit Folder(std::string path);
  const std::string& path() const { return path_; }
  const std::vector<std::string>& names() const { return names_; }
  // Names that may be JSON or logs of that family (family_of), sorted.
  const std::vector<std::string>& family(const std::string& family) const;
  bool has(std::string_view name) const;
  // What the file holds; unknown for what cannot be read.
  FileKind kind_of(const std::string& name);

 private:
  std::string path_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<std::string>> families_;
  std::unordered_map<std::string, FileKind> kinds_;
};

class Folders {
 public:
  Folder& at(const std::string& path);  // of a folder that exists
 private:
  std::map<std::string, Folder> folders_;
};

}  // namespace trex
