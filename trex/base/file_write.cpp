// Writing files so that nobody sees half of one.

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{256} << 10;
constexpr mode_t default_mode = 0666;  // less the umask, as every program's files

std::string output_name(const std::string& path) {
  return path == "-" ? "standard output" : printable(path);
}

[[noreturn]] void fail_to_write(const std::string& path, int error_number) {
  fail("{}: cannot be written: {}", output_name(path), system_message(error_number));
}

// Renaming over a symbolic link would replace the link: what it points to is written instead.
std::string resolve_link(const std::string& path) {
  char* resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return path;
  std::string result(resolved);
  std::free(resolved);
  return result;
}

// A name that no other file has; made by O_EXCL, so two programs never share one.
int open_temporary(const std::string& target, std::string& name) {
  static unsigned counter = 0;
  for (int attempt = 0; attempt < 100; ++attempt) {
    const auto ticks = std::chrono::steady_clock::now().time_since_epoch().count();
    name = join_path(directory_of(target), fmt::format(".trex-{}-{}-{:x}.part", getpid(), ++counter,
                                                       static_cast<std::uint64_t>(ticks)));
    const int made = open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, default_mode);
    if (made >= 0 || errno != EEXIST) return made;
  }
  return -1;
}

}  // namespace

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)) {
  if (path_.empty()) fail("cannot write a file whose name is empty");
  if (path_.find('\0') != std::string::npos) fail_to_write(path_, EINVAL);
  if (path_ == "-") {
    descriptor_ = STDOUT_FILENO;
    return;
  }
  target_ = resolve_link(path_);
  struct stat status {};
  const bool exists = stat(target_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) fail_to_write(path_, EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {  // /dev/null, a pipe: nothing to rename over
    descriptor_ = open(target_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    descriptor_ = open_temporary(target_, temporary_);
  }
  if (descriptor_ < 0) fail_to_write(path_, errno);
  if (exists && !temporary_.empty()) {  // as far as it is ours to give: not worth an error
    static_cast<void>(!fchmod(descriptor_, status.st_mode & 07777U));
  }
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0 && path_ != "-") close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= buffer_bytes) flush();
}

void AtomicFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno != EINTR) fail_to_write(path_, errno);
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void AtomicFile::close_descriptor() {
  if (path_ == "-") return;
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (close(descriptor) != 0 && errno != EINTR) fail_to_write(path_, errno);
}

void AtomicFile::commit() {
  flush();
  close_descriptor();
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail_to_write(path_, errno);
  temporary_.clear();
}

void write_file(const std::string& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace trex
