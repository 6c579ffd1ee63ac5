// Any filter expression gives rows or one Error, on a table with every type of column.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "trex/base/error.hpp"
#include "trex/table/expression.hpp"
#include "trex/table/table.hpp"

namespace {

trex::Table make_table() {
  using trex::Key;
  using trex::Unit;
  trex::Table table;
  table.add(Key<std::string_view>{"name", Unit::none, ""},
            std::vector<std::string>{"conv1", "", "attn\x1e.q"});
  table.add(Key<double>{"time_ms", Unit::none, ""}, {0.5, trex::null_real, -1});
  table.add(Key<std::int64_t>{"bytes", Unit::none, ""}, {INT64_MAX, trex::null_integer, 0});
  table.add(Key<bool>{"hidden", Unit::none, ""}, {0, 1, trex::null_boolean});
  trex::Lists<std::int64_t> dims;
  dims.push(std::vector<std::int64_t>{1, 3, 224});
  dims.push({});
  dims.push_null();
  table.add(Key<trex::Integers>{"dims", Unit::none, ""}, std::move(dims));
  trex::Lists<trex::StringId> ops;
  ops.push(std::vector<trex::StringId>{0, 1});
  ops.push({});
  ops.push_null();
  table.add(Key<trex::Texts>{"source_ops", Unit::none, ""}, std::move(ops));
  return table;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const trex::Table table = make_table();
  try {
    trex::rows_where(table, {reinterpret_cast<const char*>(data), size});
  } catch (const trex::Error&) {
  }
  return 0;
}
