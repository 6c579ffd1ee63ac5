// Multiply-adds of a matrix multiply, from the shapes of its tensors alone.
//
// The rules, in this order:
//   1. two operands   A [..., M, K] x B [..., K, N] -> [..., M, N], either one perhaps transposed
//   2. by volumes     the same, where the output is viewed otherwise (fused Q, K and V: M x 3 N)
//   3. one operand    Myelin lists no weights up to 10.x: K is the input's last dimension, N what
//                     the output has per row of the input
// Transposes need not be known: M and N are the output's last two dimensions, so what is left of
// an operand is K, and both operands must leave the same K. An operand without batch is shared by
// all batches and then makes one GEMM of all rows. Shapes that two readings fit differently are
// unknown work.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>

#include "trex/analyze/checked.hpp"
#include "trex/analyze/layer_work.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

using I = std::int64_t;
using Dims = std::span<const I>;

constexpr std::string_view gemm_kind = "gemm";
// More tensors than any GEMM has (A, B, C, two scales each, alpha, beta); bounds the pairs.
constexpr std::size_t most_operands = 12;

struct Operands {
  std::vector<Dims> all;  // inputs, then constants
  Dims output;
};

struct Matrix {
  I batch, rows, columns;
};

std::optional<Matrix> as_matrix(Dims dims) {
  if (dims.size() < 2) return std::nullopt;
  const auto batch = checked_product(dims.first(dims.size() - 2));
  if (!batch) return std::nullopt;
  return Matrix{*batch, dims[dims.size() - 2], dims[dims.size() - 1]};
}

LayerWork counted(I m, I n, I k, I count, std::string_view how) {
  const auto macs = checked_product({m, n, k, count});
  if (!macs) return unknown_work(gemm_kind, "sizes overflow");
  return {gemm_kind, *macs, m, n, k, count, null_integer, how, 0};
}

bool is_batch_of(I part, I whole) { return part > 0 && whole % part == 0; }

// K if A and B multiply to the output by their last two dimensions.
std::optional<I> depth_of(const Matrix& a, const Matrix& b, const Matrix& out) {
  if (!is_batch_of(a.batch, out.batch) || !is_batch_of(b.batch, out.batch)) return std::nullopt;
  if (a.batch != out.batch && b.batch != out.batch) return std::nullopt;
  const std::array<std::optional<I>, 2> left = {
      a.rows == out.rows ? std::optional(a.columns) : std::nullopt,
      a.columns == out.rows ? std::optional(a.rows) : std::nullopt};
  const std::array<std::optional<I>, 2> right = {
      b.columns == out.columns ? std::optional(b.rows) : std::nullopt,
      b.rows == out.columns ? std::optional(b.columns) : std::nullopt};
  for (const auto& k : left) {
    if (k && std::find(right.begin(), right.end(), k) != right.end()) return k;
  }
  return std::nullopt;
}

std::optional<LayerWork> two_operands(Dims left, Dims right, Dims output) {
  const auto a = as_matrix(left);
  const auto b = as_matrix(right);
  const auto out = as_matrix(output);
  if (!a || !b || !out) return std::nullopt;
  const auto k = depth_of(*a, *b, *out);
  if (!k) return std::nullopt;
  if (b->batch == 1 && a->batch == out->batch) {
    const auto m = checked_product({out->batch, out->rows});
    return m ? counted(*m, out->columns, *k, 1, "A x B, B shared by the batch")
             : unknown_work(gemm_kind, "sizes overflow");
  }
  return counted(out->rows, out->columns, *k, out->batch, "A x B, by batch");
}

// A of M x K and B of K x N where the output holds M x N values in another view.
std::optional<LayerWork> by_volumes(Dims left, Dims right, Dims output) {
  const auto a = as_matrix(left);
  const auto b = as_matrix(right);
  const auto volume_a = checked_product(left);
  const auto volume_b = checked_product(right);
  const auto volume = checked_product(output);
  if (!a || !b || !volume_a || !volume_b || !volume || b->batch != 1) return std::nullopt;
  std::optional<LayerWork> result;
  for (const I k : {a->columns, a->rows}) {
    if (k < 1 || (k != b->rows && k != b->columns)) continue;
    const I m = *volume_a / k;
    const I n = *volume_b / k;
    if (checked_product({m, n}) != volume) continue;
    if (result && result->k != k) return unknown_work(gemm_kind, "two readings of the shapes fit");
    result = counted(m, n, k, 1, "A x B by volumes: the output is viewed otherwise");
  }
  return result;
}

using PairRule = std::optional<LayerWork> (*)(Dims, Dims, Dims);

// The first pair of operands that the rule fits; unknown work when another pair fits differently.
std::optional<LayerWork> first_pair(const Operands& operands, PairRule rule) {
  std::optional<LayerWork> result;
  const std::size_t count = std::min(operands.all.size(), most_operands);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      std::optional<LayerWork> work = rule(operands.all[i], operands.all[j], operands.output);
      if (!work) work = rule(operands.all[j], operands.all[i], operands.output);
      if (!work) continue;
      if (i == 0 && j == 1) return work;  // A and B come first
      if (!result) {
        result = std::move(work);
      } else if (result->macs != work->macs) {
        return unknown_work(gemm_kind, "several pairs of operands fit the output");
      }
    }
  }
  return result;
}

