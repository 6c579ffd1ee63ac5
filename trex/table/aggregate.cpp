// Each aggregate is one pass over the members; a median first lays each group's values together.

// SPDX-License-Identifier: Apache-2.0
#include "trex/table/aggregate.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/table/arithmetic.hpp"

namespace trex {
namespace {

using Integers64 = std::vector<std::int64_t>;
using Reals = std::vector<double>;

bool is_known(std::int64_t value) { return value != null_integer; }
bool is_known(double value) { return !std::isnan(value); }

Integers64 sums(const Integers64& values, const Members& members) {
  std::vector<IntegerSum> sums(members.group_count);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    sums[members.groups[i]].add(values[members.rows[i]]);
  }
  Integers64 result;
  result.reserve(sums.size());
  for (const IntegerSum& sum : sums) result.push_back(sum.value());
  return result;
}

struct Total {
  double sum = 0;
  std::int64_t count = 0;
};

template <class T>
std::vector<Total> totals(const std::vector<T>& values, const Members& members) {
  std::vector<Total> totals(members.group_count);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    const T value = values[members.rows[i]];
    if (!is_known(value)) continue;
    Total& total = totals[members.groups[i]];
    total.sum += static_cast<double>(value);
    ++total.count;
  }
  return totals;
}

Reals sums(const Reals& values, const Members& members) {
  Reals result;
  for (const Total& total : totals(values, members)) {
    result.push_back(total.count == 0 ? null_real : known_if_finite(total.sum));
  }
  return result;
}

template <class T>
Reals means(const std::vector<T>& values, const Members& members) {
  Reals result;
  for (const Total& total : totals(values, members)) {
    result.push_back(total.count == 0
                         ? null_real
                         : known_if_finite(total.sum / static_cast<double>(total.count)));
  }
  return result;
}

template <class T, class Better>
std::vector<T> extremes(const std::vector<T>& values, const Members& members, T unknown,
                        Better better) {
  std::vector<T> result(members.group_count, unknown);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    const T value = values[members.rows[i]];
    T& best = result[members.groups[i]];
    if (is_known(value) && (!is_known(best) || better(value, best))) best = value;
  }
  return result;
}

template <class T>
Reals medians(const std::vector<T>& values, const Members& members) {
  std::vector<std::size_t> starts(members.group_count + 1, 0);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    if (is_known(values[members.rows[i]])) ++starts[members.groups[i] + 1];
  }
  for (std::size_t g = 0; g < members.group_count; ++g) starts[g + 1] += starts[g];
  Reals together(starts.back());
  std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    const T value = values[members.rows[i]];
    if (is_known(value)) together[next[members.groups[i]]++] = static_cast<double>(value);
  }
  Reals result;
  for (std::size_t g = 0; g < members.group_count; ++g) {
    const auto group = std::span(together).subspan(starts[g], starts[g + 1] - starts[g]);
    std::sort(group.begin(), group.end());
    result.push_back(percentile_linear(group, 50));
  }
  return result;
}

Integers64 known_counts(const Column& column, const Members& members) {
  Integers64 counts(members.group_count, 0);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    if (!column.is_null(members.rows[i])) ++counts[members.groups[i]];
  }
  return counts;
}

// The first row of each group where the column is known.
std::vector<Row> first_known(const Column& column, const Members& members) {
  std::vector<Row> rows(members.group_count, no_row);
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    Row& row = rows[members.groups[i]];
    if (row == no_row && !column.is_null(members.rows[i])) row = members.rows[i];
  }
  return rows;
}

template <class T>
Column::Data of_numbers(const std::vector<T>& values, Aggregate what, const Members& members,
                        T unknown) {
  switch (what) {
    case Aggregate::sum:
      return sums(values, members);
    case Aggregate::mean:
      return means(values, members);
    case Aggregate::median:
      return medians(values, members);
    case Aggregate::min:
      return extremes(values, members, unknown, std::less<>());
    default:
      return extremes(values, members, unknown, std::greater<>());
  }
}

}  // namespace

Column aggregate(const Column& column, Aggregate what, std::string name, const Members& members) {
  if (what == Aggregate::any) {
    return column.take(first_known(column, members)).renamed(std::move(name));
  }
  if (what == Aggregate::count) {
    return {std::move(name), Unit::count, "rows where '" + column.name() + "' is known",
            known_counts(column, members), column.strings()};
  }
  Column::Data data;
  if (column.type() == ColumnType::integer) {
    data = of_numbers(std::get<1>(column.data()), what, members, null_integer);
  } else if (column.type() == ColumnType::real) {
    data = of_numbers(std::get<2>(column.data()), what, members, null_real);
  } else {
    fail("the {} of column '{}' needs numbers, and it holds {}; count and any work on it",
         aggregate_name(what), printable(column.name()), column_type_name(column.type()));
  }
  return {std::move(name), column.unit(), column.meaning(), std::move(data), column.strings()};
}

namespace {
constexpr std::string_view aggregate_names_by_value[] = {"sum", "mean",  "median", "min",
                                                         "max", "count", "any"};
}

std::string_view aggregate_name(Aggregate what) {
  return aggregate_names_by_value[static_cast<std::size_t>(what)];
}

const std::vector<std::string>& aggregate_names() {
  static const std::vector<std::string> names(std::begin(aggregate_names_by_value),
                                              std::end(aggregate_names_by_value));
  return names;
}

Aggregate find_aggregate(std::string_view name) {
  const auto& names = aggregate_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    fail("no aggregate '{}'{}", printable(name), did_you_mean(name, names));
  }
  return static_cast<Aggregate>(found - names.begin());
}

}  // namespace trex
