// The table function behind a view: which rows a thread takes, and its columns copied into chunks.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/duckdb_scan.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <unordered_map>

#include "trex/base/error.hpp"
#include "trex/store/duckdb_fill.hpp"
#include "trex/store/duckdb_library.hpp"

namespace trex::store {
namespace {

// Rows that a thread takes at a time: 32 of DuckDB's chunks, some milliseconds of work.
constexpr std::uint64_t rows_per_turn = 32 * 2048;
// Sums of reals depend on the order of addition, so a query gives the same digits every time only
// on one thread; below this many rows that costs little.
constexpr std::uint64_t rows_per_thread = 500'000;

struct GlobalScan {
  const ScanSource* source;
  std::vector<duckdb::Index> columns;  // the schema's column behind each vector of a chunk
  std::atomic<std::uint64_t> next = 0;
};

struct LocalScan {
  std::uint64_t at = 0, end = 0;  // rows of the whole
};

template <class T>
void delete_scan(void* data) {
  delete static_cast<T*>(data);
}

duckdb::Type duckdb_type_of(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return duckdb::type_boolean;
    case ColumnType::integer:
    case ColumnType::integers:
      return duckdb::type_int64;
    case ColumnType::real:
      return duckdb::type_double;
    case ColumnType::text:
    case ColumnType::texts:
      return duckdb::type_text;
  }
  return duckdb::type_invalid;
}

void declare_columns(const duckdb::Api& api, duckdb::BindInfo info, const Table& schema) {
  for (std::size_t c = 0; c < schema.column_count(); ++c) {
    const Column& column = schema.column(c);
    duckdb::LogicalType type = api.create_type(duckdb_type_of(column.type()));
    if (column.type() == ColumnType::integers || column.type() == ColumnType::texts) {
      duckdb::LogicalType element = type;
      type = api.create_list_type(element);
      api.destroy_type(&element);
    }
    api.bind_add_column(info, column.name().c_str(), type);
    api.destroy_type(&type);
  }
}

void bind_scan(duckdb::BindInfo info) {
  const duckdb::Api& api = duckdb_library().api;
  auto& source = *static_cast<ScanSource*>(api.bind_extra(info));
  try {
    declare_columns(api, info, source.schema());
    if (source.is_declared) {
      source.fill();
      api.bind_set_cardinality(info, source.row_count(), true);
    }
    api.bind_set_data(info, &source, nullptr);
  } catch (const std::exception& error) {
    source.failed = std::current_exception();
    api.bind_set_error(info, error.what());
  }
}

void init_scan(duckdb::InitInfo info) {
  const duckdb::Api& api = duckdb_library().api;
  auto scan = std::make_unique<GlobalScan>();
  scan->source = static_cast<const ScanSource*>(api.init_bind_data(info));
  for (duckdb::Index i = 0; i < api.init_column_count(info); ++i) {
    scan->columns.push_back(api.init_column(info, i));
  }
  api.init_set_max_threads(info, 1 + scan->source->row_count() / rows_per_thread);
  api.init_set_data(info, scan.release(), delete_scan<GlobalScan>);
}

void init_thread(duckdb::InitInfo info) {
  duckdb_library().api.init_set_data(info, new LocalScan, delete_scan<LocalScan>);
}

// Fills `chunk` from `local`'s rows; gives how many.
std::uint64_t fill_chunk(const duckdb::Api& api, const GlobalScan& scan, LocalScan& local,
                         duckdb::Chunk chunk) {
  const ScanSource& source = *scan.source;
  const std::uint64_t count = std::min<std::uint64_t>(api.vector_size(), local.end - local.at);
  const auto& starts = source.starts();
  const auto part_of = [&](std::uint64_t row) {
    return std::size_t(std::upper_bound(starts.begin(), starts.end(), row) - starts.begin()) - 1;
  };
  const std::size_t first_part = part_of(local.at);
  for (std::size_t v = 0; v < scan.columns.size(); ++v) {
    const duckdb::Index c = scan.columns[v];
    if (c >= source.schema().column_count()) continue;  // row ids, which nobody asked us for
    VectorFiller filler(api, api.chunk_vector(chunk, v), source.schema().column(c).type());
    std::uint64_t at = local.at;
    for (std::size_t part = first_part; at < local.at + count; ++part) {
      const std::uint64_t part_end = std::min(starts[part + 1], local.at + count);
      if (part_end == at) continue;  // a table without rows
      filler.append(source.column(part, c), static_cast<Row>(at - starts[part]), part_end - at);
      at = part_end;
    }
  }
  local.at += count;
  return count;
}

void run_scan(duckdb::FunctionInfo info, duckdb::Chunk chunk) {
  const duckdb::Api& api = duckdb_library().api;
  try {
    auto& scan = *static_cast<GlobalScan*>(api.function_init_data(info));
    auto& local = *static_cast<LocalScan*>(api.function_local_data(info));
    const std::uint64_t total = scan.source->row_count();
    if (local.at == local.end) {
      local.at = std::min(scan.next.fetch_add(rows_per_turn), total);
      local.end = std::min(local.at + rows_per_turn, total);
    }
    api.set_chunk_size(chunk, local.at == local.end ? 0 : fill_chunk(api, scan, local, chunk));
  } catch (const std::exception& error) {
    api.function_set_error(info, error.what());
  }
}

}  // namespace

ScanSource::ScanSource(Table schema, std::function<std::vector<Table>()> rows)
    : schema_(std::move(schema)), rows_(std::move(rows)) {}

void ScanSource::fill() {
  if (!rows_) return;
  parts_ = rows_();
  columns_.clear();
  starts_.assign(1, 0);
  columns_.reserve(parts_.size() * schema_.column_count());
  for (const Table& part : parts_) {
    for (std::size_t c = 0; c < schema_.column_count(); ++c) {
      const Column& wanted = schema_.column(c);
      const Column* found = part.find(wanted.name());
      const bool fits = found == nullptr || found->type() == wanted.type() ||
                        (wanted.type() == ColumnType::real && found->type() == ColumnType::integer);
      if (!fits) {
        fail("column '{}': {} values in a table whose column holds {}", wanted.name(),
             column_type_name(found->type()), column_type_name(wanted.type()));
      }
      columns_.push_back(found);
    }
    starts_.push_back(starts_.back() + part.row_count());
  }
  rows_ = nullptr;
}

void register_scan(const duckdb::Api& api, duckdb::Connection connection, const std::string& name,
                   ScanSource& source) {
  duckdb::TableFunction function = api.create_table_function();
  api.set_name(function, name.c_str());
  api.set_extra(function, &source, nullptr);
  api.set_bind(function, bind_scan);
  api.set_init(function, init_scan);
  api.set_local_init(function, init_thread);
  api.set_function(function, run_scan);
  api.set_projection(function, true);
  const duckdb::State state = api.register_table_function(connection, function);
  api.destroy_table_function(&function);
  if (state != duckdb::success) fail("the view '{}' cannot be registered with DuckDB", name);
}

}  // namespace trex::store
