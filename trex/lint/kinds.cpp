// Kinds follow from TensorRT's own words for layers; an unknown word is no kind at all.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/kinds.hpp"

#include <algorithm>
#include <iterator>

#include "trex/base/text.hpp"
#include "trex/model/source_ops.hpp"

namespace trex::lint {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return equals_ignoring_case(word, w); });
}

bool mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return contains_ignoring_case(text, w); });
}

// A generated kernel of nothing but moves: "__myl_Tran_myl0_3", "__myl_MoveReshConc...".
bool only_moves(std::string_view name) {
  const std::vector<std::string> operations = kernel_operations(name);
  return !operations.empty() &&
         std::all_of(operations.begin(), operations.end(), [](const std::string& op) {
           return is_one_of(op, {"Transpose", "Concat", "Reshape", "Slice", "Cast", "Move", "Copy",
                                 "Gather", "Select", "Replicate", "Expand"});
         });
}

std::uint16_t kind_of_work(std::string_view work) {
  if (work == "convolution") return convolution;
  if (work == "deconvolution") return deconvolution;
  if (work == "gemm") return gemm;
  if (work == "attention") return attention;
  return 0;
}

}  // namespace

std::uint16_t kinds_of(std::string_view type, std::string_view subtype, std::string_view name,
                       std::string_view tactic, std::string_view work) {
  std::uint16_t kinds = kind_of_work(work);
  if (kinds == 0) {
    if (is_one_of(type, {"Convolution", "ConvActPool"})) kinds |= convolution;
    if (is_one_of(type, {"Deconvolution"})) kinds |= deconvolution;
    if (is_one_of(type, {"MatrixMultiply", "gemm", "FullyConnected"})) kinds |= gemm;
    if (mentions(tactic, {"mha", "flash_attention"}) || mentions(name, {"_mha_", "fmha"})) {
      kinds |= attention;
    }
  }
  const bool is_reformat = is_one_of(type, {"Reformat", "MyelinReformat"}) ||
                           starts_with(name, "Reformatting CopyNode") ||
                           contains_ignoring_case(name, " reformatter ");
  if (is_reformat) kinds |= reformat | mover;
  if (is_one_of(type, {"Shuffle", "Slice", "Concatenation", "Concat", "copy", "cast", "Cast",
                       "move", "transpose", "reshape", "Padding", "Gather"})) {
    kinds |= mover;
  }
  if (mentions(type, {"PointWise", "ElementWise"}) ||
      is_one_of(type, {"Activation", "Unary", "Scale"})) {
    kinds |= pointwise;
  }
  if (is_one_of(type, {"kgen"}) || is_one_of(subtype, {"kgen"})) {
    kinds |= kernel;
    if ((kinds & compute) == 0 && only_moves(name)) kinds |= mover;
  }
  return kinds;
}

}  // namespace trex::lint
