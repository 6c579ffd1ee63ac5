// The tables of many engines, put together: each engine is loaded, its rows are taken and it is
// freed, so that memory is bounded by the tables that were asked for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "trex/load/load.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {

// One table that grows by the rows of others; a text is kept once, whoever brings it.
class GrowingTable {
 public:
  explicit GrowingTable(const TableSpec& spec);
  // A table as EngineTables makes it: the spec's columns (asserted). Throws Error past 2^32 - 2
  // rows, or values of one list column.
  void append(const Table& rows);
  std::size_t row_count() const { return row_count_; }
  std::size_t text_bytes() const { return strings_->memory_bytes(); }
  const TableSpec& spec() const { return *spec_; }
  Table take();  // what was collected so far; then it is empty again

 private:
  StringId taken_over(StringId id, const StringPool& from);
  void append_values(Column::Data& to, const Column& from);

  const TableSpec* spec_;
  std::shared_ptr<StringPool> strings_;
  std::vector<Column::Data> columns_;
  std::size_t row_count_ = 0;
  std::vector<StringId> ids_;  // by id in the pool of the table being appended
};

// Several tables of each engine that is added.
class Collection {
 public:
  explicit Collection(std::span<const TableSpec* const> specs);
  void add(const Engine& engine);
  void add(EngineTables& tables);
  std::size_t engine_count() const { return engine_count_; }
  std::vector<GrowingTable>& tables() { return tables_; }
  std::vector<Table> take();  // in the order of the specs

 private:
  std::vector<GrowingTable> tables_;
  std::size_t engine_count_ = 0;
};

// Called before each engine is loaded: how many are done, and the files of the next.
using Progress = std::function<void(std::size_t done, const EngineFiles& next)>;
// The tables, in the order of `specs`. Throws Error for an engine that cannot be loaded.
std::vector<Table> collect_tables(std::span<const EngineFiles> engines,
                                  std::span<const TableSpec* const> specs,
                                  const Progress& progress = {});

}  // namespace trex::store
