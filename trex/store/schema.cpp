// The list of tables.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/schema.hpp"

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"

namespace trex::store {

std::span<const TableSpec> table_specs() {
  static const std::vector<TableSpec> specs{engines_spec(),    layers_spec(),   tensors_spec(),
                                            source_ops_spec(), findings_spec(), timing_spec(),
                                            bindings_spec(),   notes_spec()};
  return specs;
}

std::vector<std::string> table_names() {
  std::vector<std::string> names;
  for (const TableSpec& spec : table_specs()) names.emplace_back(spec.name);
  return names;
}

const TableSpec& find_table(std::string_view name) {
  for (const TableSpec& spec : table_specs()) {
    if (spec.name == name) return spec;
  }
  fail("unknown table '{}'{}", name, did_you_mean(name, table_names()));
}

const ColumnSpec* find_column(const TableSpec& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const ColumnSpec& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

std::string unit_word(Unit unit) {
  if (unit == Unit::fraction) return "fraction";  // people see it as percent; the value is not
  if (unit == Unit::count) return "count";
  return std::string(unit_symbol(unit));
}

}  // namespace trex::store
