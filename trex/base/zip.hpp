// Zip archives: what is in them, safely; and writing them.
//
// Reading trusts nothing: names that would leave a folder, links, encrypted members and bombs are
// refused, and every member is checked against its declared size and CRC while it is read. The
// archive itself is never changed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/file.hpp"

namespace trex {

struct ZipEntry {
  std::string name;  // relative, "/" between its parts: joined to a folder it stays inside
  std::uint64_t size = 0, packed_size = 0;
  std::uint64_t number = 0;  // its place in the archive's directory
};

// A member that is left alone, and why.
struct ZipRefused {
  std::string name, why;
};

class ZipReader {
 public:
  // Throws Error naming `path` for what is no zip archive, is cut short, or looks like a bomb.
  ZipReader(Bytes archive, std::string path);
  ~ZipReader();
  ZipReader(const ZipReader&) = delete;
  ZipReader& operator=(const ZipReader&) = delete;

  const std::string& path() const { return path_; }
  const std::vector<ZipEntry>& entries() const { return entries_; }  // files, as they are stored
  const std::vector<ZipRefused>& refused() const { return refused_; }

  // Gives the member's bytes piece by piece until `take` returns false. Throws Error naming archive
  // and member when they are damaged, or not as many as declared.
  void read(const ZipEntry& entry, const std::function<bool(std::string_view)>& take) const;
  Bytes read(const ZipEntry& entry) const;
  std::string read_head(const ZipEntry& entry, std::size_t count) const;

 private:
  struct Source;
  std::string path_;
  std::vector<ZipEntry> entries_;
  std::vector<ZipRefused> refused_;
  std::unique_ptr<Source> source_;
};

#ifndef __EMSCRIPTEN__
// Writes an archive under another name and renames it: readers see the old file or the whole new
// one. Every member has the same date, so the same members give the same bytes.
class ZipWriter {
 public:
  explicit ZipWriter(std::string path);
  ~ZipWriter();  // without commit() nothing is left behind
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // What does not get smaller (weights, pictures, gzip) is better stored as it is.
  void add(const std::string& name, Bytes contents, bool compress);
  void commit();

 private:
  struct Target;
  std::string path_;
  std::unique_ptr<Target> target_;
};
#endif

}  // namespace trex
