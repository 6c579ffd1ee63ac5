// Bare tables as text, a part of their rows at a time: what exports of many engines are made of.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/table/table.hpp"

namespace trex::render {

// All columns, as `--format csv` and `tsv` write them.
std::string csv_table(const Table& table, bool with_header);
std::string tsv_table(const Table& table, bool with_header);
// The cell as JSON: null for unknown, a list on one line.
void append_json_cell(std::string& out, const Column& column, Row row);

}  // namespace trex::render
