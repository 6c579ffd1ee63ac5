// Naming conventions, fields of the plan and layouts, in plain words; and how words are looked up.
//
// What NVIDIA documents is said as a fact; what was inferred from real engine files says so.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/glossary.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view naming = "naming convention";
constexpr std::string_view field = "field of the plan";
constexpr std::string_view layout = "layout";

constexpr std::string_view guide = "TensorRT developer guide";
constexpr std::string_view files = "seen in engine files of TensorRT 8.2 to 11";
constexpr std::string_view formats = "TensorRT API, enum TensorFormat";

// What is longer is no word that anybody asks for.
constexpr std::size_t longest_word = 1000;

constexpr Term terms[] = {
    {"Reformatting CopyNode", naming, "input reformatter;output reformatter;CopyNode",
     "Reformatting CopyNode;input reformatter;output reformatter",
     "The name of a Reformat that TensorRT inserted: 'Reformatting CopyNode for Input Tensor 0 to "
     "conv1' changes the format of what conv1 reads first; '... for Output Tensor 0 to X' of what "
     "X writes. In 7.x: 'conv1 input reformatter 0'. 'trex explain ENGINE LAYER' tells why it is "
     "there.",
     "TensorRT issue 2136"},
    {"PWN", naming, "PWN(...)", "PWN(",
     "PointWise network: elementwise operations that TensorRT fused into one kernel; they stand in "
     "the parentheses, nested where the fusion went in steps.",
     files},
    {"+", naming, "fused layers;a + b", " + ",
     "'a + b': the nodes a and b were fused into one layer.", guide},
    {"||", naming, "a || b;horizontal fusion", " || ",
     "'a || b': layers side by side that read the same input were merged into one kernel.", files},
    {"x copy", naming, "copy", " copy$",
     "'x copy': the tensor x is copied to its place, mostly into a concatenation.", files},
    {"(Unnamed Layer*", naming, "Unnamed Layer;(Unnamed Layer* N)", "(Unnamed Layer*",
     "A layer that the parser or a program added without naming it; the number counts layers of "
     "the network, the brackets say its type.",
     files},
    {"[profile N]", naming, "profile suffix", "[profile ",
     "The same layer for another optimization profile of the engine: with K profiles every layer "
     "is there K times, the first time without the suffix. --opt-profile chooses.",
     "TensorRT documentation, optimization profiles"},
    {"_myl", naming, "myl;__myl_", "_myl",
     "Myelin, TensorRT's compiler of fused regions: the number after 'myl' is the region, the one "
     "after it the kernel's place in it.",
     files},
    {"Metadata", field, "ONNX Layer;[ONNX Layer: x]", "[ONNX Layer:",
     "The nodes of the model that a layer was made from, as the builder noted them (from 8.6): "
     "'[ONNX Layer: a]', several joined by the control characters 0x1E and 0x1F. trex shows them "
     "as source_ops.",
     files},
    {"Origin", field, "QDQ;Q/DQ", "",
     "Why a Reformat was made, where the file says it: QDQ for a Quantize or Dequantize, CONCAT, "
     "SLICE, CAST and others.",
     files},
    {"Forced Cast ITensor", naming, "", "Forced Cast",
     "A Cast that the builder put in to meet a type the network demands; mostly a NoOp.", files},
    {"Reformatted Tensor", naming, "Reformatted Input Tensor;Reformatted Output Tensor",
     "Reformatted Input Tensor;Reformatted Output Tensor",
     "The name of what a Reformat writes: 'Reformatted Input Tensor 0 to conv1' is conv1's first "
     "input in the format that conv1 reads.",
     files},
    {"aten_ops", naming, "Torch-TensorRT name;[CONVOLUTION]-[aten_ops.convolution.default]-[x]",
     "aten_ops;[acc_ops",
     "A layer named by Torch-TensorRT: [TensorRT operation]-[PyTorch operation]-[node of the FX "
     "graph]. It leaves Metadata empty.",
     "pytorch/TensorRT issue 2495; seen in engine files of TensorRT 10"},
    {"__mye", naming, "__myln;__myln_k_arg", "__mye;__myln",
     "A name that Myelin made up for a merged operation (__mye1+__mye2: merged multiplications of "
     "one input) or for scratch memory (__myln_k_arg, reused over time).",
     files},
    {"l2_cache_policy_inputs", naming, "l2_cache_management", "l2_cache_",
     "A control tensor of Myelin's, read but never written: how to use the L2 cache.", files},
    {"_dconst", naming, "constantHalf;_alpha;_beta;dconst", "_dconst;constantHalf",
     "A constant inside a region that Myelin compiled.", files},
    {"LayerType", field, "", "",
     "How a layer is implemented (CaskConvolution). ParameterType is what it computes "
     "(Convolution); where both stand, trex calls the second type and the first subtype.",
     files},
    {"ParameterType", field, "", "", "What a layer computes; see LayerType.", files},
    {"ParameterSubType", field, "", "",
     "What is fused in: 'PointWiseExpression' for a written-out activation, or the range of a "
     "clipped one, '[0.000000,6.000000]'.",
     files},
    {"TacticName", field, "tactic;tactics", "",
     "The kernel that was the fastest when the engine was built. trex explain NAME reads it.",
     guide},
    {"TacticValue", field, "", "", "A number that names the tactic: comparable within a version.",
     guide},
    {"StreamId", field, "aux stream;auxiliary stream;aux streams;stream", "",
     "The CUDA stream that the layer runs on: 0 is the main one, others are auxiliary (8.6 and "
     "later; --maxAuxStreams). Layers on several streams overlap.",
     "TensorRT documentation, within-inference multi-streaming"},
    {"Bindings", field, "I/O Tensors;binding", "",
     "The engine's inputs and outputs: a list of names up to 10.x; 'I/O Tensors' with types, "
     "shapes "
     "and optimization profiles from 11.0.",
     "TensorRT documentation, migrating the engine inspector to 11.x"},
    {"HasSparseWeights", field, "sparse weights;structured sparsity", "",
     "Whether the weights are 2:4 sparse and the kernel makes use of it.", guide},
    {"HasResidual", field, "ResAsActInputIdx;residual", "",
     "Whether the convolution adds a second tensor, a residual branch, as it writes its output. "
     "ResAsActInputIdx says which input that is.",
     files},
    {"HasReLU", field, "Activation of a convolution", "",
     "Whether an activation is part of the convolution: it costs nothing more.", files},
    {"HasDynamicFilter", field, "HasDynamicBias;ConvXAsActInputIdx;BiasAsActInputIdx", "",
     "Whether weights (or bias) are a tensor of the network and no constant. ...AsActInputIdx says "
     "which input is which; -1: none.",
     files},
    {"OutMaps", field, "output channels", "", "Output channels of a convolution.", guide},
    {"Groups", field, "grouped convolution", "",
     "In how many groups a convolution's channels work apart; as many as channels: depthwise.",
     guide},
    {"BlendFactor", field, "", "", "Of a pooling: the part of the maximum in max-average blends.",
     guide},
    {"profiling verbosity", field,
     "ProfilingVerbosity;detailed;layer_names_only;profilingVerbosity=detailed;kDETAILED;"
     "kLAYER_NAMES_ONLY",
     "",
     "How much an engine tells about itself, chosen when it is built: layer_names_only (the "
     "default: names and nothing else), none, or detailed. trtexec "
     "--profilingVerbosity=detailed; it cannot be raised later.",
     "TensorRT documentation, engine inspector; TensorRT issue 4020"},
    {"optimization profile", field, "min opt max;minShapes;optShapes;maxShapes", "",
     "A set of smallest, usual and largest input shapes that the engine was tuned for. Not the "
     "profile, which is time per layer.",
     "TensorRT documentation, optimization profiles"},
    // Layouts.
    {"NCHW", layout, "linear;row major;kLINEAR", "",
     "Row major: for each image, all rows of one channel, then the next channel. TensorRT's "
     "Tensor Core convolutions do not like it; most engine inputs come in it.",
     formats},
    {"NHWC", layout, "channel major;channels last;NHWC8;NHWC16;NHWC4;kHWC;kHWC8;kHWC16", "",
     "Channels innermost. NHWC8 and NHWC16 pad the channels to a multiple of 8 or 16, which is "
     "what FP16 and INT8 Tensor Core kernels read: 3 channels then take the room of 8.",
     formats},
    {"NC/32HW32", layout,
     "CHW32;kCHW32;NC/2HW2;CHW2;kCHW2;NC/4HW4;CHW4;kCHW4;NC/16HW16;CHW16;"
     "kCHW16;vectorized",
     "",
     "Channels in blocks: 32 (or 2, 4, 16) channels of one pixel stand together. CHW32 is the "
     "format of INT8 Tensor Core kernels, CHW4 of the older INT8 kernels without Tensor Cores, "
     "CHW2 of FP16 ones.",
     formats},
    {"NDHWC8", layout, "kDHWC8;kDHWC", "", "NHWC8 for three spatial dimensions.", formats},
    {"CDHW32", layout, "kCDHW32", "", "NC/32HW32 for three spatial dimensions.", formats},
    {"DLA_HWC4", layout, "DLA_LINEAR;kDLA_LINEAR;kDLA_HWC4", "",
     "Layouts of the Deep Learning Accelerator: rows or pixels padded to its own pitch.", formats},
};

