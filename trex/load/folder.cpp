// Each folder is listed once and each file sniffed at most once, however many engines ask.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/folder.hpp"

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/load/file_names.hpp"

namespace trex {

Folder::Folder(std::string path) : path_(std::move(path)), names_(list_directory(path_)) {
  for (const std::string& name : names_) {
    if (may_be_readable(name)) families_[family_of(name)].push_back(name);
  }
}

const std::vector<std::string>& Folder::family(const std::string& family) const {
  static const std::vector<std::string> none;
  const auto found = families_.find(family);
  return found == families_.end() ? none : found->second;
}

bool Folder::has(std::string_view name) const {
  return std::binary_search(names_.begin(), names_.end(), name);
}

FileKind Folder::kind_of(const std::string& name) {
  const auto known = kinds_.find(name);
  if (known != kinds_.end()) return known->second;
  FileKind kind = FileKind::unknown;
  const std::string path = join_path(path_, name);
  try {
    // A pipe that lies about would be waited for.
    if (is_regular_file(path)) kind = sniff(read_head(path, sniff_bytes));
  } catch (const Error&) {
    // Not readable: nothing that anyone asked for, so no reason to stop.
  }
  kinds_.emplace(name, kind);
  return kind;
}

Folder& Folders::at(const std::string& path) {
  const auto found = folders_.find(path);
  if (found != folders_.end()) return found->second;
  return folders_.emplace(path, Folder(path)).first->second;
}

}  // namespace trex
