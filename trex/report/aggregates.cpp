// What `--agg` takes -> aggregations of a group-by.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/aggregates.hpp"

#include <fmt/format.h>

#include <array>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"

namespace trex::report {
namespace {

struct AggregateName {
  std::string_view name;
  Aggregate what;
};
constexpr std::array names{
    AggregateName{"sum", Aggregate::sum},       AggregateName{"mean", Aggregate::mean},
    AggregateName{"median", Aggregate::median}, AggregateName{"min", Aggregate::min},
    AggregateName{"max", Aggregate::max},       AggregateName{"count", Aggregate::count},
    AggregateName{"any", Aggregate::any}};

constexpr std::array<std::string_view, 5> default_sums{"time_ms", "share", "io_bytes",
                                                       "weights_bytes", "macs"};

}  // namespace

std::vector<std::string> aggregate_names() {
  std::vector<std::string> result;
  result.reserve(names.size());
  for (const AggregateName& entry : names) result.emplace_back(entry.name);
  return result;
}

Aggregation parse_aggregate(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  const std::string column(colon == std::string_view::npos ? "" : text.substr(colon + 1));
  for (const AggregateName& entry : names) {
    if (entry.name != word) continue;
    if (column.empty() && entry.what != Aggregate::count) {
      fail("--agg {}: of which column? Write it as '{}:time_ms'", text, word);
    }
    const bool plain = entry.what == Aggregate::sum || column.empty();
    return {entry.what, column, plain ? column : std::string(word) + "_" + column};
  }
  fail("--agg {}: no aggregate '{}'{}", text, word, did_you_mean(word, aggregate_names()));
}

std::vector<Aggregation> aggregations(const std::vector<std::string>& texts) {
  std::vector<Aggregation> result;
  if (texts.empty()) {
    for (const std::string_view name : default_sums) {
      result.push_back({Aggregate::sum, std::string(name), ""});
    }
  }
  for (const std::string& text : texts) {
    Aggregation aggregation = parse_aggregate(text);
    if (!aggregation.column.empty()) result.push_back(std::move(aggregation));
  }
  return result;
}

std::vector<std::string> optional_aggregates(const std::vector<std::string>& texts) {
  if (!texts.empty()) return {};
  return {"io_bytes", "macs", "weights_bytes"};
}

std::string said_left_out(const Table& rows, const std::vector<std::string>& group_columns,
                          const std::vector<Aggregation>& aggregations) {
  std::vector<Aggregation> known;
  for (const Aggregation& aggregation : aggregations) {
    if (aggregation.what != Aggregate::sum) continue;
    known.push_back({Aggregate::count, aggregation.column, "known_" + aggregation.column});
  }
  const Table groups = rows.group_by(group_columns, known);
  std::string text;
  for (const Aggregation& aggregation : known) {
    const View<std::int64_t> count(groups.at(aggregation.name));
    std::int64_t unknown = 0;
    for (Row group = 0; group < groups.row_count(); ++group) {
      const std::int64_t known_here = count[group].value_or(0);
      if (known_here > 0) unknown += groups[group_size][group].value_or(0) - known_here;
    }
    if (unknown == 0) continue;
    text += text.empty() ? "sums leave out what is unknown: " : ", ";
    text += fmt::format("{} of {}", aggregation.column, unknown);
  }
  return text;
}

}  // namespace trex::report
