// The rows of many engines on their way into a dataset.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

// About 200 MB of rows and texts.
constexpr std::size_t run_rows = 400'000;
constexpr std::size_t run_text_bytes = std::size_t{64} << 20;
// Sorted at once: few enough for memory. A partition of more is sorted by itself, on disk if need
// be.
constexpr std::int64_t slice_rows = 1'000'000;
// Of a run: small, so that a slice reads little else.
constexpr std::size_t run_group_rows = 20'480;
// DuckDB's own: the least that it reads in parallel, and what a filter can skip.
constexpr std::size_t row_group_rows = 122'880;
constexpr std::size_t file_name_digits = 24;
constexpr std::string_view runs_name = "run";
constexpr std::int64_t dropped = -1;  // rows of an engine that somebody else added meanwhile

constexpr Key<std::int64_t> partition_key{"_partition", Unit::none, ""};
constexpr Key<std::int64_t> row_key{"_row", Unit::none, ""};

std::vector<const TableSpec*> all_specs() {
  std::vector<const TableSpec*> specs;
  for (const TableSpec& spec : table_specs()) specs.push_back(&spec);
  return specs;
}

std::size_t largest(std::vector<GrowingTable>& tables) {
  std::size_t rows = 0;
  for (const GrowingTable& table : tables) rows = std::max(rows, table.row_count());
  return rows;
}

// The columns of a data file, less the two that only a run has: of `engines`, what the user said
// and when it was; never a column that the path has.
std::string sorted_columns(std::string_view table) {
  if (table != "engines") return "r.*";
  return "r.* EXCLUDE (model, gpu, date), m.model AS model_name, m.gpu AS gpu_name, "
         "CAST(m.taken_at AS TIMESTAMP) AS taken_at, m.taken_at_source, "
         "CAST(m.added_at AS TIMESTAMP) AS added_at, m.tags";
}

}  // namespace

DatabaseOptions dataset_database(const std::string& dataset, const DatasetMachine& machine,
                                 const Staging* staging) {
  DatabaseOptions options;
  options.allowed_folders = {dataset};
  options.memory_bytes = machine.memory_bytes;
  options.threads = machine.threads;
  if (staging != nullptr) options.temporary_folder = join_path(staging->path(), "tmp");
  return options;
}

std::string copy_statement(const std::string& query, const std::string& file) {
  return fmt::format(
      "COPY ({}) TO {} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {}, "
      "KV_METADATA {{trex_schema_version: '{}'}})",
      query, quoted_literal(file), row_group_rows, dataset_version);
}

DataFile described(const Staging& staging, const std::string& path, std::int64_t rows) {
  const Bytes bytes = read_file(join_path(staging.path(), path));
  return {path, path.substr(0, path.find('/')), rows, static_cast<std::int64_t>(bytes.size()),
          sha256(bytes.view())};
}

DatasetBatch::DatasetBatch(const std::string& dataset, DatasetMachine machine)
    : machine_(machine), staging_(dataset), collection_(all_specs()) {}

void DatasetBatch::add(EngineTables& tables, const DatasetFacts& facts) {
  const Partition partition = partition_of(facts);
  const auto [number, is_new] =
      partitions_.emplace(partition, static_cast<std::int64_t>(partitions_.size()));
  if (is_new) partition_paths_.push_back(partition_path(partition));
  collection_.add(tables);
  engines_[tables.identity().id] = {number->second, facts};

  std::size_t text_bytes = 0;
  for (const GrowingTable& table : collection_.tables()) text_bytes += table.text_bytes();
  if (largest(collection_.tables()) >= run_rows || text_bytes >= run_text_bytes) write_run();
}

std::size_t DatasetBatch::row_count() const {
  return run_rows_ + largest(const_cast<Collection&>(collection_).tables());
}

std::vector<std::string> DatasetBatch::engine_ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, member] : engines_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::string DatasetBatch::run_file(std::size_t run, std::string_view table) const {
  return staging_.place_for(fmt::format("{}/{}/{}.parquet", runs_name, run, table));
}

// What was gathered, by partition; a row keeps its place.
void DatasetBatch::write_run() {
  if (collection_.engine_count() == 0) return;
  run_rows_ += largest(collection_.tables());
  Database database(dataset_database(staging_.path(), machine_, &staging_));
  const std::vector<Table> tables = collection_.take();
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (tables[i].row_count() == 0) continue;
    const std::string name(table_specs()[i].name);
    database.add_view("run_" + name, placed(tables[i], rows_of_[name]));
    database.run(fmt::format(
        "COPY (SELECT * FROM run_{} ORDER BY _partition, engine_id, _row) TO {} (FORMAT parquet, "
        "ROW_GROUP_SIZE {})",
        name, quoted_literal(run_file(run_count_, name)), run_group_rows));
  }
  ++run_count_;
}

