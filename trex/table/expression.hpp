// The filter language of `--where`, over the columns of any table.
//
//   type == "Convolution" and time_ms > 0.01 and name ~ "attn"
//
//   or:       and { "or" and }
//   and:      not { "and" not }
//   not:      { "not" } ( "(" or ")" | compare )
//   compare:  column OP value | column "is" ["not"] "null"
//             | column ["not"] "in" "(" value {"," value} ")" | column (a boolean one)
//   OP:       == = != < <= > >= ~ !~        (~: regular expression, part of the text)
//   value:    number | "text" | 'text' | true | false | a column's name
//
// An unknown cell makes any comparison false (also !=), so "unknown" is asked for with `is null`.
// On a list of texts `==` and `~` hold when any element does; a list of integers compares with a
// text such as "1x3x224x224". A text compares with numbers only as an error. Also "&&", "||", "!".
// For users: docs/filter-expressions.md.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "trex/table/table.hpp"

namespace trex {

// The rows where the expression holds, in order. Throws Error that points at the column of the
// mistake, with "did you mean" for unknown columns.
std::vector<Row> rows_where(const Table& table, std::string_view expression);

}  // namespace trex
