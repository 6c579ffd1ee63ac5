// Adds engines to a dataset: each once, whoever else writes, and never half.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "trex/store/dataset_batch.hpp"
#include "trex/store/dataset_log.hpp"

namespace trex::store {

struct WriterOptions {
  DatasetMachine machine;
  // A commit is made once so many engines, or rows of their largest table, have gathered, or the
  // first of them has waited so long: more make fewer and larger files, and more to do again after
  // a crash.
  std::size_t engines_per_commit = 50'000;
  std::size_t rows_per_commit = 40'000'000;
  double seconds_per_commit = 600;
};

class DatasetWriter {
 public:
  // Makes the dataset when it is not there; keeps the promises of writers that died.
  DatasetWriter(std::string folder, WriterOptions options);

  struct Taken {
    std::string id, name;
    Partition partition;
    bool was_there = false;
  };
  // Was it there already (or has it been taken before)? Else it is taken, and in the dataset after
  // the next commit(). Throws Error for an engine whose files are gone by now.
  Taken take(const Engine& engine, const GivenFacts& given);
  bool is_full() const;  // time to commit()
  // Returns once all that was taken is in the dataset and on disk: the engines that this writer
  // added (of the others somebody else was first). Throws Error, with nothing of them added, when
  // that cannot be.
  std::vector<std::string> commit();

 private:
  bool commit_once(std::vector<std::string>& added);
  void drop_known();
  void write_checkpoint_when_due();

  std::string folder_;
  WriterOptions options_;
  DatasetLog log_;
  std::unique_ptr<DatasetBatch> batch_;
  std::chrono::steady_clock::time_point first_taken_;
};

}  // namespace trex::store
