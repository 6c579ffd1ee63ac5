// Reports blocks of the model whose layers compute in three or more number types.
//
// Each change of type between layers is a conversion, often a Reformat. A block is the scope of
// the source nodes, less its last part: "/layer1/layer1.0" of "/layer1/layer1.0/conv1/Conv". One
// finding for the engine. TF32 counts as FP32, integers of indices and shapes do not count, nor do
// layers that only move data. Not reported: nodes without a scope in their names.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace mixed_precision_block_rule {

struct Block {
  std::string_view scope;
  unsigned types = 0;  // bit a Datatype
};

// "/layer1/layer1.0/conv1/Conv" -> "/layer1/layer1.0"; "" when it has no such scope.
std::string_view block_of(std::string_view op) {
  for (int part = 0; part < 2; ++part) {
    const std::size_t slash = op.rfind('/');
    if (slash == std::string_view::npos || slash == 0) return {};
    op = op.substr(0, slash);
  }
  return op;
}

unsigned bit_of(Datatype type) {
  if (type == Datatype::tf32) type = Datatype::fp32;
  return is_wide_float(type) || is_quantized(type) ? 1u << static_cast<unsigned>(type) : 0;
}

int count_bits(unsigned bits) {
  int count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
}

// The blocks, and the block of each layer; no_row for layers of none.
struct Blocks {
  std::vector<Block> blocks;
  std::vector<Row> block_of_layer;
};

Blocks blocks_of(const Context& c) {
  Blocks result{{}, std::vector<Row>(c.engine.layer_count(), no_row)};
  std::unordered_map<std::string_view, std::size_t> places;
  const auto ops = c.engine.layers[layer::source_ops];
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const bool counts = c.is(row, static_cast<Kind>(compute | pointwise | kernel));
    if (!counts || c.is(row, mover) || c.hidden(row)) continue;
    const TextList list = ops[row];
    const unsigned bit = bit_of(c.precision(row));
    if (list.size() == 0 || bit == 0) continue;
    // The last node: a fused layer's first ones may be the weights' quantizers.
    const std::string_view scope = block_of(list[list.size() - 1]);
    if (scope.empty()) continue;
    const auto place = places.emplace(scope, result.blocks.size());
    if (place.second) result.blocks.push_back({scope, 0});
    result.blocks[place.first->second].types |= bit;
    result.block_of_layer[row] = static_cast<Row>(place.first->second);
  }
  return result;
}

std::vector<Finding> check(const Context& c) {
  const auto most = static_cast<int>(c.thresholds.get("mixed-precision-block", "max_types"));
  const Blocks all = blocks_of(c);
  std::int64_t count = 0;
  std::string_view first;
  for (const Block& block : all.blocks) {
    if (count_bits(block.types) <= most) continue;
    if (count == 0) first = block.scope;
    ++count;
  }
  if (count == 0) return {};
  Finding finding;
  for (Row row = 0; row < all.block_of_layer.size(); ++row) {
    const Row block = all.block_of_layer[row];
    if (block != no_row && count_bits(all.blocks[block].types) > most) {
      finding.layers.push_back(row);
    }
  }
  finding.message = fmt::format("more than {} number types in {} of the model, first {}", most,
                                counted(static_cast<std::size_t>(count), "block"), quoted(first));
  finding.evidence = {{"blocks", count, Unit::count}, {"first_block", first}};
  finding.confidence = Confidence::low;
  return {std::move(finding)};
}

}  // namespace mixed_precision_block_rule

constexpr Rule mixed_precision_block = {
    .id = "mixed-precision-block",
    .code = "A13",
    .group = Group::precision,
    .severity = {.by_time = false, .fixed = Severity::note},
    .summary = "a block of the model computes in three or more number types",
    .why = "every change of type between two layers is a conversion, often a pass over the tensor",
    .mitigation = "give a block one type: quantize all of it, or leave all of it in FP16",
    .source = "TensorRT documentation, explicit quantization: Q/DQ placement recommendations",
    .needs = {},
    .check = mixed_precision_block_rule::check,
};

}  // namespace trex::lint
