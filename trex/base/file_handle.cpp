// Opening and reading, by POSIX calls: mapping and pipes need the descriptor.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/file_handle.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex {

std::string system_message(int error_number) {
  std::string message = std::generic_category().message(error_number);
  if (!message.empty() && message[0] >= 'A' && message[0] <= 'Z') {
    message[0] = static_cast<char>(message[0] - 'A' + 'a');
  }
  return message;
}

std::string printable_path(const std::string& path) {
  return path == "-" ? "standard input" : printable(path);
}

FileHandle::FileHandle(const std::string& path) : path_(path) {
  if (path.empty()) fail("cannot read a file whose name is empty");
  if (path.find('\0') != std::string::npos) fail("{}: a file name cannot hold a 0 byte", name());
  descriptor_ = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail("{}: cannot be read: {}", name(), system_message(errno));
  struct stat status {};
  if (fstat(descriptor_, &status) != 0 || S_ISDIR(status.st_mode)) {
    if (path != "-") close(descriptor_);
    fail("{}: is a directory, not a file", name());
  }
  // A device may go on for ever, or wait for someone to type.
  if (path != "-" && !S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    close(descriptor_);
    fail("{}: is a device, not a file; give a file, a pipe, or '-' for standard input", name());
  }
  // Standard input counts as a pipe even when a file stands behind it: its place may be anywhere.
  is_regular_ = S_ISREG(status.st_mode) && path != "-";
  size_ = is_regular_ ? static_cast<std::uint64_t>(status.st_size) : 0;
}

FileHandle::~FileHandle() {
  if (descriptor_ > STDIN_FILENO || path_ != "-") close(descriptor_);
}

std::size_t FileHandle::read(char* out, std::size_t count) const {
  constexpr std::size_t most = std::size_t{1} << 30;  // Linux reads no more at once than 2^31
  for (;;) {
    const ssize_t got = ::read(descriptor_, out, std::min(count, most));
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail("{}: cannot be read: {}", name(), system_message(errno));
  }
}

}  // namespace trex
