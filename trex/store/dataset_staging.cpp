// A writer's files before they are the dataset's.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_staging.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

constexpr std::string_view lock_name = "lock";

std::string inside(const std::string& dataset, std::string_view folder, std::string_view name) {
  return join_path(join_path(dataset, folder), name);
}

// Unique over machines that share the folder, too: process numbers repeat there.
std::string unique_name() {
  std::random_device random;
  return fmt::format(
      "{:%Y%m%dT%H%M%SZ}-{}-{:08x}{:08x}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())), getpid(),
      random(), random());
}

// What a commit does, by folder, so that a partition's swap is as short as can be; the `engines`
// last: who joins from there finds everything.
struct Step {
  std::vector<std::string> removed, added;
};

std::vector<std::pair<std::string, Step>> steps_of(const Commit& commit) {
  std::map<std::string, Step> by_folder;
  for (const DataFile& file : commit.added)
    by_folder[directory_of(file.path)].added.push_back(file.path);
  for (const std::string& path : commit.removed)
    by_folder[directory_of(path)].removed.push_back(path);
  std::vector<std::pair<std::string, Step>> steps(by_folder.begin(), by_folder.end());
  std::stable_partition(steps.begin(), steps.end(),
                        [](const auto& step) { return !starts_with(step.first, "engines/"); });
  return steps;
}

}  // namespace

Staging::Staging(const std::string& dataset)
    : name_(unique_name()), path_(inside(dataset, staging_name, name_)) {
  make_directories(path_);
  lock_.emplace(join_path(path_, lock_name));
}

Staging::~Staging() {
  if (!is_kept_) remove_tree(path_);
}

std::string Staging::place_for(const std::string& path) const {
  const std::string place = join_path(path_, path);
  make_directories(directory_of(place));
  return place;
}

void publish(const std::string& dataset, const Commit& commit) {
  const std::string staging = inside(dataset, staging_name, commit.staging);
  const std::string trash = inside(dataset, trash_name, fmt::format("{:012}", commit.sequence));
  std::vector<std::string> folders;
  for (const auto& [folder, step] : steps_of(commit)) {
    const std::string place = join_path(dataset, folder);
    make_directories(place);
    if (!step.removed.empty()) make_directories(join_path(trash, folder));
    for (const std::string& path : step.removed) {
      move_if_there(join_path(dataset, path), join_path(trash, path));
    }
    for (const std::string& path : step.added) {
      move_if_there(join_path(staging, path), join_path(dataset, path));
    }
    folders.push_back(place);
  }
  // The names must be on disk before the folder goes that tells others to see to them.
  flush_paths(folders);
  remove_tree(staging);
}

std::size_t publish_unfinished(const DatasetLog& log) {
  std::size_t count = 0;
  for (const Commit& commit : log.recent()) {
    if (!is_directory(inside(log.folder(), staging_name, commit.staging))) continue;
    publish(log.folder(), commit);
    ++count;
  }
  return count;
}

Leftovers find_leftovers(const DatasetLog& log, double grace_s) {
  Leftovers found;
  std::set<std::string> committed;
  for (const Commit& commit : log.recent()) committed.insert(commit.staging);
  for (const std::string_view parent : {staging_name, trash_name}) {
    const std::string folder = join_path(log.folder(), parent);
    if (!is_directory(folder)) continue;
    for (const std::string& name : list_directory(folder)) {
      const std::string path = join_path(folder, name);
      if (committed.count(name) > 0 || age_s(path) < grace_s) continue;
      const bool is_staging = parent == staging_name;
      // Not made when it is not there: a folder that somebody is removing stays removable.
      const std::string lock = join_path(path, lock_name);
      if (is_staging && is_regular_file(lock) && !FileLock(lock).is_held()) continue;
      (is_staging ? found.staging : found.trash).push_back(join_path(parent, name));
      found.files += files_below(path).size();
    }
  }
  return found;
}

void remove_leftovers(const DatasetLog& log, const Leftovers& leftovers) {
  for (const auto* folders : {&leftovers.staging, &leftovers.trash}) {
    for (const std::string& folder : *folders) remove_tree(join_path(log.folder(), folder));
  }
}

}  // namespace trex::store
