// Walking folders for engines.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/engines_beneath.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <utility>

#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/folder.hpp"

namespace trex::store {
namespace {

constexpr int deepest_folder = 64;

class Walker {
 public:
  explicit Walker(const std::function<void(const Error&)>& problem) : problem_(problem) {}

  void walk(const std::string& folder, int depth) {
    struct stat about {};
    if (depth > deepest_folder || ::stat(folder.c_str(), &about) != 0) return;
    if (!seen_.emplace(about.st_dev, about.st_ino).second) return;
    try {
      take_engines_of(folder);
    } catch (const Error& error) {
      problem_(error);
    }
    for (const std::string& name : list_directory(folder)) {
      const std::string inner = join_path(folder, name);
      if (name.front() != '.' && name.front() != '_' && is_directory(inner)) {
        walk(inner, depth + 1);
      }
    }
  }

  std::vector<EngineFiles> engines;

 private:
  // A folder of folders has none of its own, which is no error here.
  void take_engines_of(const std::string& path) {
    Folder folder(path);
    const std::vector<std::string>& names = folder.names();
    const bool has_any = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      if (!may_be_readable(name) || is_directory(join_path(path, name))) return false;
      const FileKind kind = folder.kind_of(name);
      return is_graph(kind) || is_side_file(kind);
    });
    if (has_any) take({path});
    for (const std::string& name : names) {
      if (!ends_with(name, ".tea")) continue;
      try {
        take({join_path(path, name)});
      } catch (const Error& error) {
        problem_(error);
      }
    }
  }

 public:
  void take(const std::vector<std::string>& arguments) {
    for (EngineFiles& files : find_engine_files(arguments, {})) {
      engines.push_back(std::move(files));
    }
  }

 private:
  const std::function<void(const Error&)>& problem_;
  std::set<std::pair<dev_t, ino_t>> seen_;
};

}  // namespace

std::vector<EngineFiles> engines_beneath(const std::vector<std::string>& paths,
                                         const std::function<void(const Error&)>& problem) {
  Walker walker(problem);
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const std::size_t before = walker.engines.size();
    walker.walk(path, 0);
    // Of an empty folder the loader says best what it looked for.
    if (walker.engines.size() == before) walker.take({path});
  }
  if (!files.empty()) walker.take(files);
  return std::move(walker.engines);
}

}  // namespace trex::store
