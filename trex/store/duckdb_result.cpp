// Chunks of a result into columns, one builder a column.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/duckdb_result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/store/duckdb_text.hpp"

namespace trex::store {
namespace {

using duckdb::Api;
using duckdb::Type;
using duckdb::Vector;

// What becomes of a type.
enum class Kind { boolean, integer, real, decimal, text, integers, texts, value };

bool is_integer(Type type) {
  return (type >= duckdb::type_int8 && type <= duckdb::type_uint64) ||
         type == duckdb::type_int128 || type == duckdb::type_uint128;
}

Kind kind_of(const Api& api, const OwnedType& type) {
  const Type id = type.id();
  if (id == duckdb::type_boolean) return Kind::boolean;
  if (is_integer(id)) return Kind::integer;
  if (id == duckdb::type_float || id == duckdb::type_double) return Kind::real;
  if (id == duckdb::type_decimal) return Kind::decimal;
  if (id == duckdb::type_text) return Kind::text;
  if (id == duckdb::type_list) {
    const OwnedType element(api, api.list_element(type.get()));
    if (is_integer(element.id())) return Kind::integers;
    if (element.id() == duckdb::type_text) return Kind::texts;
  }
  return Kind::value;
}

class ColumnBuilder {
 public:
  ColumnBuilder(const Api& api, std::string name, duckdb::LogicalType type, StringPool& strings)
      : api_(api),
        name_(std::move(name)),
        type_(api, type),
        kind_(kind_of(api, type_)),
        strings_(strings) {
    if (kind_ == Kind::integers || kind_ == Kind::texts) {
      const OwnedType element(api, api.list_element(type));
      element_ = element.id();
    }
  }

  void append(Vector vector, std::uint64_t count) {
    const void* data = api_.vector_data(vector);
    const std::uint64_t* valid = api_.validity(vector);
    for (std::uint64_t row = 0; row < count; ++row) {
      const bool is_null = valid != nullptr && (valid[row / 64] >> (row % 64) & 1) == 0;
      append_cell(vector, data, row, is_null);
    }
  }

  std::shared_ptr<const Column> finish(const std::shared_ptr<const StringPool>& strings) {
    return std::make_shared<const Column>(std::move(name_), Unit::none, "", take_data(), strings);
  }

 private:
  void append_cell(Vector vector, const void* data, std::uint64_t row, bool is_null) {
    switch (kind_) {
      case Kind::boolean:
        booleans_.push_back(is_null
                                ? null_boolean
                                : std::uint8_t(static_cast<const std::uint8_t*>(data)[row] != 0));
        break;
      case Kind::integer:
        append_integer(data, row, is_null);
        break;
      case Kind::real:
        reals_.push_back(is_null ? null_real : real_at(data, type_.id(), row));
        break;
      case Kind::decimal:
        reals_.push_back(is_null ? null_real : decimal_at(api_, type_.get(), data, row));
        break;
      case Kind::text:
        texts_.push_back(is_null ? null_string : text_id(data, row));
        break;
      case Kind::integers:
        append_integers(vector, data, row, is_null);
        break;
      case Kind::texts:
        append_texts(vector, data, row, is_null);
        break;
      case Kind::value:
        texts_.push_back(is_null ? null_string : value_id(vector, row));
        break;
    }
  }

  // The first integer that does not fit makes the whole column real.
  void append_integer(const void* data, std::uint64_t row, bool is_null) {
    if (!is_wide_) {
      const auto value = is_null ? null_integer : integer_at(data, type_.id(), row);
      if (value && (is_null || *value != null_integer)) {
        integers_.push_back(*value);
        return;
      }
      is_wide_ = true;
      for (const std::int64_t before : integers_) {
        reals_.push_back(before == null_integer ? null_real : static_cast<double>(before));
      }
      integers_ = {};
    }
    reals_.push_back(is_null ? null_real : real_at(data, type_.id(), row));
  }

