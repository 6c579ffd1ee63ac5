// Multiply-adds of a fused attention kernel: Q x K^T and (softmax of it) x V, nothing else.
//
//   MACs = heads x S x S_kv x (D + D_v)        heads: batch and heads together
//
// The kernel lists Q, K and V as the matrix multiplies saw them: [..., S, D], [..., S_kv, D] or
// transposed, [..., S_kv, D_v]; K and V may have fewer heads (grouped queries). With all three of
// one shape of four dimensions, heads and positions could be exchanged ([B, H, S, D] or
// [B, S, H, D]): then the output decides, and where it cannot, the work is unknown. One packed
// input of [batch, S, 3 E] needs no heads: MACs = 2 batch S S E. Masks save nothing here.

// SPDX-License-Identifier: Apache-2.0

#include <array>

#include "trex/analyze/checked.hpp"
#include "trex/analyze/layer_work.hpp"

namespace trex {
namespace {

using I = std::int64_t;
using Dims = std::span<const I>;

constexpr std::string_view attention_kind = "attention";

struct Shape {
  I heads, s, s_kv, d, d_v;  // heads: of Q, times the batch
  bool operator==(const Shape&) const = default;
};

LayerWork counted(const Shape& a, std::string_view how) {
  const auto width = checked_sum(a.d, a.d_v);
  const auto macs = width ? checked_product({a.heads, a.s, a.s_kv, *width}) : std::nullopt;
  if (!macs) return unknown_work(attention_kind, "sizes overflow");
  LayerWork result;
  result.kind = attention_kind;
  result.unlisted_weights = 0;
  result.macs = *macs;
  result.reason = how;
  if (a.d == a.d_v) {  // else the two multiplies differ in size
    result.m = a.s;
    result.n = a.s_kv;
    result.k = a.d;
    result.gemm_count = checked_product({2, a.heads}).value_or(null_integer);
  }
  return result;
}

I last(Dims dims, std::size_t from_end) { return dims[dims.size() - 1 - from_end]; }

// Q, K, V as [..., S, D]. The output holds S x D_v values a head, in whatever view.
std::optional<Shape> heads_before_positions(Dims q, Dims k, Dims v, Dims output) {
  const auto heads = checked_product(q.first(q.size() - 2));
  const auto k_heads = checked_product(k.first(k.size() - 2));
  const auto v_heads = checked_product(v.first(v.size() - 2));
  if (!heads || !k_heads || k_heads != v_heads || *k_heads < 1 || *heads % *k_heads != 0) {
    return std::nullopt;
  }
  const Shape shape{*heads, last(q, 1), last(v, 1), last(q, 0), last(v, 0)};
  const bool straight = last(k, 1) == shape.s_kv && last(k, 0) == shape.d;
  const bool transposed = last(k, 1) == shape.d && last(k, 0) == shape.s_kv;
  if (!straight && !transposed) return std::nullopt;
  const auto produced = checked_product({shape.heads, shape.s, shape.d_v});
  if (!produced || produced != checked_product(output)) return std::nullopt;
  return shape;
}

// [B, S, H, D] read as [B, H, S, D].
std::array<I, 4> exchanged(Dims dims) { return {dims[0], dims[2], dims[1], dims[3]}; }

bool has_other_reading(Dims q, Dims k, Dims v) {
  return q.size() == 4 && last(q, 0) == last(k, 0) && k[1] == v[1] && k[2] == v[2];
}

// [B, S, H D] or [B, S, H, D]: an output whose second dimension is S and which is not Q's own view.
bool positions_come_first(Dims output, const Shape& shape) {
  return output.size() == 3 && output[1] == shape.s && output[2] != shape.d_v;
}

LayerWork from_three(Dims q, Dims k, Dims v, Dims output) {
  const auto first = heads_before_positions(q, k, v, output);
  std::optional<Shape> second;
  if (has_other_reading(q, k, v)) {
    const auto q2 = exchanged(q);
    const auto k2 = exchanged(k);
    const auto v2 = exchanged(v);
    second = heads_before_positions(q2, k2, v2, output);
  }
  if (!first && !second)
    return unknown_work(attention_kind, "its shapes are not those of Q, K and V");
  if (first && second && *first != *second) {
    const bool is_first = positions_come_first(output, *first);
    const bool is_second = positions_come_first(output, *second);
    if (is_first == is_second) {
      return unknown_work(attention_kind, "its shapes do not tell heads from positions");
    }
    return counted(is_first ? *first : *second, "Q K^T and P V; the output tells the positions");
  }
  return counted(first ? *first : *second, "Q K^T and P V: heads x S x S_kv x (D + D_v)");
}

LayerWork from_packed(Dims packed, Dims output) {
  const auto volume_in = checked_product(packed);
  const auto volume_out = checked_product(output);
  if (!volume_in || !volume_out || packed.size() < 3 || packed[0] < 1 || packed[1] < 1 ||
      *volume_in % 3 != 0 || *volume_in / 3 != *volume_out || output.size() < 2 ||
      output[0] != packed[0] || output[1] != packed[1]) {
    return unknown_work(attention_kind,
                        "its input and output are not packed Q, K, V and their result");
  }
  const I width = *volume_out / packed[0] / packed[1];
  const auto macs = checked_product({2, packed[0], packed[1], packed[1], width});
  if (!macs) return unknown_work(attention_kind, "sizes overflow");
  LayerWork result;
  result.kind = attention_kind;
  result.unlisted_weights = 0;
  result.macs = *macs;
  result.reason = "packed Q, K, V: 2 x batch x S x S x E";
  return result;
}

}  // namespace

LayerWork attention_work(const WorkSource& source, Row row) {
  const auto inputs = source.engine.inputs(row);
  const auto outputs = source.engine.outputs(row);
  if (inputs.empty() || outputs.empty())
    return unknown_work(attention_kind, "it has no input or no output");
  for (const auto range : {inputs, outputs}) {
    for (const Row t : range) {
      if (!has_static_dims(source, t)) {
        return unknown_work(attention_kind, "its dimensions are dynamic or not stated");
      }
    }
  }
  const Dims output = source.dims[outputs[0]];
  const Dims q = source.dims[inputs[0]];
  if (inputs.size() >= 3) {
    const Dims k = source.dims[inputs[1]];
    const Dims v = source.dims[inputs[2]];
    if (q.size() >= 3 && k.size() == q.size() && v.size() == q.size()) {
      return from_three(q, k, v, output);
    }
  }
  return from_packed(q, output);
}

}  // namespace trex
