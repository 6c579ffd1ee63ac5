// Spellings of PyTorch, ONNX, TensorFlow and Myelin for the same operations, as one table.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/align_names.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "trex/base/text.hpp"

namespace trex::compare {
namespace {

constexpr std::size_t longest_word = 48;  // an operation's name; longer ones are cut

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word_char(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); }

// "Conv_12", "add_3", "convolution_1": the text without a number at its end that '_' sets off.
std::string_view without_number(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && is_digit(text[end - 1])) --end;
  const bool numbered = end < text.size() && end > 1 && text[end - 1] == '_';
  return numbered ? text.substr(0, end - 1) : text;
}

std::string_view last_part(std::string_view op) {
  const std::size_t slash = op.rfind('/');
  return slash == std::string_view::npos ? op : op.substr(slash + 1);
}

struct Spelling {
  std::string_view stem;  // lower case, letters and digits only; the start of the word
  std::string_view word;
};

// The first stem that the word begins with. Longer stems before their own beginnings.
constexpr Spelling spellings[] = {
    {"convtranspose", "deconv"},
    {"deconv", "deconv"},
    {"conv", "conv"},
    {"addmm", "gemm"},
    {"batchmatmul", "gemm"},
    {"baddbmm", "gemm"},
    {"matmul", "gemm"},
    {"gemm", "gemm"},
    {"linear", "gemm"},
    {"fullyconnected", "gemm"},
    {"bmm", "gemm"},
    {"innerproduct", "gemm"},
    {"dense", "gemm"},
    {"scaleddotproduct", "mha"},
    {"attention", "mha"},
    {"multiheadattention", "mha"},
    {"clip", "clip"},
    {"clamp", "clip"},
    {"relu6", "clip"},
    {"hardtanh", "clip"},
    {"maximum", "clip"},
    {"minimum", "clip"},
    {"globalaverage", "mean"},
    {"adaptiveavg", "mean"},
    {"averagepool", "mean"},
    {"avgpool", "mean"},
    {"reducemean", "mean"},
    {"mean", "mean"},
    {"globalmax", "maxpool"},
    {"maxpool", "maxpool"},
    {"batchnorm", "norm"},
    {"nativebatchnorm", "norm"},
    {"layernorm", "norm"},
    {"nativelayernorm", "norm"},
    {"instancenorm", "norm"},
    {"groupnorm", "norm"},
    {"rmsnorm", "norm"},
    {"quantize", "quantize"},
    {"dequantize", "dequantize"},
    {"fakequant", "quantize"},
    {"upsample", "resize"},
    {"interpolate", "resize"},
    {"resize", "resize"},
    {"fusedbatchnorm", "norm"},
    {"biasadd", "add"},
    {"tocopy", "cast"},
    {"permute", "transpose"},
    {"view", "reshape"},
    {"flatten", "reshape"},
    {"cat", "concat"},
    {"identity", "copy"},
};

constexpr std::string_view nothing_said[] = {
    "weight", "weights", "bias",   "constant", "initializer", "kernel", "broadcast", "rhs",
    "lhs",    "out",     "output", "input",    "scale",       "shift",  "power",
};

// Sorted.
constexpr std::string_view operations[] = {
    "abs",
    "acos",
    "acosh",
    "add",
    "affine",
    "and",
    "arange",
    "argmax",
    "argmin",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "averagepool",
    "bernoulli",
    "bitshift",
    "blackmanwindow",
    "broadcast",
    "cast",
    "castlike",
    "ceil",
    "celu",
    "center",
    "clip",
    "col2im",
    "compress",
    "concat",
    "constantofshape",
    "conv",
    "copy",
    "cos",
    "cosh",
    "cumsum",
    "deconv",
    "deformconv",
    "depthtospace",
    "dequantize",
    "det",
    "dft",
    "div",
    "dropout",
    "einsum",
    "elu",
    "equal",
    "erf",
    "exp",
    "expand",
    "eyelike",
    "floor",
    "gather",
    "gatherelements",
    "gathernd",
    "gelu",
    "gemm",
    "glu",
    "greater",
    "greaterorequal",
    "gridsample",
    "gru",
    "hardmax",
    "hardsigmoid",
    "hardswish",
    "if",
    "isinf",
    "isnan",
    "leakyrelu",
    "less",
    "lessorequal",
    "log",
    "logsoftmax",
    "loop",
    "lppool",
    "lrn",
    "lstm",
    "maxpool",
    "maxroipool",
    "maxunpool",
    "mean",
    "mha",
    "mish",
    "mod",
    "move",
    "mul",
    "multinomial",
    "neg",
    "nonmaxsuppression",
    "nonzero",
    "norm",
    "not",
    "onehot",
    "or",
    "pad",
    "pow",
    "prelu",
    "prod",
    "quantize",
    "range",
    "reciprocal",
    "reducel1",
    "reducel2",
    "reducelogsum",
    "reducemax",
    "reducemin",
    "reduceprod",
    "reducesum",
    "reducesumsquare",
    "relu",
    "replicate",
    "reshape",
    "resize",
    "reversesequence",
    "rnn",
    "roialign",
    "round",
    "rsqrt",
    "scale",
    "scan",
    "scatter",
    "scatterelements",
    "scatternd",
    "select",
    "selu",
    "shape",
    "shrink",
    "shuffle",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinh",
    "size",
    "slice",
    "softmax",
    "softplus",
    "softsign",
    "spacetodepth",
    "split",
    "sqrt",
    "squeeze",
    "sub",
    "sum",
    "swish",
    "tan",
    "tanh",
    "tile",
    "topk",
    "transpose",
    "tril",
    "triu",
    "trunc",
    "truncate",
    "unique",
    "unsqueeze",
    "where",
    "xor",
};

