// The part of DuckDB's C API that trex calls, declared in our own words.
//
// Names, numbers and layouts are facts of the ABI that DuckDB keeps stable ("stable" in its
// duckdb.h, https://duckdb.org/docs/stable/clients/c/api). Declaring these few dozen saves every
// build an 11 MB download for one header, and lets trex be built where DuckDB is not to be had: the
// library is opened at run time (duckdb_library.hpp), never linked.
//
// Every function is a member of `Api` and looked up by its name when the Api is made.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace trex::store::duckdb {

using Index = std::uint64_t;

// Handles; each stands for a pointer that only DuckDB looks behind.
using DatabaseHandle = struct DatabaseTag*;
using Connection = struct ConnectionTag*;
using Config = struct ConfigTag*;
using Extracted = struct ExtractedTag*;
using Prepared = struct PreparedTag*;
using Pending = struct PendingTag*;
using LogicalType = struct LogicalTypeTag*;
using Chunk = struct ChunkTag*;
using Vector = struct VectorTag*;
using TableFunction = struct TableFunctionTag*;
using BindInfo = struct BindInfoTag*;
using InitInfo = struct InitInfoTag*;
using FunctionInfo = struct FunctionInfoTag*;

enum State : int { success = 0, failure = 1 };

enum PendingState : int {
  result_ready = 0,
  result_not_ready = 1,
  pending_failed = 2,
  no_tasks_available = 3,
};

enum ResultKind : int { invalid_result = 0, changed_rows = 1, nothing = 2, rows = 3 };

enum StatementType : int {
  statement_invalid = 0,
  statement_select = 1,
  statement_insert = 2,
  statement_update = 3,
  statement_explain = 4,
  statement_delete = 5,
  statement_prepare = 6,
  statement_create = 7,
  statement_execute = 8,
  statement_alter = 9,
  statement_transaction = 10,
  statement_copy = 11,
  statement_analyze = 12,
  statement_set_variable = 13,
  statement_create_function = 14,
  statement_drop = 15,
  statement_export = 16,
  statement_pragma = 17,
  statement_vacuum = 18,
  statement_call = 19,
  statement_set = 20,
  statement_load = 21,
  statement_relation = 22,
  statement_extension = 23,
  statement_attach = 25,
  statement_detach = 26,
};

enum Type : int {
  type_invalid = 0,
  type_boolean = 1,
  type_int8 = 2,
  type_int16 = 3,
  type_int32 = 4,
  type_int64 = 5,
  type_uint8 = 6,
  type_uint16 = 7,
  type_uint32 = 8,
  type_uint64 = 9,
  type_float = 10,
  type_double = 11,
  type_timestamp = 12,  // microseconds since 1970
  type_date = 13,       // days since 1970
  type_time = 14,       // microseconds
  type_interval = 15,
  type_int128 = 16,
  type_text = 17,
  type_blob = 18,
  type_decimal = 19,
  type_timestamp_s = 20,
  type_timestamp_ms = 21,
  type_timestamp_ns = 22,
  type_enum = 23,
  type_list = 24,
  type_struct = 25,
  type_map = 26,
  type_uuid = 27,
  type_timestamp_tz = 31,
  type_uint128 = 32,
  type_array = 33,
  type_null = 36,
};

struct Interval {
  std::int32_t months, days;
  std::int64_t micros;
};
struct Int128 {
  std::uint64_t lower;
  std::int64_t upper;
};
struct ListEntry {
  std::uint64_t offset, length;
};

// A text: up to 12 bytes stand inside, padded with zeros; of longer ones the first four do, and
// then a pointer to the whole, which is not owned.
struct alignas(8) Text {
  static constexpr std::size_t inlined = 12, prefix = 4;

  void set(std::string_view text) {
    length = static_cast<std::uint32_t>(text.size());
    std::memset(bytes, 0, inlined);
    if (text.size() <= inlined) {
      if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
      return;
    }
    std::memcpy(bytes, text.data(), prefix);
    const char* data = text.data();
    std::memcpy(bytes + prefix, &data, sizeof data);
  }
  std::string_view view() const {
    if (length <= inlined) return {bytes, length};
    const char* data = nullptr;
    std::memcpy(&data, bytes + prefix, sizeof data);
    return {data, length};
  }

  std::uint32_t length;
  char bytes[inlined];
};
static_assert(sizeof(Text) == 16);

struct Result {  // given by value to some functions, so its size matters
  Index unused[3];
  void* unused_pointers[2];
  void* data;
};
struct Progress {
  double percentage;
  std::uint64_t done, total;
};

using Delete = void (*)(void*);

// Looks a symbol up; throws Error when the library has none of that name.
class Symbols {
 public:
  explicit Symbols(void* library) : library_(library) {}
  void* find(const char* name) const;

 private:
  void* library_;
};

template <class Signature>
class Function;