// With the columns that say where a row belongs; counts the rows of each partition.
Table DatasetBatch::placed(Table table, std::vector<std::int64_t>& rows_of_partition) const {
  const Column& ids = table.at(engine_id.name);
  std::vector<std::int64_t> partitions, rows(table.row_count());
  rows_of_partition.resize(partitions_.size(), 0);
  for (Row row = 0; row < table.row_count(); ++row) {
    const auto member = engines_.find(std::string(*ids.text(row)));
    partitions.push_back(member == engines_.end() ? dropped : member->second.partition);
    if (member != engines_.end()) {
      ++rows_of_partition[static_cast<std::size_t>(member->second.partition)];
    }
  }
  std::iota(rows.begin(), rows.end(), 0);
  table.add(partition_key, std::move(partitions)).add(row_key, std::move(rows));
  return table;
}

Table DatasetBatch::members_table() const {
  const std::string now = utc_now().substr(0, 19);  // without Z: it becomes a timestamp
  std::vector<std::string> ids = engine_ids();
  auto strings = std::make_shared<StringPool>();
  std::vector<StringId> names, models, gpus, moments, sources, added, tags;
  const auto known = [&](const std::string& text) {
    return text.empty() ? null_string : strings->intern(text);
  };
  for (const std::string& id : ids) {
    const DatasetFacts& facts = engines_.at(id).facts;
    names.push_back(strings->intern(id));
    models.push_back(known(facts.model.value_or("")));
    gpus.push_back(known(facts.gpu.value_or("")));
    moments.push_back(known(facts.taken_at));
    sources.push_back(known(facts.taken_at_source));
    added.push_back(strings->intern(now));
    tags.push_back(known(facts.tags));
  }
  using T = Key<std::string_view>;
  Table table(strings);
  table.add(T{"engine_id", Unit::none, ""}, std::move(names));
  table.add(T{"model", Unit::none, ""}, std::move(models));
  table.add(T{"gpu", Unit::none, ""}, std::move(gpus));
  table.add(T{"taken_at", Unit::none, ""}, std::move(moments));
  table.add(T{"taken_at_source", Unit::none, ""}, std::move(sources));
  table.add(T{"added_at", Unit::none, ""}, std::move(added));
  table.add(T{"tags", Unit::none, ""}, std::move(tags));
  return table;
}

// Into the table `sorted`: of all runs the rows of these partitions, less those of dropped engines.
void DatasetBatch::sort_slice(Database& database, std::string_view table, Slice slice) const {
  std::vector<std::string> files;
  for (std::size_t run = 0; run < run_count_; ++run) {
    const std::string file = run_file(run, table);
    if (is_regular_file(file)) files.push_back(quoted_literal(file));
  }
  database.run(fmt::format(
      "CREATE OR REPLACE TEMP TABLE sorted AS SELECT {} FROM read_parquet([{}]) r JOIN members m "
      "ON m.engine_id = r.engine_id WHERE r._partition >= {} AND r._partition < {} "
      "ORDER BY r._partition, r.engine_id, r._row",
      sorted_columns(table), join(files, ", "), slice.first, slice.last));
}

void DatasetBatch::write_slice(Database& database, std::string_view table,
                               const std::string& file_name, std::vector<DataFile>& files) {
  const Table counts = database.query(
      "SELECT _partition, count(*) FROM sorted GROUP BY _partition ORDER BY _partition");
  for (Row row = 0; row < counts.row_count(); ++row) {
    const std::int64_t partition = counts.column(0).integer(row).value_or(0);
    const std::string path =
        fmt::format("{}/{}/{}.parquet", table,
                    partition_paths_[static_cast<std::size_t>(partition)], file_name);
    // Sorted it is: a filter keeps the order.
    database.run(copy_statement(
        fmt::format("SELECT * EXCLUDE (_partition, _row) FROM sorted WHERE _partition = {}",
                    partition),
        staging_.place_for(path)));
    files.push_back(described(staging_, path, counts.column(1).integer(row).value_or(0)));
  }
}

// Some partitions after the other, so that what is sorted at once stays small, however many engines
// there are.
void DatasetBatch::write_table(Database& database, std::string_view table,
                               const std::string& file_name, std::vector<DataFile>& files) {
  const std::vector<std::int64_t>& rows = rows_of_[std::string(table)];
  Slice slice;
  std::int64_t sum = 0;
  for (const std::int64_t count : rows) {
    if (sum > 0 && sum + count > slice_rows) {
      sort_slice(database, table, slice);
      write_slice(database, table, file_name, files);
      slice.first = slice.last;
      sum = 0;
    }
    sum += count;
    ++slice.last;
  }
  if (sum == 0) return;
  sort_slice(database, table, slice);
  write_slice(database, table, file_name, files);
}

std::vector<DataFile> DatasetBatch::write_files() {
  write_run();
  for (const TableSpec& spec : table_specs()) {
    remove_tree(join_path(staging_.path(), spec.name));
  }
  const std::string name = sha256(join(engine_ids(), "\n")).substr(0, file_name_digits);
  Database database(dataset_database(staging_.path(), machine_, &staging_));
  database.add_view("members", members_table());
  std::vector<DataFile> files;
  std::vector<std::string> places;
  for (const TableSpec& spec : table_specs()) write_table(database, spec.name, name, files);
  for (const DataFile& file : files) places.push_back(join_path(staging_.path(), file.path));
  flush_paths(places);
  return files;
}

}  // namespace trex::store
