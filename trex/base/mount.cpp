// The archives that are open, by the path they were given as.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/mount.hpp"

#include <algorithm>

#include "trex/base/stored_file.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

using Mounts = std::map<std::string, std::unique_ptr<const MountedArchive>, std::less<>>;
Mounts& mounts() {
  static Mounts list;
  return list;
}

std::string prefix_of(std::string_view folder) {
  return folder.empty() ? "" : std::string(folder) + "/";
}

}  // namespace

MountedArchive::MountedArchive(const std::string& path) : reader_(read_stored_file(path), path) {
  for (const ZipEntry& entry : reader_.entries()) by_name_.emplace(entry.name, &entry);
}

const ZipEntry* MountedArchive::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

bool MountedArchive::has_folder(std::string_view name) const {
  if (name.empty()) return true;
  const std::string prefix = prefix_of(name);
  const auto first = by_name_.lower_bound(prefix);
  return first != by_name_.end() && starts_with(first->first, prefix);
}

std::vector<std::string> MountedArchive::names_in(std::string_view folder) const {
  const std::string prefix = prefix_of(folder);
  std::vector<std::string> names;
  for (auto at = by_name_.lower_bound(prefix);
       at != by_name_.end() && starts_with(at->first, prefix); ++at) {
    const std::string_view rest = std::string_view(at->first).substr(prefix.size());
    const std::string_view name = rest.substr(0, rest.find('/'));
    if (names.empty() || names.back() != name) names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

const MountedArchive& mount_archive(const std::string& path) {
  const std::string key(without_end_slashes(path));
  auto archive = std::make_unique<const MountedArchive>(key);
  return *(mounts()[key] = std::move(archive));
}

std::optional<MountedPath> find_mounted(std::string_view path) {
  if (mounts().empty()) return std::nullopt;
  path = without_end_slashes(path);
  for (std::size_t end = 0; end < path.size();) {
    end = std::min(path.find('/', end + 1), path.size());
    const auto found = mounts().find(path.substr(0, end));
    if (found == mounts().end()) continue;
    return MountedPath{found->second.get(), path.substr(std::min(end + 1, path.size()))};
  }
  return std::nullopt;
}

}  // namespace trex
