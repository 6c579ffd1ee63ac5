// Every distinct tactic name is read once; its facts are then spread over the layers that run it.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/tactics.hpp"

#include <vector>

#include "trex/model/tactic.hpp"

namespace trex {
namespace {

// What the table's row of a tactic holds, ready to be copied.
struct Cells {
  std::int64_t tile_m = null_integer, tile_n = null_integer, tile_k = null_integer,
               stages = null_integer;
  StringId architecture = null_string, instruction = null_string, tensor_core = null_string,
           tensor_core_rule = null_string, base_name = null_string;
};

StringId text_or_null(StringPool& strings, std::string_view text) {
  return text.empty() ? null_string : strings.intern(text);
}

Cells read_tactic(StringPool& strings, std::string_view name) {
  const Tactic tactic = parse_tactic(name);
  Cells cells;
  cells.tile_m = tactic.tile_m ? *tactic.tile_m : null_integer;
  cells.tile_n = tactic.tile_n ? *tactic.tile_n : null_integer;
  cells.tile_k = tactic.tile_k ? *tactic.tile_k : null_integer;
  cells.stages = tactic.stages ? *tactic.stages : null_integer;
  cells.architecture = text_or_null(strings, tactic.architecture);
  cells.instruction = text_or_null(strings, tactic.instruction);
  cells.tensor_core = text_or_null(strings, tensor_core_name(tactic.tensor_core));
  cells.tensor_core_rule = text_or_null(strings, tactic.tensor_core_rule);
  cells.base_name = text_or_null(strings, tactic.base_name);
  return cells;
}

}  // namespace

Table tactics_table(const Engine& engine) {
  const auto tactic = engine.layers[layer::tactic];
  const std::size_t rows = engine.layer_count();
  std::vector<Cells> known(1);                                  // the first: no tactic
  std::vector<std::uint32_t> place(engine.strings->size(), 0);  // by string id, into `known`
  std::vector<std::uint32_t> cells_of(rows, 0);                 // by layer, into `known`
  for (Row row = 0; row < rows; ++row) {
    if (tactic.is_null(row) || tactic[row].empty()) continue;
    std::uint32_t& at = place[tactic.id(row)];
    if (at == 0) {
      at = static_cast<std::uint32_t>(known.size());
      known.push_back(read_tactic(*engine.strings, tactic[row]));
    }
    cells_of[row] = at;
  }

  const auto spread = [&](auto member) {
    using Value = std::decay_t<decltype(known[0].*member)>;
    std::vector<Value> column;
    column.reserve(rows);
    for (const std::uint32_t at : cells_of) column.push_back(known[at].*member);
    return column;
  };
  Table table(engine.strings);
  table.add(tactics::architecture, spread(&Cells::architecture));
  table.add(tactics::tile_m, spread(&Cells::tile_m));
  table.add(tactics::tile_n, spread(&Cells::tile_n));
  table.add(tactics::tile_k, spread(&Cells::tile_k));
  table.add(tactics::stages, spread(&Cells::stages));
  table.add(tactics::instruction, spread(&Cells::instruction));
  table.add(tactics::tensor_core, spread(&Cells::tensor_core));
  table.add(tactics::tensor_core_rule, spread(&Cells::tensor_core_rule));
  table.add(tactics::base_name, spread(&Cells::base_name));
  return table;
}

}  // namespace trex
