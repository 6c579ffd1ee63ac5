// Which layers came of each node of the model. The other way round stands in the layer table.

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <unordered_map>
#include <vector>

#include "trex/page/calls.hpp"
#include "trex/page/table_answer.hpp"

namespace trex::page {
namespace {

constexpr Key<double> time_key{
    "time_ms", Unit::milliseconds,
    "time of these layers; a layer made of several nodes counts at each"};
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

// By op; unknown where one of its layers was not timed, or where there is none.
std::vector<double> times_of(const Engine& engine, const Lists<std::int64_t>& layers) {
  const auto times = engine.layers[layer::time_ms];
  std::vector<double> sums;
  for (std::size_t op = 0; op < layers.size(); ++op) {
    const auto rows = layers[op];
    double sum = rows.empty() ? null_real : 0;
    for (const std::int64_t row : rows) sum += times[static_cast<Row>(row)].value_or(null_real);
    sums.push_back(std::isfinite(sum) ? sum : null_real);
  }
  return sums;
}

}  // namespace

// The table of the model's nodes with the columns "time_ms" and "layers".
Answer source_ops_call(Session& session, const Request& request) {
  const Engine& engine = engine_of(session, request).engine();
  Table table = engine.source_ops;
  Lists<std::int64_t> layers = layers_of_ops(engine);
  table.add(time_key, times_of(engine, layers)).add(layers_key, std::move(layers));
  Answer answer;
  set_table(answer, table);
  return answer;
}

}  // namespace trex::page