std::string_view spelt_alike(std::string_view word) {
  for (const std::string_view nothing : nothing_said) {
    if (word == nothing) return {};
  }
  // "catch" is no "cat": a stem of three letters must be the whole word.
  for (const Spelling& spelling : spellings) {
    const bool whole = spelling.stem.size() <= 3;
    if (whole ? word == spelling.stem : starts_with(word, spelling.stem)) return spelling.word;
  }
  return word;
}

// Letters and digits of `text` in lower case, at most `longest_word`, without digits at the end.
void append_word(std::string_view text, std::string& out) {
  const std::size_t start = out.size();
  for (const char c : text) {
    if (is_word_char(c)) out.push_back(lower(c));
    if (out.size() - start >= longest_word) break;
  }
}

// "(Unnamed Layer* 14) [Shuffle]" -> "Shuffle".
std::string_view bracketed(std::string_view op) {
  const std::size_t open = op.rfind('[');
  const std::size_t close = op.rfind(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  return op.substr(open + 1, close - open - 1);
}

// Appends the parts of "conv_0/0" or "conv.0.0" as "conv/0/0".
void append_parts(std::string_view component, std::string& out) {
  for (std::size_t i = 0; i < component.size(); ++i) {
    const char c = component[i];
    const bool separates = c == '.' || c == '_';
    out.push_back(separates ? '/' : c);
  }
}

}  // namespace

NameTrust op_trust(std::string_view op) {
  if (starts_with(op, "(Unnamed Layer") || contains(op, "::")) return NameTrust::numbered;
  if (starts_with(op, "__my")) return NameTrust::numbered;
  if (contains(op, "/") || contains(op, ".")) return NameTrust::specific;
  return without_number(op).size() < op.size() || op.size() < 4 ? NameTrust::numbered
                                                                : NameTrust::specific;
}

std::string_view raw_operation(std::string_view op, std::string& buffer) {
  buffer.clear();
  if (contains(op, "::")) return {};
  std::string_view text = last_part(op);
  if (starts_with(text, "(Unnamed Layer")) text = bracketed(text);
  if (const std::size_t dot = text.rfind('.'); dot != std::string_view::npos) {
    text = text.substr(dot + 1);
  }
  append_word(without_number(text), buffer);
  return buffer;
}

std::string_view spelt_operation(std::string_view raw) { return spelt_alike(raw); }

std::string_view operation_word(std::string_view op, std::string& buffer) {
  return spelt_alike(raw_operation(op, buffer));
}

std::string_view kernel_word(std::string_view operation, std::string& buffer) {
  buffer.clear();
  append_word(operation, buffer);
  if (buffer == "max" || buffer == "min") return "clip";
  return spelt_alike(buffer);
}

std::string_view canonical_op(std::string_view op, std::string& buffer) {
  buffer.clear();
  const std::string word(operation_word(op, buffer));
  buffer.clear();
  const std::size_t end = op.rfind('/');
  if (end == std::string_view::npos || end == 0 || word.empty()) return {};
  std::string_view before;  // ONNX repeats the scope: "layer1.0" in "layer1"
  std::size_t at = op[0] == '/' ? 1 : 0;
  while (at < end) {
    const std::size_t stop = std::min(op.find('/', at), end);
    std::string_view component = op.substr(at, stop - at);
    const std::string_view whole = component;
    if (!before.empty() && starts_with(component, before) && component.size() > before.size() &&
        (component[before.size()] == '.' || component[before.size()] == '_')) {
      component.remove_prefix(before.size() + 1);
    }
    if (!buffer.empty()) buffer.push_back('/');
    append_parts(component, buffer);
    before = whole;
    at = stop + 1;
  }
  buffer.push_back('|');
  buffer += word;
  return buffer;
}

bool is_operation(std::string_view word) {
  static_assert(std::is_sorted(std::begin(operations), std::end(operations)));
  return std::binary_search(std::begin(operations), std::end(operations), word);
}

int operation_weight(std::string_view word) {
  constexpr std::string_view heavy[] = {"conv", "deconv", "gemm", "mha", "lstm", "gru"};
  constexpr std::string_view middling[] = {"maxpool", "mean", "softmax", "norm", "resize", "topk"};
  constexpr std::string_view light[] = {
      "",      "cast",   "reshape",  "transpose",  "copy",   "concat", "squeeze",   "unsqueeze",
      "slice", "expand", "quantize", "dequantize", "gather", "move",   "broadcast", "shuffle"};
  const auto has = [word](const auto& list) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
  };
  if (has(heavy)) return 32;
  if (has(middling)) return 12;
  return has(light) ? 1 : 4;
}

}  // namespace trex::compare
