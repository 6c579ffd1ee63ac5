// Table cells as people read them, shared by text and Markdown: scaled units, decimals that can be
// compared down a column, "-" for unknown. Nothing here knows escapes of a format or widths.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/document/document.hpp"

namespace trex::render {

struct PeopleColumn {
  const Column* column = nullptr;
  std::string header;              // the column's name, with its unit where the name has none
  bool numeric = false;            // stands on the right
  bool can_shrink = false;         // free text: its middle may be cut
  std::vector<std::string> cells;  // printable: control bytes made visible
};

// The first `rows` cells of a column.
PeopleColumn people_column(const Column& column, Row rows);

struct PeopleTable {
  std::vector<PeopleColumn> columns;
  std::size_t row_count = 0;
  std::string remark;  // the block's own, after what it says of rows left out
};
// The block's text columns in their order; a column that the table has not is left out.
PeopleTable people_table(const TableBlock& block);

// "72 (73 in the file)".
std::string said_with_remark(const Fact& fact);
// The facts of a one-line block: "median 0.3512 ms, p90 0.3522, p99 0.3760 (timing file)". A unit
// stands with the first of several figures. Neither escaped nor printable yet; "" without a label.
std::string said_in_one_line(const FactsBlock& block);

}  // namespace trex::render
