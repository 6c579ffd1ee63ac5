// Reports a transpose that takes much of the engine's time.
//
// A Shuffle with a permutation, or a generated kernel of nothing but moves with a transpose in it,
// computes nothing. The usual sources are models exported in NHWC and attention written out by
// hand. Not reported: a permutation that moves only dimensions of 1, which changes no byte; a
// reshape alone; kernels that also compute, where the transpose rides along.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace hot_transpose_rule {

// Does the permutation move dimensions past one another that are not 1? Unknown sizes count.
bool permutes(const Json* order, std::span<const std::int64_t> dims) {
  if (order == nullptr || order->array() == nullptr) return false;
  std::int64_t last = -1;
  for (const Json& item : *order->array()) {
    const std::int64_t* axis = item.integer();
    if (axis == nullptr || *axis < 0) return false;
    const auto at = static_cast<std::size_t>(*axis);
    if (at < dims.size() && dims[at] == 1) continue;
    if (*axis < last) return true;
    last = *axis;
  }
  return false;
}

// The second permutation works on what the reshape between the two made, whose sizes are not told.
bool shuffle_transposes(const Context& c, Row layer) {
  const Json json = attributes(c.engine, layer);
  const Row input = c.data_input(layer);
  const auto dims = input == no_row ? std::span<const std::int64_t>() : c.dims(input);
  return permutes(json.find("FirstTranspose"), dims) || permutes(json.find("SecondTranspose"), {});
}

bool transposes(const Context& c, Row layer) {
  if (equals_ignoring_case(c.type(layer), "Shuffle")) return shuffle_transposes(c, layer);
  if (equals_ignoring_case(c.type(layer), "transpose")) return true;
  if (!c.is(layer, kernel) || !c.is(layer, mover)) return false;
  return any_is_one_of(c.operations(layer), {"Transpose"});
}

std::vector<Finding> check(const Context& c) {
  const double least = c.thresholds.get("hot-transpose", "min_share");
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    // The share first: it leaves few enough layers to read their JSON again.
    const double share = c.share(row).value_or(0);
    if (share <= 0 || share < least || c.hidden(row) || !transposes(c, row)) continue;
    Finding finding;
    finding.message = fmt::format("transpose {} takes {:.1f} % of the layers' time, {:.3g} ms",
                                  quoted(c.name(row)), 100 * share, c.time_ms(row).value_or(0));
    finding.evidence = {{"share", share, Unit::fraction}};
    finding.layers = {row};
    finding.recoverable_ms = c.time_ms(row);  // a layout its neighbours share needs no pass
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace hot_transpose_rule

constexpr Rule hot_transpose = {
    .id = "hot-transpose",
    .code = "C09",
    .group = Group::movement,
    .severity = {},
    .summary = "a transpose takes much of the time",
    .why = "it reads and writes the whole tensor, with strides that waste bandwidth",
    .mitigation =
        "export the model in NCHW, fold the permutation into the weights next to it, or write "
        "attention so that the fused kernel takes it",
    .source = "TensorRT documentation, optimizing performance",
    .needs = {.profile = true},
    .check = hot_transpose_rule::check,
};

}  // namespace trex::lint
