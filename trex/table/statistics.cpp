// Figures over one column: totals, percentiles, and the table of them.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "trex/table/arithmetic.hpp"
#include "trex/table/table.hpp"

namespace trex {
namespace {

namespace described {
constexpr Key<std::string_view> column{"column", Unit::none, "name of the column"};
constexpr Key<std::string_view> unit{"unit", Unit::none, "its unit"};
constexpr Key<std::int64_t> count{"count", Unit::count, "rows where it is known"};
constexpr Key<std::int64_t> unknown{"unknown", Unit::count, "rows where it is not"};
constexpr Key<double> sum{"sum", Unit::none, "sum of the known values"};
constexpr Key<double> mean{"mean", Unit::none, "their mean"};
constexpr Key<double> std{"std", Unit::none, "their sample standard deviation (n - 1)"};
constexpr Key<double> min{"min", Unit::none, "smallest"};
constexpr Key<double> p25{"p25", Unit::none, "first quartile"};
constexpr Key<double> median{"median", Unit::none, "middle value"};
constexpr Key<double> p75{"p75", Unit::none, "third quartile"};
constexpr Key<double> max{"max", Unit::none, "largest"};
}  // namespace described

std::vector<double> known_values(const Column& column) {
  std::vector<double> values;
  values.reserve(column.size());
  for (Row row = 0; row < column.size(); ++row) {
    if (const auto value = column.real(row)) values.push_back(*value);
  }
  return values;
}

double sum_of(const Column& column) {
  if (column.type() == ColumnType::real) return total(View<double>(column)).value_or(null_real);
  const auto sum = total(View<std::int64_t>(column));
  return sum ? static_cast<double>(*sum) : null_real;
}

// Of sorted values, from their mean: the second pass loses no digits to large means.
double sample_deviation(const std::vector<double>& values, double mean) {
  if (values.size() < 2) return null_real;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return known_if_finite(std::sqrt(squares / static_cast<double>(values.size() - 1)));
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? null_real : known_if_finite(sum / static_cast<double>(values.size()));
}

}  // namespace

std::optional<double> total(View<double> column) {
  double sum = 0;
  bool known = false;
  for (const double value : column.values()) {
    if (std::isnan(value)) continue;
    sum += value;
    known = true;
  }
  return known && std::isfinite(sum) ? std::optional<double>(sum) : std::nullopt;
}

std::optional<std::int64_t> total(View<std::int64_t> column) {
  IntegerSum sum;
  for (const std::int64_t value : column.values()) sum.add(value);
  const std::int64_t result = sum.value();
  return result == null_integer ? std::nullopt : std::optional<std::int64_t>(result);
}

double percentile_linear(std::span<const double> sorted, double p) {
  if (sorted.empty() || std::isnan(p)) return null_real;
  const double place = static_cast<double>(sorted.size() - 1) * std::clamp(p, 0.0, 100.0) / 100;
  const auto below = static_cast<std::size_t>(place);
  const double a = sorted[below];
  const double b = sorted[std::min(below + 1, sorted.size() - 1)];
  const double t = place - static_cast<double>(below);
  if (a == b || t == 0) return a;  // also for infinities, whose difference is no number
  const double difference = b - a;
  if (!std::isfinite(difference)) return a * (1 - t) + b * t;
  // From the nearer end, as numpy does: the result then never leaves [a, b].
  return t < 0.5 ? a + difference * t : b - difference * (1 - t);
}

Table Table::describe() const {
  std::vector<std::string> names, units;
  std::vector<std::int64_t> counts, unknowns;
  std::vector<double> sums, means, deviations, mins, p25s, medians, p75s, maxs;
  for (const auto& column : columns_) {
    if (column->type() != ColumnType::integer && column->type() != ColumnType::real) continue;
    std::vector<double> values = known_values(*column);
    std::sort(values.begin(), values.end());
    const double mean = mean_of(values);
    names.push_back(column->name());
    units.emplace_back(unit_symbol(column->unit()));
    counts.push_back(static_cast<std::int64_t>(values.size()));
    unknowns.push_back(static_cast<std::int64_t>(row_count_ - values.size()));
    sums.push_back(sum_of(*column));
    means.push_back(mean);
    deviations.push_back(sample_deviation(values, mean));
    mins.push_back(percentile_linear(values, 0));
    p25s.push_back(percentile_linear(values, 25));
    medians.push_back(percentile_linear(values, 50));
    p75s.push_back(percentile_linear(values, 75));
    maxs.push_back(percentile_linear(values, 100));
  }
  Table result;
  result.add(described::column, names).add(described::unit, units);
  result.add(described::count, counts).add(described::unknown, unknowns);
  result.add(described::sum, sums).add(described::mean, means).add(described::std, deviations);
  result.add(described::min, mins).add(described::p25, p25s).add(described::median, medians);
  result.add(described::p75, p75s).add(described::max, maxs);
  return result;
}

}  // namespace trex