bool is_one_of(std::string_view word, std::string_view list) {
  for (const std::string_view item : split(list, ';')) {
    if (!item.empty() && equals_ignoring_case(word, item)) return true;
  }
  return false;
}

// A part that ends in '$' stands at the end of the name.
bool is_inside(std::string_view name, std::string_view part) {
  if (part.empty()) return false;
  if (part.back() != '$') return contains_ignoring_case(name, part);
  part.remove_suffix(1);
  return name.size() >= part.size() &&
         equals_ignoring_case(name.substr(name.size() - part.size()), part);
}

bool any_inside(std::string_view name, std::string_view list) {
  for (const std::string_view item : split(list, ';')) {
    if (is_inside(name, item)) return true;
  }
  return false;
}

// "t1r3s3" -> "t#r#s#": words that hold numbers are listed so.
std::string without_numbers(std::string_view word) {
  std::string result;
  for (const char c : word) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !result.empty() && result.back() == '#') continue;
    result += digit ? '#' : c;
  }
  return result;
}

const Term* term_of_token(std::string_view token) {
  const std::string pattern = without_numbers(token);
  for (const Term& term : kernel_glossary()) {
    if (equals_ignoring_case(token, term.word) || is_one_of(token, term.also) ||
        is_one_of(pattern, term.also)) {
      return &term;
    }
  }
  return nullptr;
}

}  // namespace

