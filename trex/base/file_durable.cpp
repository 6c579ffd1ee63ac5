// Small acts on files whose order after a crash matters.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/file_durable.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

// From here on one flush of the file system is cheaper than one each.
constexpr std::size_t many_paths = 16;

[[noreturn]] void fail_on(const std::string& path, std::string_view what) {
  fail("{}: {}: {}", printable(path), what, system_message(errno));
}

int open_or_fail(const std::string& path, int flags) {
  const int descriptor = open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (descriptor < 0) fail_on(path, "cannot be opened");
  return descriptor;
}

void flush_and_close(const std::string& path, int descriptor, int (*flush)(int)) {
  const bool is_flushed =
      flush(descriptor) == 0 || errno == EINVAL;  // EINVAL: has nothing to flush
  const int error = errno;
  close(descriptor);
  errno = error;
  if (!is_flushed) fail_on(path, "cannot be flushed to disk");
}

bool has_two_names(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && status.st_nlink > 1;
}

}  // namespace

void write_flushed(const std::string& path, std::string_view text) {
  const int descriptor = open_or_fail(path, O_WRONLY | O_CREAT | O_TRUNC);
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error = errno;
      close(descriptor);
      errno = error;
      fail_on(path, "cannot be written");
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  flush_and_close(path, descriptor, fsync);
}

void flush_paths(const std::vector<std::string>& paths) {
  if (paths.empty()) return;
  if (paths.size() >= many_paths) {
    return flush_and_close(paths.front(), open_or_fail(paths.front(), O_RDONLY), syncfs);
  }
  for (const std::string& path : paths) flush_and_close(path, open_or_fail(path, O_RDONLY), fsync);
}

bool link_exclusively(const std::string& from, const std::string& to) {
  if (link(from.c_str(), to.c_str()) == 0) return true;
  // Over NFS an answer may be lost and the request repeated: then our own link is what is there.
  if (errno == EEXIST) return has_two_names(from);
  if (errno == EPERM || errno == ENOTSUP || errno == EMLINK) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) return false;
  }
  fail_on(to, "cannot be made");
}

bool move_if_there(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  fail_on(to, "cannot be written");
}

void remove_if_there(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) fail_on(path, "cannot be removed");
}

void remove_tree(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::vector<std::string> files_below(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> result;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  while (!error && at != end) {
    const fs::file_status status = at->symlink_status(error);
    if (!error && fs::is_regular_file(status)) {
      result.push_back(at->path().native().substr(folder.size() + 1));
    }
    error.clear();  // gone while we looked
    at.increment(error);
  }
  std::sort(result.begin(), result.end());
  return result;
}

double age_s(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return 0;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count() - static_cast<double>(status.st_mtim.tv_sec) -
         1e-9 * static_cast<double>(status.st_mtim.tv_nsec);
}

FileLock::FileLock(const std::string& path) {
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0 || flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  close(descriptor_);
  descriptor_ = -1;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace trex
