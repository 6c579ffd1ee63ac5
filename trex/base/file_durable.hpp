// Small acts on files whose order after a crash matters: flushed, exclusive, idempotent.
//
// base/file writes whole files or none, but does not flush them: that is for reports. A dataset
// promises that what it acknowledged survives power loss, so it says when bytes and names must be
// on disk.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trex {

// All throw Error naming the file.

// Makes the file anew with that text, and flushes it.
void write_flushed(const std::string& path, std::string_view text);
// Flushes files and folders; many at once by flushing their whole file system.
void flush_paths(const std::vector<std::string>& paths);
// Gives `from` its second name `to`; false when `to` is there already. Where the file system knows
// no second names, `from` loses its first one.
bool link_exclusively(const std::string& from, const std::string& to);
// False when `from` is not there (any more): somebody else did it.
bool move_if_there(const std::string& from, const std::string& to);
void remove_if_there(const std::string& path);
// A folder with all that is in it, following no link. What cannot be removed stays.
void remove_tree(const std::string& path);
// Every plain file below `folder`, as a path relative to it, sorted; follows no link. A folder that
// is not there has none.
std::vector<std::string> files_below(const std::string& folder);
// Seconds since the file was last changed; 0 when it is not there.
double age_s(const std::string& path);

// Held by one process at a time; the kernel frees it when that process ends, however it ends.
class FileLock {
 public:
  // Makes the file when it is not there. is_held() is false when another process has it.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool is_held() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

}  // namespace trex
