// The layer table with every column that a user may name: the model's, the analyses', and the
// attributes of the file itself (`Kernel`, `Stride`, `Weights.Count`).
//
// Analyses and attributes are computed only when a name asks for one of them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::report {

// What every row of `trex layers --json` has, in this order.
const std::vector<std::string>& contract_columns();
// All that `--columns all` shows: the model's columns and every analysis', no raw attributes.
std::vector<std::string> every_column(const Table& full_table);

// One row a layer, hidden ones too, in the file's order: the model's columns, `macs`, and what
// `names` asks for ("all": every analysis). Throws Error for a name that is nearly a column's or an
// attribute's; one that is nothing we know is left to whoever uses it, with every column there.
Table layer_table(const Engine& engine, const std::vector<std::string>& names);

// Adds to such a table of every layer what `names` asks for and it lacks: attributes of the file.
// Throws Error as above.
void add_attributes(Table& table, const Engine& engine, const std::vector<std::string>& names);

// The names that a filter expression may mean as columns: its words outside quotes.
std::vector<std::string> words_of(std::string_view expression);

}  // namespace trex::report