  void append_integers(Vector vector, const void* data, std::uint64_t row, bool is_null) {
    if (is_null) return integer_lists_.push_null();
    const auto entry = static_cast<const duckdb::ListEntry*>(data)[row];
    Vector child = api_.list_child(vector);
    const void* elements = api_.vector_data(child);
    std::vector<std::int64_t> list;
    for (std::uint64_t i = entry.offset; i < entry.offset + entry.length; ++i) {
      const auto value =
          is_valid(api_, child, i) ? integer_at(elements, element_, i) : null_integer;
      if (!value) fail("query: column '{}': an integer in a list is past 64 bits", name_);
      list.push_back(*value);
    }
    check_list_room(integer_lists_.values.size() + list.size());
    integer_lists_.push(list);
  }

  void append_texts(Vector vector, const void* data, std::uint64_t row, bool is_null) {
    if (is_null) return text_lists_.push_null();
    const auto entry = static_cast<const duckdb::ListEntry*>(data)[row];
    Vector child = api_.list_child(vector);
    const void* elements = api_.vector_data(child);
    std::vector<StringId> list;
    for (std::uint64_t i = entry.offset; i < entry.offset + entry.length; ++i) {
      list.push_back(is_valid(api_, child, i) ? text_id(elements, i) : strings_.intern(""));
    }
    check_list_room(text_lists_.values.size() + list.size());
    text_lists_.push(list);
  }

  void check_list_room(std::uint64_t values) const {
    if (values >= UINT32_MAX) {
      fail("query: column '{}': its lists hold more than 2^32 values; use a LIMIT", name_);
    }
  }

  StringId text_id(const void* data, std::uint64_t row) {
    return strings_.intern(static_cast<const duckdb::Text*>(data)[row].view());
  }
  StringId value_id(Vector vector, std::uint64_t row) {
    std::string text;
    append_value(api_, type_.get(), vector, row, text);
    return strings_.intern(text);
  }

  Column::Data take_data() {
    switch (kind_) {
      case Kind::boolean:
        return Booleans{std::move(booleans_)};
      case Kind::integer:
        if (is_wide_) return std::move(reals_);
        return std::move(integers_);
      case Kind::real:
      case Kind::decimal:
        return std::move(reals_);
      case Kind::text:
      case Kind::value:
        return TextIds{std::move(texts_)};
      case Kind::integers:
        return std::move(integer_lists_);
      case Kind::texts:
        return std::move(text_lists_);
    }
    return TextIds{};
  }

  const Api& api_;
  std::string name_;
  OwnedType type_;
  Kind kind_;
  Type element_ = duckdb::type_invalid;
  StringPool& strings_;
  bool is_wide_ = false;
  std::vector<std::uint8_t> booleans_;
  std::vector<std::int64_t> integers_;
  std::vector<double> reals_;
  std::vector<StringId> texts_;
  Lists<std::int64_t> integer_lists_;
  Lists<StringId> text_lists_;
};

// The name, or with "_1", "_2" at its end where others have it.
std::string free_name(const std::string& name, std::set<std::string>& taken) {
  std::string result = name;
  for (int i = 1; !taken.insert(result).second; ++i) result = fmt::format("{}_{}", name, i);
  return result;
}

}  // namespace

Table table_of(const Api& api, duckdb::Result& result) {
  Table table;
  if (api.result_kind(result) != duckdb::rows) return table;
  std::vector<std::unique_ptr<ColumnBuilder>> builders;
  std::set<std::string> taken;
  for (duckdb::Index c = 0; c < api.column_count(&result); ++c) {
    const char* name = api.column_name(&result, c);
    builders.push_back(std::make_unique<ColumnBuilder>(
        api, free_name(name ? name : "", taken), api.column_type(&result, c), *table.strings()));
  }
  std::uint64_t rows = 0;
  for (;;) {
    duckdb::Owned<duckdb::Chunk> chunk(api.destroy_chunk);
    chunk.handle = api.fetch_chunk(result);
    if (chunk.handle == nullptr) break;
    const std::uint64_t count = api.chunk_size(chunk.handle);
    rows += count;
    if (rows >= no_row) fail("query: more than 2^32 rows; use a LIMIT or group them");
    for (std::size_t c = 0; c < builders.size(); ++c) {
      builders[c]->append(api.chunk_vector(chunk.handle, c), count);
    }
  }
  for (const auto& builder : builders) table.add(builder->finish(table.strings()));
  return table;
}

}  // namespace trex::store
