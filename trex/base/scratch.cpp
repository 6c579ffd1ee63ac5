// A folder for files that are not done yet.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/scratch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

// Open and locked, or -1: a living process holds it.
int lock_folder(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return -1;
  if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  close(descriptor);
  return -1;
}

// Files only, and not through links: there are no folders in ours.
void remove_folder(const std::string& path) {
  try {
    for (const std::string& name : list_directory(path)) unlink(join_path(path, name).c_str());
  } catch (const Error&) {
    return;  // gone already, or not ours
  }
  rmdir(path.c_str());
}

void remove_dead(const std::string& parent, std::string_view beginning) {
  for (const std::string& name : list_directory(parent)) {
    if (!starts_with(name, beginning)) continue;
    const std::string path = join_path(parent, name);
    const int lock = lock_folder(path);
    if (lock < 0) continue;
    remove_folder(path);
    close(lock);
  }
}

}  // namespace

ScratchFolder::ScratchFolder(const std::string& parent, std::string_view prefix) {
  const std::string beginning = fmt::format(".{}-", prefix);
  remove_dead(parent, beginning);
  path_ = join_path(parent, fmt::format("{}{}", beginning, getpid()));
  if (mkdir(path_.c_str(), 0777) != 0) {
    fail("{}: cannot be written to: {}", printable(parent), system_message(errno));
  }
  lock_ = lock_folder(path_);
}

ScratchFolder::~ScratchFolder() {
  remove_folder(path_);
  if (lock_ >= 0) close(lock_);
}

std::string ScratchFolder::file(std::string_view name) const { return join_path(path_, name); }

void move_file(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) {
    fail("{}: cannot be written: {}", printable(to), system_message(errno));
  }
}

}  // namespace trex
