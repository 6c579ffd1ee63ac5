// The small files that say what a dataset holds: its marker, a commit's record, a checkpoint.
//
// As data and as JSON; who writes them when is dataset_log's. They may come from anyone, and
// compact moves the files that they name: a path that leads out of the dataset is refused here.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/json.hpp"

namespace trex::store {

// Raised when an older trex would misread what a newer one writes; not when something is added.
inline constexpr int dataset_version = 1;

inline constexpr std::string_view marker_name = "trex-dataset.json";
inline constexpr std::string_view commits_name = "_commits";
inline constexpr std::string_view staging_name = "_staging";
inline constexpr std::string_view trash_name = "_trash";

struct DataFile {
  std::string path;   // relative to the dataset: "layers/model=.../x.parquet"
  std::string table;  // its first part
  std::int64_t rows = 0, bytes = 0;
  std::string sha256;
  bool operator==(const DataFile&) const = default;
};

struct Commit {
  std::int64_t sequence = 0;  // from 1
  std::string operation;      // "add", "compact"
  std::string time;           // "2026-03-14T09:26:53Z"
  std::string staging;        // name of its folder below _staging
  std::vector<DataFile> added;
  std::vector<std::string> removed;  // paths
  std::vector<std::string> engine_ids;
  bool operator==(const Commit&) const = default;
};

// All files as of a commit.
struct Checkpoint {
  std::int64_t sequence = 0;
  std::int64_t engine_count = 0;
  std::vector<DataFile> files;
  bool operator==(const Checkpoint&) const = default;
};

std::string marker_text();
std::string to_text(const Commit& commit);
std::string to_text(const Checkpoint& checkpoint);
// `file` names it in messages. All throw Error for what is damaged, of a newer version, or leads
// out of the dataset.
void check_marker(std::string_view text, const std::string& file);
Commit parse_commit(std::string_view text, const std::string& file);
Checkpoint parse_checkpoint(std::string_view text, const std::string& file);

// "000000000042.json", "checkpoint-000000000042.json", "checkpoint-000000000042.ids".
std::string commit_file_name(std::int64_t sequence);
std::string checkpoint_file_name(std::int64_t sequence);
std::string checkpoint_ids_name(std::int64_t sequence);
// The numbers in such names; nothing for other names.
std::optional<std::int64_t> commit_number(std::string_view file_name);
std::optional<std::int64_t> checkpoint_number(std::string_view file_name);

// Now, in UTC: "2026-03-14T09:26:53Z".
std::string utc_now();

}  // namespace trex::store
