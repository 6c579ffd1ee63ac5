// Carriers are contracted in one pass each way: every edge goes forward in execution order.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/align_graph.hpp"

#include <algorithm>

namespace trex::compare {
namespace {

void tidy(std::vector<Row>& rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

// The steps next to a row, with `far[r]` those on the far side of each carrier r.
void step_neighbours(const Side& side, std::span<const Row> next,
                     const std::vector<std::vector<Row>>& far, std::vector<Row>& out) {
  out.clear();
  for (const Row row : next) {
    if (side[row].role == Role::step) {
      out.push_back(row);
    } else {
      out.insert(out.end(), far[row].begin(), far[row].end());
    }
  }
  tidy(out);
}

}  // namespace

StepGraph::StepGraph(const Side& side) {
  const Dependencies edges = dependencies(side.engine(), false);
  std::vector<std::vector<Row>> far(side.size());
  std::vector<Row> found;
  const auto remember = [&](Row row) {
    if (side[row].role == Role::step) return;
    far[row] = found;
    if (far[row].size() > most_behind) far[row].resize(most_behind);
  };
  for (Row row = 0; row < side.size(); ++row) {
    step_neighbours(side, edges.predecessors(row), far, found);
    before_.push(found);
    remember(row);
  }
  for (Row row = side.size(); row-- > 0;) {
    step_neighbours(side, edges.successors(row), far, found);
    after_.push(found);
    remember(row);
  }
}

}  // namespace trex::compare
