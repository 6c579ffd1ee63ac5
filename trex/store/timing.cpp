// `timing`: a row an inference of the timing file; `bindings`: a row an engine input or output.

// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

constexpr Key<std::int64_t> inference{"inference", Unit::none,
                                      "number of the inference in the file, from 0"};

Table make_timing(EngineTables& tables) {
  Table table = tables.engine().timing;
  std::vector<std::int64_t> numbers(table.row_count());
  std::iota(numbers.begin(), numbers.end(), 0);
  table.add(inference, std::move(numbers));
  return table;
}

// What the file's own words for a moment say.
constexpr std::pair<std::string_view, std::string_view> moments[] = {
    {"start_enqueue_ms", "when enqueuing began, from the start of the run"},
    {"end_enqueue_ms", "when enqueuing ended"},
    {"start_h2d_ms", "when the copy to the device began"},
    {"end_h2d_ms", "when the copy to the device ended"},
    {"start_compute_ms", "when GPU compute began"},
    {"end_compute_ms", "when GPU compute ended"},
    {"start_d2h_ms", "when the copy to the host began"},
    {"end_d2h_ms", "when the copy to the host ended"},
};

Table make_bindings(EngineTables& tables) { return tables.engine().bindings; }

}  // namespace

TableSpec timing_spec() {
  using namespace trex::timing;
  TableSpec spec{"timing", "an inference of the timing file",
                 engine_columns(inference, latency_ms, compute_ms, h2d_ms, d2h_ms, end_to_end_ms,
                                start_enqueue_ms, end_enqueue_ms, start_h2d_ms, end_h2d_ms,
                                start_compute_ms, end_compute_ms, start_d2h_ms, end_d2h_ms),
                 make_timing};
  for (ColumnSpec& column : spec.columns) {
    for (const auto& [name, description] : moments) {
      if (column.name == name) column.description = description;
    }
  }
  return spec;
}

TableSpec bindings_spec() {
  using namespace trex::binding;
  return {"bindings", "an input or output of the engine, in the optimization profile loaded",
          engine_columns(name, mode, datatype, format, dims, bytes, location, shape_inference,
                         opt_profile, min_dims, opt_dims, max_dims),
          make_bindings};
}

}  // namespace trex::store
