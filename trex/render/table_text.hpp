// Bare tables as text, a part of their rows at a time: what exports of many engines are made of.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/table/table.hpp"

namespace trex::render {

// All columns, as `--format csv` and `tsv` write them: their names, and the rows [first, last).
std::string csv_header(const Table& table);
std::string tsv_header(const Table& table);
std::string csv_rows(const Table& table, Row first, Row last);
std::string tsv_rows(const Table& table, Row first, Row last);
// The cell as JSON: null for unknown, a list on one line.
void append_json_cell(std::string& out, const Column& column, Row row);

}  // namespace trex::render
