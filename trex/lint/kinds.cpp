// Kinds follow from TensorRT's own words for layers; an unknown word is no kind at all.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/kinds.hpp"

#include <algorithm>
#include <iterator>

#include "trex/base/text.hpp"
#include "trex/lint/kernel_words.hpp"

namespace trex::lint {
namespace {

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return contains_ignoring_case(text, w); });
}

// A generated kernel of nothing but moves: "__myl_Tran_myl0_3", "__myl_MoveReshConc...".
bool only_moves(std::span<const std::string_view> operations) {
  return all_are_of(operations, {"Transpose", "Concat", "Reshape", "Slice", "Cast", "Move", "Copy",
                                 "Gather", "Select", "Replicate", "Expand"});
}

// What Myelin calls the operations that work element by element.
bool only_elementwise(std::span<const std::string_view> operations) {
  return all_are_of(operations,
                    {"Abs",     "Add",  "Cast",    "Clip",       "Div",  "Equal", "Erf",
                     "Exp",     "Gelu", "Greater", "Less",       "Log",  "Max",   "Min",
                     "Mul",     "Neg",  "Pow",     "Quantize",   "Relu", "Rsqrt", "Select",
                     "Sigmoid", "Silu", "Sqrt",    "Reciprocal", "Sub",  "Tanh",  "Where"});
}

std::uint16_t kind_of_work(std::string_view work) {
  if (work == "convolution") return convolution;
  if (work == "deconvolution") return deconvolution;
  if (work == "gemm") return gemm;
  if (work == "attention") return attention;
  return 0;
}

}  // namespace

std::uint16_t kinds_of_type(std::string_view type, std::string_view subtype) {
  std::uint16_t kinds = 0;
  if (is_one_of(type, {"Convolution", "ConvActPool"})) kinds |= convolution;
  if (is_one_of(type, {"Deconvolution"})) kinds |= deconvolution;
  if (is_one_of(type, {"MatrixMultiply", "gemm", "FullyConnected"})) kinds |= gemm;
  if (is_one_of(type, {"Reformat", "MyelinReformat"})) kinds |= reformat | mover;
  if (is_one_of(type, {"Shuffle", "Slice", "Concatenation", "Concat", "copy", "cast", "Cast",
                       "move", "transpose", "reshape", "Padding", "Gather"})) {
    kinds |= mover;
  }
  if (mentions(type, {"PointWise", "ElementWise"}) ||
      is_one_of(type, {"Activation", "Unary", "Scale"})) {
    kinds |= pointwise;
  }
  if (is_one_of(type, {"kgen"}) || is_one_of(subtype, {"kgen"})) kinds |= kernel;
  return kinds;
}

bool is_attention_tactic(std::string_view tactic) {
  return mentions(tactic, {"mha", "flash_attention"});
}

std::uint16_t kinds_of(const KindFacts& facts) {
  std::uint16_t kinds = facts.of_type;
  if (const std::uint16_t known = kind_of_work(facts.work); known != 0) {
    kinds = static_cast<std::uint16_t>((kinds & ~compute) | known);
  } else if (facts.attention_tactic || mentions(facts.name, {"_mha_", "fmha"})) {
    kinds |= attention;
  }
  if (starts_with(facts.name, "Reformatting CopyNode") || contains(facts.name, " reformatter ")) {
    kinds |= reformat | mover;
  }
  if ((kinds & compute) != 0) return kinds;
  if ((kinds & kernel) != 0 && only_moves(facts.operations)) kinds |= mover;
  const bool is_kernel = (kinds & kernel) != 0 && (kinds & mover) == 0;
  if ((kinds & pointwise) != 0 || (is_kernel && only_elementwise(facts.operations))) {
    kinds |= elementwise;
  }
  return kinds;
}

std::uint16_t kinds_of(std::string_view type, std::string_view subtype, std::string_view name,
                       std::string_view tactic, std::string_view work) {
  KindFacts facts{.of_type = kinds_of_type(type, subtype),
                  .attention_tactic = is_attention_tactic(tactic),
                  .name = name,
                  .work = work,
                  .operations = {}};
  KernelWords words;
  if ((facts.of_type & kernel) != 0) {
    words.add_kernel(name);
    facts.operations = words[0];
  }
  return kinds_of(facts);
}

}  // namespace trex::lint
