// The order of evidence for the precision of a layer.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/precision.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "trex/base/text.hpp"

namespace trex {
namespace {

// Lower case, sorted.
constexpr std::string_view without_math[] = {
    "assert",
    "assertion",
    "cast",
    "concat",
    "concatenation",
    "constant",
    "copy",
    "devicetoshapehostcopy",
    "expand",
    "fill",
    "flatten",
    "gather",
    "identity",
    "memcpy",
    "move",
    "myelinreformat",
    "noop",
    "padding",
    "reformat",
    "reshape",
    "reversesequence",
    "scatter",
    "select",
    "shape",
    "shape_call",
    "shapehosttodevicecopy",
    "shuffle",
    "signal",
    "slice",
    "split",
    "squeeze",
    "trainstation",
    "transpose",
    "unsqueeze",
    "wait",
};

constexpr std::size_t longest_type = 24;

bool is_index_type(Datatype type) {
  return type == Datatype::int32 || type == Datatype::int64 || type == Datatype::boolean;
}

bool is_integer(Datatype type) { return type != Datatype::unknown && !is_floating_point(type); }

bool ends_with_weights(std::string_view key) {
  return key.size() >= 7 && equals_ignoring_case(key.substr(key.size() - 7), "weights");
}

Precision of_tensors(const PrecisionFacts& facts, bool no_math) {
  const std::size_t input = first_data_input(facts.inputs);
  if (input < facts.inputs.size()) {
    return {
        facts.inputs[input].type, no_math ? "no math: first data input" : "first data input", {}};
  }
  if (!facts.outputs.empty()) {
    return {facts.outputs[0].type, no_math ? "no math: first output" : "first output", {}};
  }
  return {};
}

}  // namespace

bool has_no_math(std::string_view type) {
  if (type.size() > longest_type) return false;
  std::array<char, longest_type> lowered{};
  std::transform(type.begin(), type.end(), lowered.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::binary_search(std::begin(without_math), std::end(without_math),
                            std::string_view(lowered.data(), type.size()));
}

std::size_t first_data_input(std::span<const PrecisionTensor> inputs) {
  std::size_t fallback = inputs.size();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].host) continue;
    if (!is_index_type(inputs[i].type)) return i;
    if (fallback == inputs.size()) fallback = i;
  }
  return fallback == inputs.size() && !inputs.empty() ? 0 : fallback;
}

Precision precision_of(const PrecisionFacts& facts) {
  Precision result;
  if (facts.no_math) {
    result = of_tensors(facts, true);
  } else if (facts.tactic != nullptr && facts.tactic->math != Datatype::unknown) {
    return {facts.tactic->math, "tactic", facts.tactic->math_reason};
  } else {
    const std::size_t data = first_data_input(facts.inputs);
    const Datatype input = data < facts.inputs.size() ? facts.inputs[data].type : Datatype::unknown;
    for (const PrecisionWeights& w : facts.weights) {
      if (w.empty || w.type == Datatype::unknown || !ends_with_weights(w.key)) continue;
      if (is_integer(w.type) && is_floating_point(input)) break;  // weight-only quantisation
      return {w.type, "weights", {}};
    }
    result = of_tensors(facts, false);
  }
  if (result.type == Datatype::unknown) return {};
  return result;
}

}  // namespace trex
