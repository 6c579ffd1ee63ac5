// What `trex serve` offers.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/serve_files.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <climits>
#include <cstdlib>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/json.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/text.hpp"
#include "trex/load/file_roles.hpp"

namespace trex::cli {
namespace {

// The page asks every two seconds, and for all files at once after a change.
constexpr std::chrono::milliseconds fresh{500};
// A folder of folders may be anything; what is past these is not looked at.
constexpr std::size_t most_folders = 1000, most_served = 500;

std::string real_path(const std::string& path) {
  char resolved[PATH_MAX];
  return ::realpath(path.c_str(), resolved) == nullptr ? "" : resolved;
}

// A member of an archive has no path of its own: it is where the archive is.
bool lies_in(const std::string& folder, const std::string& path) {
  std::string real = real_path(path);
  for (std::string above = path; real.empty() && above != directory_of(above);) {
    above = directory_of(above);
    real = real_path(above);
  }
  const std::string inside = real_path(folder);
  return !inside.empty() && starts_with(real, inside == "/" ? inside : inside + "/");
}

// Changes with any byte written: size and time of the last change.
std::string stamp_of(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return "-";
  return fmt::format("{}:{}.{:09}:{}", about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec,
                     about.st_ino);
}

class Finder {
 public:
  ServedList find(const std::vector<std::string>& paths) {
    std::vector<std::string> named;  // files: they may belong together
    for (const std::string& path : paths) {
      if (is_directory(path)) {
        add_folder(path);
      } else {
        named.push_back(path);
      }
    }
    if (!named.empty()) add_engines(named, "");
    list_.version = sha256(stamps_).substr(0, 16);
    return std::move(list_);
  }

 private:
  void add_folder(const std::string& folder) {
    add_engines({folder}, folder);
    std::size_t looked = 0;
    for (const std::string& name : list_directory(folder)) {
      const std::string path = join_path(folder, name);
      if (starts_with(name, ".") || !is_directory(path) || !lies_in(folder, path)) continue;
      if (++looked > most_folders) break;
      add_engines({path}, folder);
    }
  }

  // `folder`: what the files must lie in; empty: anywhere, the user named them.
  void add_engines(const std::vector<std::string>& paths, const std::string& folder) {
    try {
      for (const EngineFiles& files : find_engine_files(paths, {})) {
        if (list_.engines.size() < most_served) add(files, folder);
      }
    } catch (const Error& error) {
      list_.problems.emplace_back(error.what());
    }
  }

  void add(const EngineFiles& files, const std::string& folder) {
    if (!folder.empty() && !lies_in(folder, files.graph)) return;
    ServedEngine engine{files.name.empty() ? to_valid_utf8(file_name_of(files.graph)) : files.name,
                        {}};
    std::set<std::string> seen;
    for (const FileRole& role : file_roles()) {
      const std::string& path = files.*role.path;
      if (path.empty() || role.path == &EngineFiles::onnx || !seen.insert(path).second) continue;
      if (!folder.empty() && !lies_in(folder, path)) continue;
      engine.files.push_back(add_file(path));
    }
    list_.engines.push_back(std::move(engine));
  }

  std::string add_file(const std::string& path) {
    const std::string own = to_valid_utf8(file_name_of(path));
    std::string name = fmt::format("{}/{}", list_.engines.size(), own);
    for (int i = 2; list_.paths.count(name) != 0; ++i) {
      name = fmt::format("{}/{}-{}", list_.engines.size(), i, own);
    }
    list_.paths[name] = path;
    stamps_ += fmt::format("{}\n{}\n{}\n", name, path, stamp_of(path));
    return name;
  }

  ServedList list_;
  std::string stamps_;
};

}  // namespace

ServedList served_list(const std::vector<std::string>& paths) { return Finder().find(paths); }

std::string served_json(const ServedList& list) {
  Json engines{Json::Array{}};
  for (const ServedEngine& engine : list.engines) {
    Json files{Json::Array{}};
    for (const std::string& name : engine.files) files.push(name);
    Json entry;
    entry.set("name", engine.name).set("files", std::move(files));
    engines.push(std::move(entry));
  }
  Json result;
  result.set("version", list.version).set("engines", std::move(engines));
  return result.dump() + "\n";
}

ServedList ServedFiles::list() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (!looked_ || now - *looked_ > fresh) {
    list_ = served_list(paths_);
    looked_ = now;
  }
  return list_;
}

std::optional<std::string> ServedFiles::path_of(const std::string& name) {
  const ServedList known = list();
  const auto found = known.paths.find(name);
  if (found == known.paths.end()) return std::nullopt;
  return found->second;
}

}  // namespace trex::cli
