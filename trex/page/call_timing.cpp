// How long every inference took, with percentiles of each kind of time, drift and modes.

// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string>
#include <vector>

#include "trex/compare/statistics.hpp"
#include "trex/page/calls.hpp"
#include "trex/page/table_answer.hpp"
#include "trex/report/diff_report.hpp"

namespace trex::page {
namespace {

// The times of a record that are durations; the others are points in time.
constexpr std::array durations{timing::latency_ms, timing::compute_ms, timing::h2d_ms,
                               timing::d2h_ms, timing::end_to_end_ms};

Json series_json(const Key<double>& key, std::span<const double> values) {
  Json result;
  result.set("name", key.name);
  result.set("doc", key.meaning);
  result.set("figures", report::sample_json(compare::make_sample(values)));
  return result;
}

}  // namespace

// {records, series: [{name, doc, figures}], file}; records is null without a timing file, figures
// are as in the statistics of trex diff --json.
Answer timing_call(Session& session, const Request& request) {
  const Engine& engine = engine_of(session, request).engine();
  Answer answer;
  if (engine.timing.row_count() == 0) return answer.set("records", Json()).set("series", Json());
  std::vector<std::string> columns;
  Json series{Json::Array{}};
  for (const Key<double>& key : durations) {
    if (!engine.timing.has(key)) continue;
    columns.emplace_back(key.name);
    series.push(series_json(key, engine.timing[key].values()));
  }
  if (columns.empty()) return answer.set("records", Json()).set("series", Json());
  answer.set("records", table_json(answer, engine.timing, columns));
  answer.set("series", series);
  return answer.set("file", engine.timing_file);
}

}  // namespace trex::page
