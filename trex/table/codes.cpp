// Texts have their id already; the other types are numbered by first appearance.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/codes.hpp"

#include <cassert>

#include "trex/table/hash.hpp"

namespace trex {
namespace {

std::vector<std::uint32_t> integer_codes(const std::vector<std::int64_t>& values) {
  Numbering numbering;
  std::vector<std::uint32_t> codes(values.size(), unknown_code);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == null_integer) continue;
    codes[i] = numbering.number_of(static_cast<std::uint64_t>(values[i]));
  }
  return codes;
}

std::vector<std::uint32_t> real_codes(const std::vector<double>& values) {
  Numbering numbering;
  std::vector<std::uint32_t> codes(values.size(), unknown_code);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i])) codes[i] = numbering.number_of(bits_of(values[i]));
  }
  return codes;
}

std::vector<std::uint32_t> boolean_codes(const std::vector<std::uint8_t>& values) {
  std::vector<std::uint32_t> codes(values.size(), unknown_code);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != null_boolean) codes[i] = values[i] != 0 ? 1 : 0;
  }
  return codes;
}

// A list of integers is interned by its bytes.
std::vector<std::uint32_t> list_codes(const Lists<std::int64_t>& lists) {
  StringPool pool;
  std::vector<std::uint32_t> codes(lists.size(), unknown_code);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists.is_null(i)) continue;
    const auto list = lists[i];
    codes[i] = pool.intern({reinterpret_cast<const char*>(list.data()), list.size_bytes()});
  }
  return codes;
}

}  // namespace

std::vector<std::uint32_t> cell_codes(const Column& column) {
  switch (column.type()) {
    case ColumnType::boolean:
      return boolean_codes(std::get<0>(column.data()).values);
    case ColumnType::integer:
      return integer_codes(std::get<1>(column.data()));
    case ColumnType::real:
      return real_codes(std::get<2>(column.data()));
    case ColumnType::text:
      return std::get<3>(column.data()).values;
    case ColumnType::integers:
      return list_codes(std::get<4>(column.data()));
    case ColumnType::texts:
      break;
  }
  assert(false);
  return std::vector<std::uint32_t>(column.size(), unknown_code);
}

}  // namespace trex
