// Merges a dataset's small files, and removes what nobody needs any more.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "trex/store/dataset_batch.hpp"

namespace trex::store {

struct CompactOptions {
  // What killed writers left, files that were replaced and old records go once they are as old:
  // somebody may still be reading.
  double grace_s = 3600;
  DatasetMachine machine;
  std::function<void(std::size_t done, std::size_t all)> progress = {};  // of the merges
};

struct CompactReport {
  std::size_t files_before = 0, files_after = 0;
  std::int64_t bytes_before = 0, bytes_after = 0;
  std::size_t merged_files = 0;       // that are now in another
  std::size_t published_commits = 0;  // of writers that died
  std::size_t removed_leftovers = 0;  // files of theirs, and of the trash
  std::size_t removed_records = 0;
};

// Beside writers and readers. Of two at once, each merges what the other has not. Throws Error when
// a file cannot be read or written; what was merged until then stays merged.
CompactReport compact_dataset(const std::string& folder, const CompactOptions& options);

}  // namespace trex::store
