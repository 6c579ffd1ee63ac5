// What a dataset holds, as of its last commit; and making the next one.
//
// Commits are numbered; a number is taken by giving a whole record that name, which only one
// writer can. So all agree on one order, nobody waits for a lock, and nothing that a killed process
// leaves stands in another's way. docs/dataset.md has the protocol and why it is safe.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "trex/store/dataset_commit.hpp"

namespace trex::store {

// Its marker is there. (A folder with a marker of a newer version is a dataset; opening it throws.)
bool is_dataset(const std::string& folder);

// Makes the folder and its marker when they are not there. Throws Error for a folder that holds
// other things.
void make_dataset(const std::string& folder);

class DatasetLog {
 public:
  // What a reader needs to know: engine ids are many, and only writers ask for them.
  enum class Engines : std::uint8_t { left_out, known };

  // Reads to the end. Throws Error when the folder is no dataset, is of a newer version, or its log
  // is damaged.
  explicit DatasetLog(std::string folder, Engines engines = Engines::left_out);

  const std::string& folder() const { return folder_; }
  std::int64_t sequence() const { return sequence_; }  // of the last commit; 0: none yet
  std::int64_t engine_count() const { return engine_count_; }
  const std::map<std::string, DataFile>& files() const { return files_; }  // by path
  bool has_engine(const std::string& id) const { return engines_.count(id) > 0; }
  const std::unordered_set<std::string>& engines() const { return engines_; }
  // Those after the checkpoint that was read: the ones that may not be published yet.
  const std::vector<Commit>& recent() const { return recent_; }
  std::int64_t checkpoint() const { return checkpoint_; }

  // Reads what others have committed since.
  void read_on();
  // Where the file stands now: in place, or still in its writer's staging folder. Throws Error when
  // in neither: a compact has replaced it since the log was read (read_on() and ask again), or it
  // is lost.
  std::string path_of(const DataFile& file) const;
  // Gives `commit` the next number and writes it. False when somebody else took that number:
  // read_on(), check that the commit still holds, and try again. Its staging folder must exist.
  bool append(Commit& commit);
  // All files and ids as of now, so that nobody has to read what came before. Every commit must
  // have been published.
  void write_checkpoint();

 private:
  void read_from_checkpoint();
  bool read_next();
  void apply(const Commit& commit);
  std::string commits_path(std::string_view name) const;
  std::int64_t newest_checkpoint() const;

  std::string folder_;
  Engines wanted_;
  std::int64_t sequence_ = 0, checkpoint_ = 0, engine_count_ = 0;
  std::map<std::string, DataFile> files_;
  std::map<std::string, std::string> staging_of_;  // by path: of recent commits
  std::unordered_set<std::string> engines_;
  std::vector<Commit> recent_;
};

}  // namespace trex::store
