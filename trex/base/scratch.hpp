// A folder for files that are not done yet, beside where they will stand; and putting them there.
//
// What is killed leaves its folder behind. It holds a lock while it lives, so the next one that
// makes a folder there sees which are dead and removes them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex {

class ScratchFolder {
 public:
  // parent/.prefix-PID, made anew; dead ones of the same prefix are removed. Throws Error when it
  // cannot be made.
  ScratchFolder(const std::string& parent, std::string_view prefix);
  ~ScratchFolder();  // removes it with the files in it
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(std::string_view name) const;

 private:
  std::string path_;
  int lock_ = -1;
};

// Renames within one file system: readers see the old file or the whole new one.
void move_file(const std::string& from, const std::string& to);

}  // namespace trex
