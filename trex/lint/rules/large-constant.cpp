// Reports single constants that hold a good part of the engine's weights.
//
// Looked at: weights that layers state, constants they list, and tensors that are read but never
// written and are no engine input (how Myelin shows its weights). A shared one counts once.
// Not reported: what is large but a small part (the many equal matrices of a transformer), or a
// large part of a small engine (the last layer of a classifier); files that list no bindings, for
// constants that look like inputs.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"
#include "trex/model/layer_bytes.hpp"

namespace trex::lint {
namespace large_constant_rule {

constexpr std::string_view id = "large-constant";

struct Constant {
  Row layer;              // that holds or first reads it
  std::string_view name;  // of its tensor; "" for a layer's weights
  Datatype type;
  std::int64_t bytes;
};

void add_weights(const Context& c, Row layer, std::vector<Constant>& all) {
  for (const Weights& entry : c.engine.weights_of(layer)) {
    const std::int64_t bytes = weights_entry_bytes(entry);
    if (bytes != null_integer && bytes > 0) all.push_back({layer, {}, entry.type, bytes});
  }
}

// Constants by their region, and regions that nobody writes.
void add_tensors(const Context& c, std::vector<Constant>& all) {
  const Engine& e = c.engine;
  const auto region = e.tensors[tensor::region];
  const auto writers = e.regions[region::writer_count];
  std::vector<bool> seen(e.regions.row_count());
  const auto add = [&](Row layer, Row tensor, bool is_constant) {
    const auto at = region[tensor];
    if (!at || seen[static_cast<std::size_t>(*at)]) return;
    if (!is_constant && (writers[static_cast<Row>(*at)].value_or(1) > 0 || c.is_binding(tensor) ||
                         e.bindings.row_count() == 0)) {
      return;
    }
    seen[static_cast<std::size_t>(*at)] = true;
    const auto bytes = c.bytes(tensor);
    if (bytes && *bytes > 0) {
      all.push_back({layer, c.tensor_name(tensor), c.format(tensor).datatype, *bytes});
    }
  };
  for (Row layer = 0; layer < e.layer_count(); ++layer) {
    for (const Row t : e.inputs(layer)) add(layer, t, false);
    // A layer that states its weights lists them among the constants once more.
    if (!e.weights_of(layer).empty()) continue;
    for (const Row t : e.constants(layer)) add(layer, t, true);
  }
}

Finding finding_of(const Context& c, const Constant& constant, double share) {
  Finding finding;
  const std::string what = constant.name.empty()
                               ? fmt::format("the weights of {}", quoted(c.name(constant.layer)))
                               : fmt::format("the constant {}", quoted(constant.name));
  finding.message =
      fmt::format("{}: {} of {}, {} of the engine's weights", what, bytes_text(constant.bytes),
                  datatype_name(constant.type), percent(share));
  finding.layers = {constant.layer};
  if (!constant.name.empty()) finding.tensors.emplace_back(constant.name);
  finding.evidence = {{"bytes", constant.bytes, Unit::bytes},
                      {"weights_share", share, Unit::fraction},
                      {"datatype", Json(datatype_name(constant.type)), Unit::none}};
  finding.confidence = Confidence::high;
  return finding;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Constant> all;
  for (Row layer = 0; layer < c.engine.layer_count(); ++layer) add_weights(c, layer, all);
  add_tensors(c, all);
  double total = 0;
  for (const Constant& constant : all) total += static_cast<double>(constant.bytes);
  const double least =
      std::max(c.thresholds.get(id, "min_bytes"), c.thresholds.get(id, "min_share") * total);
  std::vector<Finding> findings;
  for (const Constant& constant : all) {
    const auto bytes = static_cast<double>(constant.bytes);
    if (bytes >= least) findings.push_back(finding_of(c, constant, bytes / total));
  }
  return findings;
}

}  // namespace large_constant_rule

constexpr Rule large_constant = {
    .id = large_constant_rule::id,
    .code = "F17",
    .group = Group::efficiency,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "one constant holds a good part of the engine's weights",
    .why = "it sets the engine's size, its memory on the GPU and the time of a cold start",
    .mitigation =
        "store it in a narrower type (FP16, INT8, INT4 weight-only), share it between layers and "
        "engines, or build with weight streaming",
    .source = "TensorRT documentation, optimizing performance: memory, weight streaming",
    .needs = {},
    .check = large_constant_rule::check,
};

}  // namespace trex::lint
