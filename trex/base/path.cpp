// Directories and the names in them.

// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/mount.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

bool is_mounted_file(const std::string& path) {
  const std::optional<MountedPath> mounted = find_mounted(path);
  return mounted && mounted->archive->find(mounted->inside) != nullptr;
}

bool is_mounted_folder(const std::string& path) {
  const std::optional<MountedPath> mounted = find_mounted(path);
  return mounted && mounted->archive->has_folder(mounted->inside);
}

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

}  // namespace

std::string_view without_end_slashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

bool file_exists(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 || is_mounted_file(path) || is_mounted_folder(path);
}

bool is_directory(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return true;
  return is_mounted_folder(path);
}

bool is_regular_file(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) return true;
  return is_mounted_file(path);
}

bool has_directory_entry(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0;
}

bool is_symbolic_link(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

void remove_quietly(const std::string& path) {
  if (unlink(path.c_str()) != 0) static_cast<void>(rmdir(path.c_str()));
}

std::vector<std::string> list_directory(const std::string& path) {
  if (const auto mounted = find_mounted(path); mounted && is_mounted_folder(path)) {
    return mounted->archive->names_in(mounted->inside);
  }
  const std::unique_ptr<DIR, CloseDirectory> directory(opendir(path.c_str()));
  if (directory == nullptr)
    fail("{}: cannot be listed: {}", printable(path), system_message(errno));
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void make_directories(const std::string& path) {
  for (std::size_t end = 0; end < path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    const std::string part = path.substr(0, end);
    if (mkdir(part.c_str(), 0777) != 0 && errno != EEXIST && !is_directory(part)) {
      fail("{}: cannot be made: {}", printable(part), system_message(errno));
    }
  }
  if (!is_directory(path)) fail("{}: is not a directory", printable(path));
}

std::string directory_of(std::string_view path) {
  path = without_end_slashes(path);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(without_end_slashes(path.substr(0, slash + 1)));
}

std::string file_name_of(std::string_view path) {
  path = without_end_slashes(path);
  if (path == "/") return "";
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string join_path(std::string_view directory, std::string_view name) {
  if (directory.empty() || starts_with(name, "/")) return std::string(name);
  // "-" alone would be standard input or output, and "-x" an option of some program.
  if (directory == "." && !starts_with(name, "-")) return std::string(name);
  std::string result(directory);
  if (result.back() != '/') result += '/';
  result += name;
  return result;
}

}  // namespace trex
