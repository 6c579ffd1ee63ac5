// Adds engines to a dataset: each once, whoever else writes, and never half.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_writer.hpp"

#include <utility>

namespace trex::store {
namespace {

// So that a reader opens at most so many records.
constexpr std::int64_t commits_per_checkpoint = 64;

DatasetLog open_for_writing(const std::string& folder) {
  make_dataset(folder);
  DatasetLog log(folder, DatasetLog::Engines::known);
  publish_unfinished(log);
  return log;
}

}  // namespace

DatasetWriter::DatasetWriter(std::string folder, WriterOptions options)
    : folder_(std::move(folder)), options_(options), log_(open_for_writing(folder_)) {}

DatasetWriter::Taken DatasetWriter::take(const Engine& engine, const GivenFacts& given) {
  EngineTables tables(engine);
  const Identity& identity = tables.identity();
  const bool was_there = log_.has_engine(identity.id) || (batch_ && batch_->has(identity.id));
  Taken taken{identity.id, identity.name, {}, was_there};
  if (was_there) return taken;
  const DatasetFacts facts = facts_of(tables, given);
  taken.partition = partition_of(facts);
  if (!batch_) {
    batch_ = std::make_unique<DatasetBatch>(folder_, options_.machine);
    first_taken_ = std::chrono::steady_clock::now();
  }
  batch_->add(tables, facts);
  return taken;
}

bool DatasetWriter::is_full() const {
  if (!batch_) return false;
  const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - first_taken_;
  return batch_->engine_count() >= options_.engines_per_commit ||
         batch_->row_count() >= options_.rows_per_commit ||
         waited.count() >= options_.seconds_per_commit;
}

std::vector<std::string> DatasetWriter::commit() {
  std::vector<std::string> added;
  if (!batch_) return added;
  while (!commit_once(added)) {
  }
  batch_.reset();
  write_checkpoint_when_due();
  return added;
}

void DatasetWriter::drop_known() {
  log_.read_on();
  for (const std::string& id : batch_->engine_ids()) {
    if (log_.has_engine(id)) batch_->drop(id);
  }
}

// False when somebody else's commit came between, and has engines of ours: the files are of no use
// then.
bool DatasetWriter::commit_once(std::vector<std::string>& added) {
  drop_known();
  if (batch_->engine_count() == 0) return true;
  Commit commit{.operation = "add",
                .time = utc_now(),
                .staging = batch_->staging().name(),
                .added = batch_->write_files(),
                .engine_ids = batch_->engine_ids()};
  for (;;) {
    log_.read_on();
    for (const std::string& id : commit.engine_ids) {
      if (log_.has_engine(id)) return false;
    }
    // Before it is known: should append() throw, it may have made the commit or not.
    batch_->staging().keep();
    if (!log_.append(commit)) {
      batch_->staging().keep(false);
      continue;
    }
    publish(folder_, commit);
    added = std::move(commit.engine_ids);
    return true;
  }
}

void DatasetWriter::write_checkpoint_when_due() {
  if (log_.sequence() - log_.checkpoint() < commits_per_checkpoint) return;
  log_.read_on();
  publish_unfinished(log_);
  log_.write_checkpoint();
}

}  // namespace trex::store
