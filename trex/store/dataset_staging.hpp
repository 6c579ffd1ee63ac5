// A writer's files before they are the dataset's: the folder they wait in, and their way into
// place.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/base/file_durable.hpp"
#include "trex/store/dataset_log.hpp"

namespace trex::store {

// A folder below _staging, ours while we live.
class Staging {
 public:
  explicit Staging(const std::string& dataset);
  ~Staging();  // removes it, unless it was kept
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  const std::string& name() const { return name_; }
  const std::string& path() const { return path_; }
  // Where a file waits that will stand at `path` in the dataset; its folders are made.
  std::string place_for(const std::string& path) const;
  // A commit that names it is being made, or is made: who removes it now would break a promise.
  void keep(bool is_kept = true) { is_kept_ = is_kept; }

 private:
  std::string name_, path_;
  std::optional<FileLock> lock_;
  bool is_kept_ = false;
};

// Puts a commit's files into place, those that it removed into the trash, and removes its staging
// folder. Doing it twice, or two at once, is harmless.
void publish(const std::string& dataset, const Commit& commit);
// Keeps the promises of writers that died (or are slow). Returns how many there were.
std::size_t publish_unfinished(const DatasetLog& log);

// Below _staging, what belongs to no commit and to no living process, and was last changed more
// than `grace_s` ago; below _trash, what has been there for as long.
struct Leftovers {
  std::vector<std::string> staging, trash;  // folders, relative to the dataset
  std::size_t files = 0;                    // in them
};
Leftovers find_leftovers(const DatasetLog& log, double grace_s);
void remove_leftovers(const DatasetLog& log, const Leftovers& leftovers);

}  // namespace trex::store
