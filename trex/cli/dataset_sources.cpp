// Which engines do the arguments of `trex dataset add` name?

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/dataset_sources.hpp"

#include <filesystem>
#include <set>
#include <system_error>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/load/archive_folders.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/folder.hpp"

namespace trex::cli {
namespace {

// A folder that is a link may lead back up; deeper than this nobody keeps engines.
constexpr int most_depth = 64;

class Search {
 public:
  void add_files(const std::vector<std::string>& files);
  void add_folder(const std::string& folder, bool is_given, int depth);
  DatasetSources take() { return std::move(found_); }

 private:
  void add(const std::vector<EngineFiles>& engines);
  bool try_to_add(const std::vector<std::string>& arguments);
  static bool holds_evidence(const std::string& folder);

  DatasetSources found_;
  std::set<std::string> graphs_;
  std::string message_;
};

void Search::add(const std::vector<EngineFiles>& engines) {
  for (const EngineFiles& engine : engines) {
    if (!engine.graph.empty() && !graphs_.insert(engine.graph).second) continue;
    found_.engines.push_back(engine);
  }
}

bool Search::try_to_add(const std::vector<std::string>& arguments) {
  try {
    add(find_engine_files(arguments, {}));
    return true;
  } catch (const Error& error) {
    message_ = error.what();
    return false;
  }
}

// Together, as other commands take them: X.graph.json and X.profile.json are one engine. Where that
// fails, each by itself, so that one bad file does not stop the others.
void Search::add_files(const std::vector<std::string>& files) {
  if (files.empty() || try_to_add(files)) return;
  for (const std::string& file : files) {
    if (!try_to_add({file})) found_.failures.push_back({file, message_});
  }
}

bool Search::holds_evidence(const std::string& path) {
  try {
    Folder folder(path);
    for (const std::string& name : folder.names()) {
      if (!may_be_readable(name)) continue;
      const FileKind kind = folder.kind_of(name);
      if (is_graph(kind) || is_side_file(kind)) return true;
    }
  } catch (const Error&) {
    return true;  // cannot be looked into: that is worth a message
  }
  return false;
}

// A folder somewhere below that holds other things is no failure; one that was named is.
void Search::add_folder(const std::string& folder, bool is_given, int depth) {
  namespace fs = std::filesystem;
  const std::size_t before = found_.engines.size() + found_.failures.size();
  std::vector<std::string> inner;
  bool has_candidates = false;
  std::error_code error;
  const std::vector<std::string> names =
      is_directory(folder) ? list_directory(folder) : std::vector<std::string>{};
  for (const std::string& name : names) {
    const std::string path = join_path(folder, name);
    if (fs::is_directory(fs::symlink_status(path, error))) {
      if (name.front() != '.') inner.push_back(path);
    } else if (ends_with(name, ".tea") && is_archive(path)) {
      if (!try_to_add({path})) found_.failures.push_back({path, message_});
    } else {
      has_candidates = has_candidates || may_be_readable(name);
    }
  }
  const bool has_engine = has_candidates && try_to_add({folder});
  if (has_candidates && !has_engine && holds_evidence(folder)) {
    found_.failures.push_back({folder, message_});
  }
  if (depth < most_depth) {
    for (const std::string& path : inner) add_folder(path, false, depth + 1);
  }
  if (!is_given || found_.engines.size() + found_.failures.size() > before) return;
  if (!has_candidates) try_to_add({folder});  // for its message
  found_.failures.push_back({folder, message_});
}

}  // namespace

DatasetSources find_dataset_sources(const std::vector<std::string>& arguments) {
  Search search;
  std::vector<std::string> files;
  for (const std::string& argument : arguments) {
    if (!is_archive(argument) && is_directory(argument)) {
      search.add_folder(argument, true, 0);
    } else {
      files.push_back(argument);
    }
  }
  search.add_files(files);
  return search.take();
}

std::vector<std::string> read_argument_file(const std::string& path) {
  std::vector<std::string> result;
  const Bytes bytes = read_file(path);
  for (const std::string_view line : lines(bytes.view())) {
    if (!trim(line).empty()) result.emplace_back(line);
  }
  return result;
}

}  // namespace trex::cli
