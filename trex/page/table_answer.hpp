// A table as the page takes it: {rows, columns: [{name, unit, doc, type, values, ...}]}.
//
// Numbers are doubles, NaN where unknown. A text is an index into the column's own "texts", a
// truth 0 or 1, and unknown is 0xFFFFFFFF and 2. Of a list column "values" holds all elements and
// row r's are values[starts[r]] to values[starts[r + 1]]; "unknown" (a byte a row) is there only
// where some list is unknown.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/page/answer.hpp"
#include "trex/table/table.hpp"

namespace trex::page {

// These columns in this order; empty: all.
Json table_json(Answer& answer, const Table& table, const std::vector<std::string>& columns = {});
// The same as the members of the answer itself.
void set_table(Answer& answer, const Table& table, const std::vector<std::string>& columns = {});
// {name, unit, doc, type}.
Json column_json(const Column& column);

}  // namespace trex::page