template <class R, class... Args>
class Function<R(Args...)> {
 public:
  Function(const Symbols& symbols, const char* name)
      : call_(reinterpret_cast<R (*)(Args...)>(symbols.find(name))) {}
  R operator()(Args... args) const { return call_(args...); }

 private:
  R (*call_)(Args...);
};

// A handle, destroyed at the end of the scope; null (or zeroes) until it is set.
template <class Handle>
class Owned {
 public:
  explicit Owned(const Function<void(Handle*)>& destroy) : destroy_(destroy) {}
  ~Owned() { destroy_(&handle); }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;

  Handle handle{};

 private:
  const Function<void(Handle*)>& destroy_;
};

struct Api {
  explicit Api(void* library) : from(library) {}
  Symbols from;

  Function<const char*()> library_version{from, "duckdb_library_version"};
  Function<State(Config*)> create_config{from, "duckdb_create_config"};
  Function<State(Config, const char*, const char*)> set_config{from, "duckdb_set_config"};
  Function<void(Config*)> destroy_config{from, "duckdb_destroy_config"};
  Function<State(const char*, DatabaseHandle*, Config, char**)> open{from, "duckdb_open_ext"};
  Function<void(DatabaseHandle*)> close{from, "duckdb_close"};
  Function<State(DatabaseHandle, Connection*)> connect{from, "duckdb_connect"};
  Function<void(Connection*)> disconnect{from, "duckdb_disconnect"};
  Function<void(Connection)> interrupt{from, "duckdb_interrupt"};
  Function<Progress(Connection)> query_progress{from, "duckdb_query_progress"};
  Function<void(void*)> free{from, "duckdb_free"};

  Function<Index(Connection, const char*, Extracted*)> extract_statements{
      from, "duckdb_extract_statements"};
  Function<State(Connection, Extracted, Index, Prepared*)> prepare_extracted{
      from, "duckdb_prepare_extracted_statement"};
  Function<const char*(Extracted)> extract_error{from, "duckdb_extract_statements_error"};
  Function<void(Extracted*)> destroy_extracted{from, "duckdb_destroy_extracted"};
  Function<const char*(Prepared)> prepare_error{from, "duckdb_prepare_error"};
  Function<void(Prepared*)> destroy_prepare{from, "duckdb_destroy_prepare"};
  Function<StatementType(Prepared)> statement_type{from, "duckdb_prepared_statement_type"};
  Function<Index(Prepared)> parameter_count{from, "duckdb_nparams"};
  Function<const char*(Prepared, Index)> parameter_name{from, "duckdb_parameter_name"};
  Function<State(Prepared, Index, bool)> bind_boolean{from, "duckdb_bind_boolean"};
  Function<State(Prepared, Index, std::int64_t)> bind_int64{from, "duckdb_bind_int64"};
  Function<State(Prepared, Index, double)> bind_double{from, "duckdb_bind_double"};
  Function<State(Prepared, Index, const char*, Index)> bind_text{from,
                                                                 "duckdb_bind_varchar_length"};
  Function<State(Prepared, Index)> bind_null{from, "duckdb_bind_null"};

  Function<State(Prepared, Pending*)> pending_prepared{from, "duckdb_pending_prepared"};
  Function<PendingState(Pending)> execute_task{from, "duckdb_pending_execute_task"};
  Function<bool(PendingState)> is_finished{from, "duckdb_pending_execution_is_finished"};
  Function<const char*(Pending)> pending_error{from, "duckdb_pending_error"};
  Function<State(Pending, Result*)> execute_pending{from, "duckdb_execute_pending"};
  Function<void(Pending*)> destroy_pending{from, "duckdb_destroy_pending"};

  Function<const char*(Result*)> result_error{from, "duckdb_result_error"};
  Function<void(Result*)> destroy_result{from, "duckdb_destroy_result"};
  Function<ResultKind(Result)> result_kind{from, "duckdb_result_return_type"};
  Function<Index(Result*)> column_count{from, "duckdb_column_count"};
  Function<const char*(Result*, Index)> column_name{from, "duckdb_column_name"};
  Function<LogicalType(Result*, Index)> column_type{from, "duckdb_column_logical_type"};
  Function<Chunk(Result)> fetch_chunk{from, "duckdb_fetch_chunk"};
  Function<void(Chunk*)> destroy_chunk{from, "duckdb_destroy_data_chunk"};
  Function<Index(Chunk)> chunk_size{from, "duckdb_data_chunk_get_size"};
  Function<void(Chunk, Index)> set_chunk_size{from, "duckdb_data_chunk_set_size"};
  Function<Index(Chunk)> chunk_columns{from, "duckdb_data_chunk_get_column_count"};
  Function<Vector(Chunk, Index)> chunk_vector{from, "duckdb_data_chunk_get_vector"};
  Function<Index()> vector_size{from, "duckdb_vector_size"};
  Function<void*(Vector)> vector_data{from, "duckdb_vector_get_data"};
  Function<std::uint64_t*(Vector)> validity{from, "duckdb_vector_get_validity"};
  Function<void(Vector)> make_validity{from, "duckdb_vector_ensure_validity_writable"};
  Function<void(Vector, Index, const char*, Index)> assign_text{
      from, "duckdb_vector_assign_string_element_len"};
  Function<Vector(Vector)> list_child{from, "duckdb_list_vector_get_child"};
  Function<Index(Vector)> list_size{from, "duckdb_list_vector_get_size"};
  Function<State(Vector, Index)> set_list_size{from, "duckdb_list_vector_set_size"};
  Function<State(Vector, Index)> reserve_list{from, "duckdb_list_vector_reserve"};
  Function<Vector(Vector, Index)> struct_child{from, "duckdb_struct_vector_get_child"};
  Function<Vector(Vector)> array_child{from, "duckdb_array_vector_get_child"};

