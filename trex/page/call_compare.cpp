// What changed between engines, as `trex diff --json --all` and `trex compare --json` tell it.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <unordered_map>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/compare/difference.hpp"
#include "trex/page/calls.hpp"
#include "trex/report/compare_report.hpp"
#include "trex/report/diff_findings.hpp"
#include "trex/report/diff_report.hpp"

namespace trex::page {
namespace {

constexpr std::uint32_t no_pair = UINT32_MAX;
// Past so many layers lint takes longer than people wait, as in trex diff.
constexpr std::size_t most_linted_layers = 30000;

// By layer row: the number of its pair. The table names layers by the index that the file gives.
std::vector<std::uint32_t> pair_of_rows(const Engine& engine, const Table& pairs,
                                        std::string_view column) {
  std::unordered_map<std::int64_t, Row> row_of;
  const auto index = engine.layers[layer::index];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    row_of.emplace(index[row].value_or(row), row);
  }
  std::vector<std::uint32_t> result(engine.layer_count(), no_pair);
  const auto lists = pairs[Key<Integers>{column, Unit::none, ""}];
  for (Row pair = 0; pair < pairs.row_count(); ++pair) {
    for (const std::int64_t at : lists[pair]) {
      if (const auto found = row_of.find(at); found != row_of.end()) result[found->second] = pair;
    }
  }
  return result;
}

compare::FindingsChange findings_of(const Engine& a, const Engine& b) {
  if (std::max(a.layer_count(), b.layer_count()) > most_linted_layers) return {};
  return report::findings_change(report::findings_text(a), "", b);
}

}  // namespace

// As trex diff --json --all, and pairs_a, pairs_b: by layer row the number of its pair.
Answer diff_call(Session& session, const Request& request) {
  const compare::ComparedSide& a = engine_of(session, request, "a").side();
  const compare::ComparedSide& b = engine_of(session, request, "b").side();
  const compare::Difference difference =
      compare::difference(a, b, compare::align(a.engine, b.engine));
  const report::DiffInput input{
      a, b, difference, findings_of(a.engine, b.engine), compare::mismatches(a, b), {}};
  report::DiffQuery query;
  query.all = true;
  Answer answer = document_answer(report::diff_report(input, query));
  const Table pairs = report::pairs_table(input, query);
  answer.set("pairs_a", answer.array(pair_of_rows(a.engine, pairs, "a_indices")));
  return answer.set("pairs_b", answer.array(pair_of_rows(b.engine, pairs, "b_indices")));
}

// As trex compare --json, of "engines" against "baseline", one of them.
Answer compare_call(Session& session, const Request& request) {
  const std::vector<std::int64_t> ids = request.integers("engines");
  if (ids.size() < 2) fail("compare takes two engines or more");
  const std::int64_t baseline = request.integer("baseline").value_or(ids[0]);
  const auto found = std::find(ids.begin(), ids.end(), baseline);
  if (found == ids.end()) fail("the baseline {} is not among the engines compared", baseline);
  std::deque<compare::ComparedSide> sides;
  for (const std::int64_t id : ids) sides.emplace_back(session.at(id).engine());
  report::CompareQuery query;
  query.baseline = static_cast<std::size_t>(found - ids.begin());
  return document_answer(report::compare_report(sides, query));
}

}  // namespace trex::page
