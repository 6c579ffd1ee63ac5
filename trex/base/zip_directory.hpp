// Which members of an archive may be used? The rules that hold whoever reads the archive.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "trex/base/zip.hpp"

namespace trex {

// One member as the archive's own directory states it.
struct ZipStated {
  std::string name;
  std::uint64_t size = 0, packed_size = 0, number = 0;
  bool is_link = false, is_encrypted = false, is_readable = true;  // by a known method
  std::string method = {};                                         // for the message
};

class ZipDirectory {
 public:
  ZipDirectory(const std::string& path, std::uint64_t archive_bytes, std::uint64_t count);
  void add(const ZipStated& stated);
  // Throws Error when all of it together looks like a bomb.
  void finish(std::vector<ZipEntry>& entries, std::vector<ZipRefused>& refused);

 private:
  std::string reason_against(const ZipStated& stated, const std::string& name) const;

  const std::string& path_;
  std::uint64_t archive_bytes_;
  std::uint64_t total_ = 0, total_packed_ = 0;
  std::vector<ZipEntry> entries_;
  std::vector<ZipRefused> refused_;
  std::unordered_set<std::string> files_, folders_;
};

// The name without "./" and leading slashes (Python's zipfile writes absolute names); nothing for
// one that could leave a folder or that no file system of ours should see.
std::optional<std::string> safe_member_name(const std::string& stated);

}  // namespace trex
