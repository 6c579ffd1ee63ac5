// Questions about one row, made from a column and what it is compared with.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "trex/table/expression_token.hpp"
#include "trex/table/table.hpp"

namespace trex {

// Valid as long as the table it was made for.
using Predicate = std::function<bool(Row)>;

enum class Comparison : std::uint8_t {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  match,
  no_match,
};

struct Literal {
  enum class Kind : std::uint8_t { number, text, boolean };
  Kind kind = Kind::text;
  std::string text;
  double real = 0;
  std::optional<std::int64_t> integer;  // of a number that is one
  bool boolean = false;
};

// Each throws Error at `place` when the column's type does not allow it. Unknown cells: false.
Predicate compare(const Column& column, Comparison how, const Literal& literal, const Place& place);
Predicate compare(const Column& a, Comparison how, const Column& b, const Place& place);
Predicate is_one_of(const Column& column, const std::vector<Literal>& literals, const Place& place);
Predicate is_true(const Column& column);  // a boolean one

}  // namespace trex
