// Which folders of an archive hold an engine?
//
// trex writes flat archives; TREx keeps the paths that its files had.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/archive_folders.hpp"

#include <algorithm>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/mount.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/find_errors.hpp"

namespace trex {

bool is_archive(const std::string& path) {
  constexpr std::size_t magic_bytes = 4;
  return !path.empty() && path != "-" && is_regular_file(path) &&
         sniff(read_head(path, magic_bytes)) == FileKind::archive;
}

std::vector<std::string> open_archive(const std::string& path, Folders& folders) {
  const MountedArchive& archive = mount_archive(path);
  std::set<std::string> all;
  std::vector<std::string> names;
  for (const ZipEntry& entry : archive.reader().entries()) {
    all.insert(directory_of(path + "/" + entry.name));
    names.push_back(entry.name);
  }
  std::vector<std::string> with_graph, with_side_files;
  for (const std::string& inside : all) {
    Folder& folder = folders.at(inside);
    bool graph = false, side_file = false;
    for (const std::string& name : folder.names()) {
      const FileKind kind = folder.kind_of(name);
      graph = graph || is_graph(kind);
      side_file = side_file || is_side_file(kind);
    }
    if (graph) with_graph.push_back(inside);
    if (side_file) with_side_files.push_back(inside);
  }
  if (!with_graph.empty()) return with_graph;
  if (!with_side_files.empty()) return with_side_files;
  fail(
      "{}: no engine in this archive: looked for graph, profile, timing and metadata JSON and "
      "trtexec logs; it has {}",
      path, names.empty() ? "no files" : list_of(names));
}

void mount_around(const std::string& path) {
  if (file_exists(path)) return;
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string outer = path.substr(0, slash);
    if (is_directory(outer)) continue;
    if (is_archive(outer)) mount_archive(outer);
    return;
  }
}

}  // namespace trex
