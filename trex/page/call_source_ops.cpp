// Which layers came of each node of the model. The other way round stands in the layer table.

// SPDX-License-Identifier: Apache-2.0
#include <unordered_map>
#include <vector>

#include "trex/page/calls.hpp"
#include "trex/page/table_answer.hpp"

namespace trex::page {
namespace {

constexpr Key<Integers> layers_key{"layers", Unit::none, "rows of the layers that name it"};

// By row of engine.source_ops.
Lists<std::int64_t> layers_of_ops(const Engine& engine) {
  const auto names = engine.source_ops[source_op::name];
  std::unordered_map<std::string_view, Row> row_of;
  for (Row row = 0; row < engine.source_ops.row_count(); ++row) row_of.emplace(names[row], row);
  std::vector<std::vector<std::int64_t>> lists(engine.source_ops.row_count());
  const auto ops = engine.layers[layer::source_ops];
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const TextList named = ops[row];
    for (std::size_t i = 0; i < named.size(); ++i) {
      const auto found = row_of.find(named[i]);
      if (found == row_of.end()) continue;
      std::vector<std::int64_t>& list = lists[found->second];
      if (list.empty() || list.back() != row) list.push_back(row);
    }
  }
  Lists<std::int64_t> result;
  for (const std::vector<std::int64_t>& list : lists) result.push(list);
  return result;
}

}  // namespace

// The table of the model's nodes with the column "layers".
Answer source_ops_call(Session& session, const Request& request) {
  const Engine& engine = engine_of(session, request).engine();
  Table table = engine.source_ops;
  table.add(layers_key, layers_of_ops(engine));
  Answer answer;
  set_table(answer, table);
  return answer;
}

}  // namespace trex::page
