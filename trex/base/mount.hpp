// Archives as folders: after mount_archive("x.tea"), "x.tea/x.graph.json" can be read, and "x.tea"
// listed, by the functions of base/file. Nothing is unpacked to the disk.
//
// So whatever takes a path takes a member of an archive too. An archive stays mounted, as it was
// then, until the program ends or it is mounted again.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/zip.hpp"

namespace trex {

class MountedArchive {
 public:
  explicit MountedArchive(const std::string& path);
  const ZipReader& reader() const { return reader_; }
  const ZipEntry* find(std::string_view name) const;
  bool has_folder(std::string_view name) const;  // "" is the archive itself
  // Names in that folder, sorted.
  std::vector<std::string> names_in(std::string_view folder) const;

 private:
  ZipReader reader_;
  std::map<std::string, const ZipEntry*, std::less<>> by_name_;
};

// Throws Error for what is no archive, and for a bomb.
const MountedArchive& mount_archive(const std::string& path);

// Where a path leads when it leads into a mounted archive; `inside` is "" for the archive itself.
struct MountedPath {
  const MountedArchive* archive;
  std::string_view inside;
};
std::optional<MountedPath> find_mounted(std::string_view path);

std::string_view without_end_slashes(std::string_view path);  // "a/b//" -> "a/b"; "/" stays

}  // namespace trex
