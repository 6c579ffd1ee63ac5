// `layers`: a row a layer, with every analysis of `trex layers --columns all`.

// SPDX-License-Identifier: Apache-2.0
#include "trex/analyze/roofline.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/analyze/work.hpp"
#include "trex/model/scopes.hpp"
#include "trex/report/layer_table.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

constexpr Key<std::string_view> layer_scope{
    "scope", Unit::none, "block of the network, from the names of source ops; unknown for none"};

std::vector<StringId> scopes_by_layer(const Engine& engine) {
  const Scopes scopes = scopes_of(engine);
  std::vector<StringId> ids(scopes.scopes.size(), null_string);
  for (std::size_t i = 1; i < ids.size(); ++i) {
    ids[i] = engine.strings->intern(scopes.scopes[i].path);
  }
  std::vector<StringId> result;
  result.reserve(engine.layer_count());
  for (Row row = 0; row < engine.layer_count(); ++row) {
    result.push_back(ids[scopes.named(scopes.scope_of[row])]);
  }
  return result;
}

Table make_layers(EngineTables& tables) {
  Table table = report::layer_table(tables.engine(), {"all"});
  table.add(layer_scope, scopes_by_layer(tables.engine()));
  return table;
}

}  // namespace

TableSpec layers_spec() {
  return {"layers", "a layer of the engine, hidden ones too, in execution order",
          engine_columns(layer::index, layer::name, layer::type, layer::subtype, layer::tactic,
                         layer::precision, layer::input_precision, layer::output_precision,
                         layer::time_ms, layer::median_ms, layer::total_ms, layer::share,
                         layer::io_bytes, layer::weights_bytes, layer::footprint_bytes, work::macs,
                         layer::source_ops, layer::hidden, layer_scope, layer::precision_reason,
                         layer::tactic_value, layer::metadata, layer::origin, layer::activation,
                         layer::stream, layer::device, layer::device_reason, layer::opt_profile,
                         layer::weights_type, layer::weights_count, work::kind, work::flops,
                         work::m, work::n, work::k, work::gemm_count, work::groups,
                         work::bytes_moved, work::intensity, work::tflops, work::gbps, work::reason,
                         roofline::floor_ms, roofline::bound, roofline::efficiency,
                         roofline::recoverable_ms, tactics::architecture, tactics::tile_m,
                         tactics::tile_n, tactics::tile_k, tactics::stages, tactics::instruction,
                         tactics::tensor_core, tactics::tensor_core_rule, tactics::base_name,
                         memory::live_bytes, memory::born_bytes, memory::freed_bytes),
          make_layers};
}

}  // namespace trex::store