std::span<const Term> name_glossary() { return terms; }

std::array<std::span<const Term>, 4> glossaries() {
  return {type_glossary(), name_glossary(), kernel_glossary(), measure_glossary()};
}

const Term* find_term(std::string_view word) {
  word = trim(word);
  if (word.empty() || word.size() > longest_word) return nullptr;
  const std::string pattern = without_numbers(word);
  for (const auto& list : glossaries()) {
    for (const Term& term : list) {
      if (equals_ignoring_case(word, term.word)) return &term;
    }
  }
  for (const std::string_view text : {word, std::string_view(pattern)}) {
    for (const auto& list : glossaries()) {
      for (const Term& term : list) {
        if (is_one_of(text, term.also)) return &term;
      }
    }
  }
  return nullptr;
}

std::vector<const Term*> terms_inside(std::string_view name) {
  std::vector<const Term*> result;
  for (const auto& list : {type_glossary(), name_glossary()}) {
    for (const Term& term : list) {
      if (any_inside(name, term.parts)) result.push_back(&term);
    }
  }
  return result;
}

std::vector<const Term*> terms_of_kernel(std::string_view tactic) {
  std::set<const Term*> by_token;
  for (const std::string_view token : split(tactic.substr(0, longest_word), '_')) {
    if (const Term* term = term_of_token(token)) by_token.insert(term);
  }
  std::vector<const Term*> result;
  for (const Term& term : kernel_glossary()) {
    if (by_token.count(&term) != 0 || any_inside(tactic, term.parts)) result.push_back(&term);
  }
  return result;
}

bool looks_like_kernel(std::string_view word) {
  for (const Term& term : kernel_glossary()) {
    if (any_inside(word, term.parts)) return true;
  }
  if (word.empty() || word.size() > longest_word) return false;
  const auto tokens = split(word, '_');
  return std::all_of(tokens.begin(), tokens.end(), [](std::string_view token) {
    return token.empty() || term_of_token(token) != nullptr;
  });
}

}  // namespace trex::lint
