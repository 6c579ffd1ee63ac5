// The rows of many engines on their way into a dataset: gathered, sorted by partition, written as
// files.
//
// Memory is bounded: what has been gathered goes to disk as a run every few hundred thousand rows,
// and DuckDB sorts the runs together. A partition's engines end in one file a table, however they
// came.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "trex/store/collect.hpp"
#include "trex/store/database.hpp"
#include "trex/store/dataset_facts.hpp"
#include "trex/store/dataset_staging.hpp"

namespace trex::store {

struct DatasetMachine {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  // what DuckDB may take
  int threads = 0;                                      // of DuckDB; 0: one a core
};

class DatasetBatch {
 public:
  DatasetBatch(const std::string& dataset, DatasetMachine machine);

  // Takes its rows; the engine may be freed afterwards.
  void add(EngineTables& tables, const DatasetFacts& facts);
  bool has(const std::string& id) const { return engines_.count(id) > 0; }
  std::size_t engine_count() const { return engines_.size(); }
  std::size_t row_count() const;                // of its largest table, in memory and on disk
  std::vector<std::string> engine_ids() const;  // sorted

  void drop(const std::string& id) { engines_.erase(id); }
  // Writes a file for each table and partition into the staging folder, flushed to disk. What an
  // earlier call wrote is replaced. The paths are those that the files will have in the dataset.
  std::vector<DataFile> write_files();
  Staging& staging() { return staging_; }

 private:
  struct Member {
    std::int64_t partition = 0;
    DatasetFacts facts;
  };
  void write_run();
  Table members_table() const;
  std::string run_file(std::size_t run, std::string_view table) const;
  struct Slice {
    std::int64_t first = 0, last = 0;  // partitions [first, last)
  };
  Table placed(Table table, std::vector<std::int64_t>& rows_of_partition) const;
  void sort_slice(Database& database, std::string_view table, Slice slice) const;
  void write_slice(Database& database, std::string_view table, const std::string& file_name,
                   std::vector<DataFile>& files);
  void write_table(Database& database, std::string_view table, const std::string& file_name,
                   std::vector<DataFile>& files);

  DatasetMachine machine_;
  Staging staging_;
  Collection collection_;
  std::map<Partition, std::int64_t> partitions_;
  std::vector<std::string> partition_paths_;  // by number
  std::unordered_map<std::string, Member> engines_;
  std::map<std::string, std::vector<std::int64_t>> rows_of_;  // by table, then partition
  std::size_t run_count_ = 0, run_rows_ = 0;
};

// Opens DuckDB for work on a dataset's files, and nothing else.
DatabaseOptions dataset_database(const std::string& dataset, const DatasetMachine& machine,
                                 const Staging* staging);
// "COPY (query) TO 'file' ..." as every data file is written.
std::string copy_statement(const std::string& query, const std::string& file);
// Size, hash and rows of a file that was just written to staging.
DataFile described(const Staging& staging, const std::string& path, std::int64_t rows);

}  // namespace trex::store