  Function<LogicalType(Type)> create_type{from, "duckdb_create_logical_type"};
  Function<LogicalType(LogicalType)> create_list_type{from, "duckdb_create_list_type"};
  Function<void(LogicalType*)> destroy_type{from, "duckdb_destroy_logical_type"};
  Function<Type(LogicalType)> type_id{from, "duckdb_get_type_id"};
  Function<std::uint8_t(LogicalType)> decimal_scale{from, "duckdb_decimal_scale"};
  Function<Type(LogicalType)> decimal_storage{from, "duckdb_decimal_internal_type"};
  Function<Type(LogicalType)> enum_storage{from, "duckdb_enum_internal_type"};
  Function<char*(LogicalType, Index)> enum_word{from, "duckdb_enum_dictionary_value"};
  Function<LogicalType(LogicalType)> list_element{from, "duckdb_list_type_child_type"};
  Function<LogicalType(LogicalType)> array_element{from, "duckdb_array_type_child_type"};
  Function<Index(LogicalType)> array_length{from, "duckdb_array_type_array_size"};
  Function<Index(LogicalType)> struct_size{from, "duckdb_struct_type_child_count"};
  Function<char*(LogicalType, Index)> struct_name{from, "duckdb_struct_type_child_name"};
  Function<LogicalType(LogicalType, Index)> struct_member{from, "duckdb_struct_type_child_type"};

  Function<TableFunction()> create_table_function{from, "duckdb_create_table_function"};
  Function<void(TableFunction*)> destroy_table_function{from, "duckdb_destroy_table_function"};
  Function<void(TableFunction, const char*)> set_name{from, "duckdb_table_function_set_name"};
  Function<void(TableFunction, void*, Delete)> set_extra{from,
                                                         "duckdb_table_function_set_extra_info"};
  Function<void(TableFunction, void (*)(BindInfo))> set_bind{from,
                                                             "duckdb_table_function_set_bind"};
  Function<void(TableFunction, void (*)(InitInfo))> set_init{from,
                                                             "duckdb_table_function_set_init"};
  Function<void(TableFunction, void (*)(InitInfo))> set_local_init{
      from, "duckdb_table_function_set_local_init"};
  Function<void(TableFunction, void (*)(FunctionInfo, Chunk))> set_function{
      from, "duckdb_table_function_set_function"};
  Function<void(TableFunction, bool)> set_projection{
      from, "duckdb_table_function_supports_projection_pushdown"};
  Function<State(Connection, TableFunction)> register_table_function{
      from, "duckdb_register_table_function"};
  Function<void*(BindInfo)> bind_extra{from, "duckdb_bind_get_extra_info"};
  Function<void(BindInfo, const char*, LogicalType)> bind_add_column{
      from, "duckdb_bind_add_result_column"};
  Function<void(BindInfo, void*, Delete)> bind_set_data{from, "duckdb_bind_set_bind_data"};
  Function<void(BindInfo, Index, bool)> bind_set_cardinality{from, "duckdb_bind_set_cardinality"};
  Function<void(BindInfo, const char*)> bind_set_error{from, "duckdb_bind_set_error"};
  Function<void*(InitInfo)> init_bind_data{from, "duckdb_init_get_bind_data"};
  Function<Index(InitInfo)> init_column_count{from, "duckdb_init_get_column_count"};
  Function<Index(InitInfo, Index)> init_column{from, "duckdb_init_get_column_index"};
  Function<void(InitInfo, void*, Delete)> init_set_data{from, "duckdb_init_set_init_data"};
  Function<void(InitInfo, Index)> init_set_max_threads{from, "duckdb_init_set_max_threads"};
  Function<void*(FunctionInfo)> function_bind_data{from, "duckdb_function_get_bind_data"};
  Function<void*(FunctionInfo)> function_init_data{from, "duckdb_function_get_init_data"};
  Function<void*(FunctionInfo)> function_local_data{from, "duckdb_function_get_local_init_data"};
  Function<void(FunctionInfo, const char*)> function_set_error{from, "duckdb_function_set_error"};
};

}  // namespace trex::store::duckdb
