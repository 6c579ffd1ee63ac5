// What `--agg` takes -> aggregations of a group-by.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/aggregates.hpp"

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

}  // namespace trex::report
