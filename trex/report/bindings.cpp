// The engine's inputs and outputs, as people read them: alike ones in one row.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/bindings.hpp"

namespace trex::report {
namespace {

constexpr std::size_t few = 8;  // so many are shown as they are
constexpr std::size_t at_most = 12;

constexpr Key<std::string_view> pattern{"pattern", Unit::none, "the name, digits as '*'"};

std::string without_digits(std::string_view name) {
  std::string result;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit) result += c;
    if (digit && (result.empty() || result.back() != '*')) result += '*';
  }
  return result;
}

// One row for those that differ in digits only; a lone one keeps its name.
Table grouped(const Table& bindings) {
  const View<std::string_view> name = bindings[binding::name];
  std::vector<std::string> patterns;
  for (Row row = 0; row < name.size(); ++row) patterns.push_back(without_digits(name[row]));
  Table table = bindings;
  table.add(pattern, patterns);
  Table groups =
      table.group_by({"mode", "pattern", "format", "dims", "min_dims", "opt_dims", "max_dims"},
                     {{Aggregate::any, "name", "name"}, {Aggregate::sum, "bytes", "bytes"}});
  std::vector<std::string> names;
  for (Row row = 0; row < groups.row_count(); ++row) {
    const std::string_view first = groups[binding::name][row];
    const std::string_view shape = groups[pattern][row];
    if (groups[group_size][row] == 1) {
      names.emplace_back(first);
    } else if (shape == "*") {  // nothing but a number: the first one says more
      names.push_back(std::string(first) + " ...");
    } else {
      names.emplace_back(shape);
    }
  }
  groups.add(binding::name, names);
  return groups;
}

// Whether any shape range of an optimization profile is known.
bool has_ranges(const Table& bindings) {
  const View<Integers> max_dims = bindings[binding::max_dims];
  for (Row row = 0; row < max_dims.size(); ++row) {
    if (!max_dims.is_null(row) && !max_dims[row].empty()) return true;
  }
  return false;
}

}  // namespace

TableBlock bindings_data(const Engine& engine) {
  TableBlock block{.key = "bindings", .title = "", .table = engine.bindings};
  block.audience = Audience::programs;
  return block;
}

TableBlock bindings_for_people(const Engine& engine) {
  const bool many = engine.bindings.row_count() > few;
  TableBlock block{
      .key = "", .title = "Bindings", .table = many ? grouped(engine.bindings) : engine.bindings};
  block.text_columns = {"mode", "name"};
  if (many && block.table.row_count() < engine.bindings.row_count()) {
    block.text_columns.emplace_back("count");
  }
  if (has_ranges(engine.bindings)) {
    for (const char* name : {"format", "min_dims", "opt_dims", "max_dims"}) {
      block.text_columns.emplace_back(name);
    }
  } else {
    for (const char* name : {"dims", "format", "bytes"}) block.text_columns.emplace_back(name);
  }
  block.optional_columns = {"format", "bytes", "min_dims"};
  block.people_rows = at_most;
  block.audience = Audience::people;
  return block;
}

}  // namespace trex::report
