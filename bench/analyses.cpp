// A new file in trex/analyze gets a line here.

// SPDX-License-Identifier: Apache-2.0

#include "bench/analyses.hpp"

#include "trex/analyze/memory.hpp"
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"

namespace trex::bench {

std::size_t run_analyses(const Engine& engine) {
  const ActivationMemory memory = activation_memory(engine);
  std::size_t rows = memory.steps.row_count();
  rows += static_cast<std::size_t>(totals(engine, memory).layer_count);
  for (const Key<std::string_view> column :
       {layer::type, layer::subtype, layer::precision, layer::output_precision, layer::tactic}) {
    rows += breakdown(engine, column.name).row_count();
  }
  rows += breakdown_by_scope(engine, 2).row_count();
  rows += tactics_table(engine).row_count();
  const Table work = work_table(engine);
  rows += work.row_count();
  rows += roofline_table(engine, work, Device{}).row_count();
  return rows;
}

}  // namespace trex::bench
