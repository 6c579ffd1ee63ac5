// Myelin's kernel names: "__myl_TranConcAddMean_myl2_0" lists the operations of the kernel, each
// cut to three or four letters (which, varies by version).

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "trex/base/text.hpp"
#include "trex/model/name_parts.hpp"
#include "trex/model/source_ops.hpp"

namespace trex {
namespace {

struct Abbreviation {
  std::string_view part, operation;
};

// Sorted. Only what is cut short: "Add", "Mul", "Exp" stand for themselves.
constexpr Abbreviation abbreviations[] = {
    {"Argm", "ArgMax"},       {"Bro", "Broadcast"},  {"Broa", "Broadcast"}, {"Cas", "Cast"},
    {"Cei", "Ceil"},          {"Cli", "Clip"},       {"Con", "Concat"},     {"Conc", "Concat"},
    {"Cop", "Copy"},          {"Cumu", "CumSum"},    {"Deq", "Dequantize"}, {"Dequ", "Dequantize"},
    {"Eql", "Equal"},         {"Equ", "Equal"},      {"Equa", "Equal"},     {"Expa", "Expand"},
    {"Fc", "FullyConnected"}, {"Flo", "Floor"},      {"Floo", "Floor"},     {"Gat", "Gather"},
    {"Gath", "Gather"},       {"Gre", "Greater"},    {"Grea", "Greater"},   {"Gtr", "Greater"},
    {"Iot", "Iota"},          {"Les", "Less"},       {"Matm", "MatMul"},    {"Maxr", "ReduceMax"},
    {"Mea", "Mean"},          {"Minr", "ReduceMin"}, {"Mov", "Move"},       {"Nonz", "NonZero"},
    {"Padd", "Pad"},          {"Qua", "Quantize"},   {"Quan", "Quantize"},  {"Reci", "Reciprocal"},
    {"Rel", "Relu"},          {"Rep", "Replicate"},  {"Repl", "Replicate"}, {"Res", "Reshape"},
    {"Resh", "Reshape"},      {"Resi", "Resize"},    {"Rou", "Round"},      {"Roun", "Round"},
    {"Rsq", "Rsqrt"},         {"Rsqr", "Rsqrt"},     {"Sca", "Scatter"},    {"Scat", "Scatter"},
    {"Sel", "Select"},        {"Sele", "Select"},    {"Sig", "Sigmoid"},    {"Sigm", "Sigmoid"},
    {"Sli", "Slice"},         {"Slic", "Slice"},     {"Sof", "Softmax"},    {"Soft", "Softmax"},
    {"Spli", "Split"},        {"Sqr", "Sqrt"},       {"Sque", "Squeeze"},   {"Tra", "Transpose"},
    {"Tran", "Transpose"},    {"Trun", "Truncate"},  {"Uns", "Unsqueeze"},  {"Unsq", "Unsqueeze"},
    {"Whe", "Where"},         {"Wher", "Where"},
};

constexpr bool operations_are_sorted() {
  for (std::size_t i = 1; i < std::size(abbreviations); ++i) {
    if (!(abbreviations[i - 1].part < abbreviations[i].part)) return false;
  }
  return true;
}
static_assert(operations_are_sorted());

std::string spelt_out(std::string_view part) {
  const auto* found =
      std::lower_bound(std::begin(abbreviations), std::end(abbreviations), part,
                       [](const Abbreviation& a, std::string_view text) { return a.part < text; });
  const bool known = found != std::end(abbreviations) && found->part == part;
  return std::string(known ? found->operation : part);
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// "MaxMinCas_0x04e72d81" -> "MaxMinCas".
std::string_view without_hash(std::string_view text) {
  const std::size_t at = text.rfind("_0x");
  return at == std::string_view::npos ? text : text.substr(0, at);
}

}  // namespace

std::vector<std::string> kernel_operations(std::string_view layer_name) {
  constexpr std::string_view head = "__myl_";
  const std::string_view name = without_name_suffix(layer_name);
  if (!starts_with(name, head)) return {};
  std::string_view text = without_hash(name.substr(head.size() - 1));  // "_0x..." at once is a hash

  std::vector<std::string> operations;
  while (!text.empty()) {
    std::size_t end = 1;
    while (end < text.size() && !is_upper(text[end]) && text[end] != '_') ++end;
    if (text[0] != '_') operations.push_back(spelt_out(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return operations;
}

}  // namespace trex
