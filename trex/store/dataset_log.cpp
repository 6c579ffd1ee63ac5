// What a dataset holds, as of its last commit; and making the next one.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_log.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_durable.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

// A reader that lost this many races in a row has something else wrong with it.
constexpr int most_attempts = 100;

std::string marker_path(const std::string& folder) { return join_path(folder, marker_name); }

}  // namespace

bool is_dataset(const std::string& folder) { return is_regular_file(marker_path(folder)); }

void make_dataset(const std::string& folder) {
  if (is_dataset(folder)) return;
  if (file_exists(folder) && !is_directory(folder)) {
    fail("{}: a file, but a dataset is a folder", printable(folder));
  }
  make_directories(folder);
  for (const std::string& name : list_directory(folder)) {
    // What another writer, at the same moment, makes before its marker.
    if (name == commits_name || name == staging_name || name == marker_name) continue;
    fail("{}: no dataset, and not empty: it holds '{}'; give a new or an empty folder",
         printable(folder), printable(name));
  }
  make_directories(join_path(folder, commits_name));
  make_directories(join_path(folder, staging_name));
  const std::string own =
      join_path(join_path(folder, staging_name), fmt::format("marker-{}", getpid()));
  write_flushed(own, marker_text());
  link_exclusively(own, marker_path(folder));
  remove_if_there(own);
  flush_paths({folder, directory_of(folder)});
}

DatasetLog::DatasetLog(std::string folder, Engines engines)
    : folder_(std::move(folder)), wanted_(engines) {
  if (!is_dataset(folder_)) {
    fail("{}: no dataset: it has no {}; make one with trex dataset add {} ENGINE",
         printable(folder_), marker_name, printable(folder_));
  }
  check_marker(read_file(marker_path(folder_)).view(), marker_path(folder_));
  read_from_checkpoint();
}

std::string DatasetLog::commits_path(std::string_view name) const {
  return join_path(join_path(folder_, commits_name), name);
}

std::int64_t DatasetLog::newest_checkpoint() const {
  const std::string commits = commits_path("");
  std::int64_t newest = 0;
  if (!is_directory(commits)) return newest;
  for (const std::string& name : list_directory(commits)) {
    newest = std::max(newest, checkpoint_number(name).value_or(0));
  }
  return newest;
}

void DatasetLog::read_from_checkpoint() {
  sequence_ = checkpoint_ = newest_checkpoint();
  engine_count_ = 0;
  files_.clear();
  staging_of_.clear();
  engines_.clear();
  recent_.clear();
  if (checkpoint_ > 0) {
    const std::string path = commits_path(checkpoint_file_name(checkpoint_));
    Checkpoint read = parse_checkpoint(read_file(path).view(), path);
    engine_count_ = read.engine_count;
    for (DataFile& file : read.files) files_.emplace(file.path, std::move(file));
    if (wanted_ == Engines::known) {
      const Bytes ids = read_file(commits_path(checkpoint_ids_name(checkpoint_)));
      for (const std::string_view id : lines(ids.view())) engines_.emplace(id);
    }
  }
  read_on();
}

bool DatasetLog::read_next() {
  const std::string path = commits_path(commit_file_name(sequence_ + 1));
  if (!is_regular_file(path)) return false;
  Commit commit = parse_commit(read_file(path).view(), path);
  if (commit.sequence != sequence_ + 1) {
    fail("{}: damaged: says it is commit {}; restore it from a copy of the dataset",
         printable(path), commit.sequence);
  }
  apply(commit);
  recent_.push_back(std::move(commit));
  return true;
}

void DatasetLog::read_on() {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    while (read_next()) {
    }
    // Records are removed once a checkpoint covers them: then what looks like the end is a gap.
    if (newest_checkpoint() <= sequence_) return;
    read_from_checkpoint();
  }
  fail("{}: its log changes faster than it can be read; try again", printable(folder_));
}

void DatasetLog::apply(const Commit& commit) {
  for (const std::string& path : commit.removed) {
    files_.erase(path);
    staging_of_.erase(path);
  }
  for (const DataFile& file : commit.added) {
    files_[file.path] = file;
    staging_of_[file.path] = commit.staging;
  }
  if (wanted_ == Engines::known)
    engines_.insert(commit.engine_ids.begin(), commit.engine_ids.end());
  engine_count_ += static_cast<std::int64_t>(commit.engine_ids.size());
  sequence_ = commit.sequence;
}

std::string DatasetLog::path_of(const DataFile& file) const {
  const std::string in_place = join_path(folder_, file.path);
  const auto staging = staging_of_.find(file.path);
  if (staging == staging_of_.end() || is_regular_file(in_place)) return in_place;
  const std::string staged =
      join_path(join_path(join_path(folder_, staging_name), staging->second), file.path);
  return is_regular_file(staged) ? staged : in_place;
}

bool DatasetLog::append(Commit& commit) {
  commit.sequence = sequence_ + 1;
  const std::string own =
      join_path(join_path(join_path(folder_, staging_name), commit.staging), "commit.json");
  const std::string record = commits_path(commit_file_name(commit.sequence));
  remove_if_there(
      own);  // of a try that somebody else won: never write into what may have two names
  write_flushed(own, to_text(commit));
  if (!link_exclusively(own, record)) return false;
  remove_if_there(own);
  flush_paths({commits_path("")});
  // We slept while others used this number, wrote a checkpoint and removed their record: ours is
  // one that nobody will read.
  if (newest_checkpoint() >= commit.sequence) {
    remove_if_there(record);
    return false;
  }
  apply(commit);
  recent_.push_back(commit);
  return true;
}

void DatasetLog::write_checkpoint() {
  Checkpoint all{sequence_, engine_count_, {}};
  for (const auto& [path, file] : files_) all.files.push_back(file);
  std::vector<std::string> ids(engines_.begin(), engines_.end());
  std::sort(ids.begin(), ids.end());
  std::string text;
  for (const std::string& id : ids) text += id + "\n";
  // The ids first: a checkpoint is there once its .json is.
  const std::string suffix = fmt::format(".{}.part", getpid());
  for (const auto& [name, content] : {std::pair{checkpoint_ids_name(sequence_), text},
                                      std::pair{checkpoint_file_name(sequence_), to_text(all)}}) {
    const std::string path = commits_path(name);
    write_flushed(path + suffix, content);
    move_if_there(path + suffix, path);
  }
  flush_paths({commits_path("")});
  checkpoint_ = sequence_;
}

}  // namespace trex::store
