// Two tables to one: side by side by a key, or one below the other.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/table/codes.hpp"
#include "trex/table/hash.hpp"
#include "trex/table/table.hpp"

namespace trex {
namespace {

// A join may give at most this many rows: what a key that repeats on both sides multiplies to is
// no answer to anything, and a file could ask for 10^12.
constexpr std::uint64_t most_joined_rows = std::uint64_t{1} << 26U;

using Ids = std::vector<StringId>;

// Texts of one pool, named by the ids of another; each is looked up once.
class Translation {
 public:
  Translation(const StringPool& from, StringPool& to) : from_(from), to_(to) {}
  StringId operator()(StringId id) {
    if (id == null_string) return null_string;
    const std::uint32_t number = seen_.number_of(id);
    if (number == ids_.size()) ids_.push_back(to_.intern(from_[id]));
    return ids_[number];
  }

 private:
  const StringPool& from_;
  StringPool& to_;
  Numbering seen_;
  Ids ids_;
};

Column in_pool(const Column& column, const std::shared_ptr<StringPool>& pool) {
  Column::Data data = column.data();
  if (column.strings() != nullptr && column.strings() != pool) {
    Translation translate(*column.strings(), *pool);
    if (auto* texts = std::get_if<TextIds>(&data)) {
      for (StringId& id : texts->values) id = translate(id);
    } else if (auto* lists = std::get_if<Lists<StringId>>(&data)) {
      for (StringId& id : lists->values) id = translate(id);
    }
  }
  return {column.name(), column.unit(), column.meaning(), std::move(data), pool};
}

// The codes of two columns, such that equal cells have equal codes across both.
struct KeyCodes {
  std::vector<std::uint32_t> left;
  std::vector<std::uint32_t> right;
  std::size_t count = 0;
};

// By their values as 64 bits; `bits` gives nothing for an unknown one.
template <class Bits>
KeyCodes number_keys(std::size_t left_rows, std::size_t right_rows, Bits bits) {
  Numbering numbering;
  KeyCodes codes;
  codes.left.assign(left_rows, unknown_code);
  codes.right.assign(right_rows, unknown_code);
  for (Row row = 0; row < right_rows; ++row) {
    if (const auto key = bits(row, true)) codes.right[row] = numbering.number_of(*key);
  }
  for (Row row = 0; row < left_rows; ++row) {
    if (const auto key = bits(row, false)) codes.left[row] = numbering.find(*key);
  }
  codes.count = numbering.size();
  return codes;
}

KeyCodes key_codes(const Column& left, const Column& right) {
  using Key64 = std::optional<std::uint64_t>;
  const auto pick = [&](bool of_right) -> const Column& { return of_right ? right : left; };
  switch (left.type()) {
    case ColumnType::text: {
      // `right` is in the left's pool already.
      const auto bits = [&](Row row, bool of_right) -> Key64 {
        const StringId id = std::get<TextIds>(pick(of_right).data()).values[row];
        return id == null_string ? Key64() : Key64(id);
      };
      return number_keys(left.size(), right.size(), bits);
    }
    case ColumnType::integer:
    case ColumnType::boolean: {
      const auto bits = [&](Row row, bool of_right) -> Key64 {
        const Column& column = pick(of_right);
        if (column.is_null(row)) return std::nullopt;
        if (column.type() == ColumnType::boolean) return *column.boolean(row) ? 1 : 0;
        return static_cast<std::uint64_t>(*column.integer(row));
      };
      return number_keys(left.size(), right.size(), bits);
    }
    default: {
      const auto bits = [&](Row row, bool of_right) -> Key64 {
        const auto value = pick(of_right).real(row);
        return value ? Key64(bits_of(*value)) : Key64();
      };
      return number_keys(left.size(), right.size(), bits);
    }
  }
}

// The right rows of each code, in order: those of code c are rows[starts[c]] to rows[starts[c+1]].
struct RowsByCode {
  std::vector<Row> starts;
  std::vector<Row> rows;
};

RowsByCode rows_by_code(const std::vector<std::uint32_t>& codes, std::size_t count) {
  RowsByCode result;
  result.starts.assign(count + 1, 0);
  for (const std::uint32_t code : codes) {
    if (code != unknown_code) ++result.starts[code + 1];
  }
  for (std::size_t c = 0; c < count; ++c) result.starts[c + 1] += result.starts[c];
  result.rows.resize(result.starts.back());
  std::vector<Row> next(result.starts.begin(), result.starts.end() - 1);
  for (Row row = 0; row < codes.size(); ++row) {
    if (codes[row] != unknown_code) result.rows[next[codes[row]]++] = row;
  }
  return result;
}

struct Pairs {
  std::vector<Row> left;
  std::vector<Row> right;
};

Pairs pair_rows(const KeyCodes& codes, Join how, const std::string& column) {
  const RowsByCode matches = rows_by_code(codes.right, codes.count);
  const auto count_of = [&](std::uint32_t code) -> std::uint64_t {
    return code == unknown_code ? 0 : matches.starts[code + 1] - matches.starts[code];
  };
  std::uint64_t total = 0;
  for (const std::uint32_t code : codes.left) total += std::max<std::uint64_t>(count_of(code), 1);
  if (total > std::max<std::uint64_t>(most_joined_rows, codes.left.size())) {
    fail("joining by '{}' would give up to {} rows: its values repeat on both sides",
         printable(column), total);
  }
  Pairs pairs;
  for (Row row = 0; row < codes.left.size(); ++row) {
    const std::uint32_t code = codes.left[row];
    const Row start = code == unknown_code ? 0 : matches.starts[code];
    const Row end = code == unknown_code ? 0 : matches.starts[code + 1];
    for (Row i = start; i < end; ++i) {
      pairs.left.push_back(row);
      pairs.right.push_back(matches.rows[i]);
    }
    if (start == end && how == Join::left) {
      pairs.left.push_back(row);
      pairs.right.push_back(no_row);
    }
  }
  return pairs;
}

void check_key(const Column& left, const Column& right) {
  if (left.type() == ColumnType::integers || left.type() == ColumnType::texts) {
    fail("column '{}' holds lists and cannot join tables", printable(left.name()));
  }
  const auto is_number = [](const Column& column) {
    return column.type() == ColumnType::integer || column.type() == ColumnType::real;
  };
  if (left.type() == right.type()) return;
  if (is_number(left) && is_number(right)) return;
  fail("column '{}' holds {} in one table and {} in the other: they cannot be joined",
       printable(left.name()), column_type_name(left.type()), column_type_name(right.type()));
}

// Integers as reals, for the columns and keys that meet reals.
Column as_real(const Column& column) {
  if (column.type() != ColumnType::integer) return column;
  std::vector<double> values;
  values.reserve(column.size());
  for (Row row = 0; row < column.size(); ++row) {
    values.push_back(column.real(row).value_or(null_real));
  }
  return {column.name(), column.unit(), column.meaning(), std::move(values), column.strings()};
}

Column append(const Column& above, const Column& below) {
  const bool reals = above.type() != below.type();
  Column::Data data = reals ? as_real(above).data() : above.data();
  const Column converted = reals ? as_real(below) : below;
  if (data.index() != converted.data().index()) {
    fail("column '{}' holds {} in one table and {} in the other", printable(above.name()),
         column_type_name(above.type()), column_type_name(below.type()));
  }
  const auto add = [](auto& values, const auto& more) {
    values.insert(values.end(), more.begin(), more.end());
  };
  const auto add_lists = [](auto& lists, const auto& more) {
    for (std::size_t i = 0; i < more.size(); ++i) {
      if (more.is_null(i)) {
        lists.push_null();
      } else {
        lists.push(more[i]);
      }
    }
  };
  switch (static_cast<ColumnType>(data.index())) {
    case ColumnType::boolean:
      add(std::get<0>(data).values, std::get<0>(converted.data()).values);
      break;
    case ColumnType::integer:
      add(std::get<1>(data), std::get<1>(converted.data()));
      break;
    case ColumnType::real:
      add(std::get<2>(data), std::get<2>(converted.data()));
      break;
    case ColumnType::text:
      add(std::get<3>(data).values, std::get<3>(converted.data()).values);
      break;
    case ColumnType::integers:
      add_lists(std::get<4>(data), std::get<4>(converted.data()));
      break;
    case ColumnType::texts:
      add_lists(std::get<5>(data), std::get<5>(converted.data()));
      break;
  }
  return {above.name(), above.unit(), above.meaning(), std::move(data), above.strings()};
}

// The cells of `column`, or as many unknown ones of the same kind.
Column cells_or_unknown(const Column* column, const Column& kind, std::size_t rows) {
  if (column != nullptr) return *column;
  return kind.take(std::vector<Row>(rows, no_row));
}

}  // namespace

Table Table::join(const Table& right, std::string_view column, Join how) const {
  const Column& left_key = at(column);
  const Column right_key = in_pool(right.at(column), strings_);
  check_key(left_key, right_key);
  const bool reals = left_key.type() != right_key.type();
  const KeyCodes codes =
      reals ? key_codes(as_real(left_key), as_real(right_key)) : key_codes(left_key, right_key);
  const Pairs pairs = pair_rows(codes, how, left_key.name());
  Table result = take(pairs.left);
  for (const auto& other : right.columns_) {
    if (other->name() == column) continue;
    std::string name = other->name();
    if (result.find(name) != nullptr) name += "_right";
    if (result.find(name) != nullptr) fail("two columns are named '{}'", printable(name));
    result.add(std::make_shared<const Column>(
        in_pool(*other, strings_).take(pairs.right).renamed(std::move(name))));
  }
  return result;
}

Table Table::concat(const Table& other) const {
  Table result(strings_);
  std::vector<const Column*> kinds;  // the result's columns, by whoever has them first
  for (const auto& column : columns_) kinds.push_back(column.get());
  for (const auto& column : other.columns_) {
    if (find(column->name()) == nullptr) kinds.push_back(column.get());
  }
  for (const Column* kind : kinds) {
    const Column own_kind = in_pool(*kind, strings_);
    const Column* below = other.find(kind->name());
    const Column above = cells_or_unknown(find(kind->name()), own_kind, row_count_);
    result.add(std::make_shared<const Column>(
        append(above, below != nullptr ? in_pool(*below, strings_)
                                       : cells_or_unknown(nullptr, own_kind, other.row_count_))));
  }
  return result;
}

}  // namespace trex
