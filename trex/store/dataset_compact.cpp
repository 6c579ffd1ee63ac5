// Merges a dataset's small files, and removes what nobody needs any more.
//
// A merge is a commit like any other: until its record is there nothing has changed, from then on
// the merged file counts and the small ones do not. So it may be killed at any moment, too.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_compact.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "trex/base/file.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/text.hpp"
#include "trex/store/dataset_views.hpp"

namespace trex::store {
namespace {

// A file of so many rows is large enough: merging it again and again would cost more than it saves.
constexpr std::int64_t large_rows = 2'000'000;
constexpr std::int64_t most_rows = 4'000'000;
// After a crash at most so many merges are to be done again.
constexpr std::size_t merges_per_commit = 512;
constexpr std::size_t merged_name_digits = 24;

using Group = std::vector<DataFile>;

// Files of one folder that belong together, in the order of their names.
std::vector<Group> groups_to_merge(const DatasetLog& log) {
  std::map<std::string, std::vector<Group>> by_folder;
  for (const auto& [path, file] : log.files()) {
    if (file.rows >= large_rows) continue;
    std::vector<Group>& groups = by_folder[directory_of(path)];
    std::int64_t rows = file.rows;
    if (!groups.empty()) {
      for (const DataFile& other : groups.back()) rows += other.rows;
    }
    if (groups.empty() || rows > most_rows) groups.emplace_back();
    groups.back().push_back(file);
  }
  std::vector<Group> result;
  for (auto& [folder, groups] : by_folder) {
    for (Group& group : groups) {
      if (group.size() > 1) result.push_back(std::move(group));
    }
  }
  return result;
}

std::vector<std::string> paths_of(const Group& group) {
  std::vector<std::string> paths;
  for (const DataFile& file : group) paths.push_back(file.path);
  return paths;
}

class Compaction {
 public:
  Compaction(const std::string& folder, const CompactOptions& options)
      : options_(options), log_(folder, DatasetLog::Engines::known) {}

  CompactReport run();

 private:
  DataFile merge(Database& database, const Staging& staging, const Group& group);
  void merge_and_commit(std::span<const Group> groups, std::size_t done, std::size_t all);
  void commit(std::vector<DataFile> merged, std::vector<Group> groups, Staging& staging);
  void clean();
  void remove_records();
  void measure(std::size_t& files, std::int64_t& bytes) const;

  const CompactOptions& options_;
  DatasetLog log_;
  CompactReport report_;
};

void Compaction::measure(std::size_t& files, std::int64_t& bytes) const {
  files = log_.files().size();
  bytes = 0;
  for (const auto& [path, file] : log_.files()) bytes += file.bytes;
}

// An engine's rows of a table stand in one file, in its own order.
DataFile Compaction::merge(Database& database, const Staging& staging, const Group& group) {
  std::vector<std::string> files;
  std::int64_t rows = 0;
  for (const DataFile& file : group) {
    files.push_back(scanned_path(log_.path_of(file)));
    rows += file.rows;
  }
  const std::string name =
      sha256(join(paths_of(group), "\n")).substr(0, merged_name_digits) + ".parquet";
  const std::string path = join_path(directory_of(group.front().path), name);
  const std::string query = fmt::format(
      "SELECT * EXCLUDE (file_row_number) FROM read_parquet([{}], union_by_name = true, "
      "hive_partitioning = false, file_row_number = true) ORDER BY engine_id, file_row_number",
      join(files, ", "));
  database.run(copy_statement(query, staging.place_for(path)));
  return described(staging, path, rows);
}

void Compaction::merge_and_commit(std::span<const Group> groups, std::size_t done,
                                  std::size_t all) {
  Staging staging(log_.folder());
  Database database(dataset_database(log_.folder(), options_.machine, &staging));
  std::vector<DataFile> merged;
  std::vector<std::string> places;
  for (const Group& group : groups) {
    merged.push_back(merge(database, staging, group));
    places.push_back(join_path(staging.path(), merged.back().path));
    if (options_.progress) options_.progress(done + merged.size(), all);
  }
  flush_paths(places);
  commit(std::move(merged), {groups.begin(), groups.end()}, staging);
}

void Compaction::commit(std::vector<DataFile> merged, std::vector<Group> groups, Staging& staging) {
  for (;;) {
    log_.read_on();
    Commit record{.operation = "compact", .time = utc_now(), .staging = staging.name()};
    std::size_t small_files = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const std::vector<std::string> paths = paths_of(groups[i]);
      // Another compact was first with one of them: the rest waits for the next.
      const bool are_there = std::all_of(paths.begin(), paths.end(), [&](const std::string& path) {
        return log_.files().count(path) > 0;
      });
      if (!are_there) continue;
      record.added.push_back(merged[i]);
      record.removed.insert(record.removed.end(), paths.begin(), paths.end());
      small_files += paths.size();
    }
    if (record.added.empty()) return;
    staging.keep();  // should append() throw, it may have made the commit or not
    if (log_.append(record)) {
      publish(log_.folder(), record);
      report_.merged_files += small_files;
      return;
    }
    staging.keep(false);
  }
}

// Records that a checkpoint has covered for long, and older checkpoints.
void Compaction::remove_records() {
  const std::string commits = join_path(log_.folder(), commits_name);
  const std::vector<std::string> names = list_directory(commits);
  std::int64_t covered = 0;
  for (const std::string& name : names) {
    const auto number = checkpoint_number(name);
    if (number && age_s(join_path(commits, name)) >= options_.grace_s) {
      covered = std::max(covered, *number);
    }
  }
  for (const std::string& name : names) {
    const auto record = commit_number(name), checkpoint = checkpoint_number(name);
    const bool is_old = (record && *record <= covered) || (checkpoint && *checkpoint < covered);
    if (!is_old) continue;
    if (checkpoint) remove_if_there(join_path(commits, checkpoint_ids_name(*checkpoint)));
    remove_if_there(join_path(commits, name));
    ++report_.removed_records;
  }
}

void Compaction::clean() {
  log_.read_on();
  publish_unfinished(log_);
  if (log_.sequence() > log_.checkpoint()) log_.write_checkpoint();
  const Leftovers leftovers = find_leftovers(log_, options_.grace_s);
  remove_leftovers(log_, leftovers);
  report_.removed_leftovers = leftovers.files;
  remove_records();
}

CompactReport Compaction::run() {
  report_.published_commits = publish_unfinished(log_);
  measure(report_.files_before, report_.bytes_before);
  const std::vector<Group> groups = groups_to_merge(log_);
  for (std::size_t done = 0; done < groups.size(); done += merges_per_commit) {
    const std::size_t count = std::min(merges_per_commit, groups.size() - done);
    merge_and_commit(std::span(groups).subspan(done, count), done, groups.size());
  }
  clean();
  measure(report_.files_after, report_.bytes_after);
  return report_;
}

}  // namespace

CompactReport compact_dataset(const std::string& folder, const CompactOptions& options) {
  return Compaction(folder, options).run();
}

}  // namespace trex::store
