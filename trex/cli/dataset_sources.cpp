// Which engines do the arguments of `trex dataset add` name?

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/dataset_sources.hpp"

#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/load/archive_folders.hpp"
#include "trex/store/engines_beneath.hpp"

namespace trex::cli {
namespace {

class Search {
 public:
  void add_files(const std::vector<std::string>& files);
  void add_folder(const std::string& folder);
  DatasetSources take() { return std::move(found_); }

 private:
  void add(const std::vector<EngineFiles>& engines);

  DatasetSources found_;
  std::set<std::string> graphs_;
};

void Search::add(const std::vector<EngineFiles>& engines) {
  for (const EngineFiles& engine : engines) {
    if (!engine.graph.empty() && !graphs_.insert(engine.graph).second) continue;
    found_.engines.push_back(engine);
  }
}

// Together, as other commands take them: X.graph.json and X.profile.json are one engine. Where that
// fails, each by itself, so that one bad file does not stop the others.
void Search::add_files(const std::vector<std::string>& files) {
  try {
    if (!files.empty()) add(find_engine_files(files, {}));
    return;
  } catch (const Error& error) {
    if (files.size() == 1) return found_.failures.push_back({files.front(), error.what()});
  }
  for (const std::string& file : files) add_files({file});
}

void Search::add_folder(const std::string& folder) {
  const auto failed = [&](const Error& error) {
    found_.failures.push_back({folder, error.what()});
  };
  try {
    add(store::engines_beneath({folder}, failed));
  } catch (const Error& error) {
    failed(error);
  }
}

}  // namespace

DatasetSources find_dataset_sources(const std::vector<std::string>& arguments) {
  Search search;
  std::vector<std::string> files;
  for (const std::string& argument : arguments) {
    if (!is_archive(argument) && is_directory(argument)) {
      search.add_folder(argument);
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