struct Reading {
  I m, n, k;
  std::string_view how;
};

bool holds(Dims dims, I value) { return std::find(dims.begin(), dims.end(), value) != dims.end(); }

// Weights on the right, K the input's last dimension: the output must still show A's rows.
std::optional<Reading> weights_on_the_right(Dims input, Dims output, I volume_in, I volume_out) {
  const I k = input.back();
  const I m = volume_in / k;
  const bool rows_kept =
      holds(output, m) || input.size() < 2 || holds(output, input[input.size() - 2]);
  if (!rows_kept || volume_out % m != 0) return std::nullopt;
  return Reading{m, volume_out / m, k,
                 "weights not listed: K is the input's last dimension, N the output per row"};
}

// Weights on the left, [K_out x K] x [K x columns]: a 1x1 convolution over [batch, C, positions].
std::optional<Reading> weights_on_the_left(Dims input, Dims output, I volume_in, I volume_out) {
  if (input.size() < 2 || output.size() < 2 || output.back() != input.back()) return std::nullopt;
  const I k = input[input.size() - 2];
  const I columns = volume_in / k;
  if (volume_out % columns != 0) return std::nullopt;
  return Reading{columns, volume_out / columns, k,
                 "weights not listed, on the left: K is the input's second last dimension"};
}

std::optional<Reading> one_operand(Dims input, Dims output) {
  const auto volume_in = checked_product(input);
  const auto volume_out = checked_product(output);
  if (!volume_in || !volume_out || *volume_in < 1 || *volume_out < 1) return std::nullopt;
  if (auto right = weights_on_the_right(input, output, *volume_in, *volume_out)) return right;
  return weights_on_the_left(input, output, *volume_in, *volume_out);
}

// May this be a bias, a residual or a scale of the GEMM, rather than an operand?
bool is_side_input(Dims dims, const Reading& reading, Dims output) {
  const auto volume = checked_product(dims);
  if (!volume) return false;
  return *volume <= 1 || *volume == reading.n || *volume == reading.k || *volume == reading.m ||
         volume == checked_product(output);
}

LayerWork without_listed_weights(const Operands& operands, I weights) {
  const auto reading = one_operand(operands.all[0], operands.output);
  if (!reading) return unknown_work(gemm_kind, "input and output shapes fit no matrix multiply");
  for (std::size_t i = 1; i < operands.all.size(); ++i) {
    if (!is_side_input(operands.all[i], *reading, operands.output)) {
      return unknown_work(gemm_kind, "its operands do not multiply to its output");
    }
  }
  if (weights > 0 && checked_product({reading->k, reading->n}) != weights) {
    return unknown_work(gemm_kind, "the number of weights is not K x N of the shapes");
  }
  LayerWork work = counted(reading->m, reading->n, reading->k, 1, reading->how);
  work.unlisted_weights = checked_product({reading->k, reading->n}).value_or(null_integer);
  return work;
}

// TensorRT's own fully connected layer: [batch, C, H, W] -> [batch, N, 1, 1] with K = C H W.
LayerWork fully_connected(const Operands& operands, I weights) {
  const Dims input = operands.all[0];
  const Dims output = operands.output;
  const auto volume_in = checked_product(input);
  const auto volume_out = checked_product(output);
  if (input.empty() || output.empty() || input[0] != output[0] || input[0] < 1 || !volume_in ||
      !volume_out) {
    return unknown_work(gemm_kind, "its shapes are not those of a fully connected layer");
  }
  const I m = input[0];
  const I k = *volume_in / m;
  const I n = *volume_out / m;
  if (weights > 0 && checked_product({k, n}) != weights) {
    return unknown_work(gemm_kind, "the number of weights is not K x N of the shapes");
  }
  return counted(m, n, k, 1, "fully connected: batch x C H W x K_out");
}

Operands operands_of(const WorkSource& source, Row row) {
  Operands result;
  for (const auto range : {source.engine.inputs(row), source.engine.constants(row)}) {
    for (const Row t : range) result.all.push_back(source.dims[t]);
  }
  result.output = source.dims[source.engine.outputs(row)[0]];
  return result;
}

}  // namespace

LayerWork gemm_work(const WorkSource& source, Row row) {
  const auto inputs = source.engine.inputs(row);
  const auto outputs = source.engine.outputs(row);
  if (inputs.empty() || outputs.empty())
    return unknown_work(gemm_kind, "it has no input or no output");
  for (const auto range : {inputs, outputs}) {
    for (const Row t : range) {
      if (!has_static_dims(source, t)) {
        return unknown_work(gemm_kind, "its dimensions are dynamic or not stated");
      }
    }
  }
  const Operands operands = operands_of(source, row);
  if (operands.all[0].empty() || operands.output.empty()) {
    return unknown_work(gemm_kind, "its operands are scalars");
  }
  const I weights = source.weights_count[row].value_or(0);
  if (contains(source.type[row], "FullyConnected")) {
    return fully_connected(operands, weights);
  }
  for (const PairRule rule : {two_operands, by_volumes}) {
    if (auto work = first_pair(operands, rule)) return *work;
  }
  return without_listed_weights(operands, weights);
}

}  // namespace trex
