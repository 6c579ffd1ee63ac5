// Layer types, naming conventions and layouts, in plain words.
//
// What NVIDIA documents is said as a fact; what was inferred from real engine files says so.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/glossary.hpp"

#include <algorithm>

#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view type = "layer type";
constexpr std::string_view naming = "naming convention";
constexpr std::string_view layout = "layout";

constexpr std::string_view guide = "TensorRT developer guide";
constexpr std::string_view practice = "TensorRT documentation, performance best practices";
constexpr std::string_view files = "seen in engine files of TensorRT 8.2 to 11";
constexpr std::string_view formats = "TensorRT API, enum TensorFormat";

constexpr Term terms[] = {
    // Layer types.
    {"Reformat", type, "MyelinReformat;Reformatting layer", "",
     "A copy that TensorRT itself inserted to change a tensor's memory layout, its datatype, or "
     "its "
     "place. It computes nothing: it costs one read and one write of the tensor. It is there "
     "because "
     "two neighbours want different formats, because a Quantize or Cast found no layer to fuse "
     "into, or because a tensor is copied into a concatenation. 'trex explain ENGINE LAYER' tells "
     "the reason of a given one.",
     practice},
    {"NoOp", type, "", "",
     "A step that runs no kernel: a Reshape or a change of name over the same memory. It takes no "
     "time, is not in profiles, and trex hides it by default (--all shows it).",
     files},
    {"Constant", type, "", "", "A tensor that is part of the engine. No kernel runs for it.",
     guide},
    {"Convolution", type,
     "CaskConvolution;CaskGemmConvolution;CaskFlattenConvolution;"
     "CudnnConvolution;CaskGroupConvolution",
     "",
     "A convolution, usually with its bias, scale and activation fused in. LayerType says which "
     "implementation: Cask* come from NVIDIA's own kernel library (xmma kernels), Cudnn* from "
     "cuDNN. The tactic name tells the very kernel.",
     guide},
    {"Deconvolution", type, "CaskDeconvolutionV2;CudnnDeconvolution;ConvTranspose", "",
     "A transposed convolution, as in decoders and upsampling.", guide},
    {"ConvActPool", type, "CaskConvActPool", "",
     "A convolution fused with its activation and the pooling after it.", files},
    {"MatrixMultiply", type, "gemm;FullyConnected;CaskFullyConnected;cublasLt", "",
     "A matrix multiplication (GEMM). 'gemm' is one inside a region that Myelin compiled; others "
     "stand on their own. FullyConnected is the layer that older releases had.",
     guide},
    {"kgen", type, "kernel generation;Myelin kernel", "__myl_",
     "A kernel that TensorRT's compiler Myelin generated for a chain of pointwise operations, "
     "reductions, moves and the like (9.x and later). Its name lists what was fused: "
     "__myl_MulAddSigmoid_myl0_12 multiplies, adds and takes the sigmoid; 'myl0' is the region, "
     "the last number the place in it.",
     "TensorRT issues 4397, 2308; seen in engine files of TensorRT 10"},
    {"fusion", type, "", "",
     "A kernel of a library that covers several operations of a region at once, such as a "
     "normalisation with its neighbours or an attention block.",
     files},
    {"ForeignNode", type, "Myelin;{ForeignNode[...]};Myelin region", "ForeignNode[",
     "A region that one of TensorRT's other compilers took over: Myelin for GPUs, or the DLA's. "
     "The "
     "name gives only the first and the last node: {ForeignNode[first...last]}. In 8.x the whole "
     "region is one row in the plan and in the profile. From 10.x the same region is listed kernel "
     "by kernel when the engine is built with --profilingVerbosity=detailed: rebuild so before "
     "reading anything from its time.",
     "TensorRT issues 2308, 2577, 4397"},
    {"TrainStation", type, "", "[trainStation",
     "A point where the engine waits for the GPU and allocates tensors whose shapes depend on the "
     "data (NonZero, NMS, Loop ...). It has no inputs and outputs, and it stops CUDA graphs from "
     "being captured. Fixed output shapes remove it.",
     "TensorRT issue 3585"},
    {"shape_call", type, "shape call", "",
     "Host code that computes shapes for what follows. No kernel runs on the GPU, but with "
     "dynamic shapes the host's time counts.",
     files},
    {"signal", type, "signal/wait", "",
     "Marks the end of work on one CUDA stream, for a 'wait' on another. An engine has them when "
     "TensorRT runs branches in parallel on auxiliary streams (from 8.6). They take no time of "
     "their own; layers on several streams overlap, so the sum of layer times says too much.",
     "TensorRT documentation, within-inference multi-streaming"},
    {"wait", type, "", "", "Holds back one CUDA stream until a 'signal' on another. See signal.",
     "TensorRT documentation, within-inference multi-streaming"},
    {"Shuffle", type, "", "[Shuffle]",
     "Transpose and Reshape in one. Without a Transpose it is often free (NoOp); with one, every "
     "element is read and written.",
     guide},
    {"Slice", type, "", "", "Copies a part of a tensor; also what Split and Crop become.", guide},
    {"Concat", type, "Concatenation", "",
     "Puts tensors one after the other. Mostly no layer is left of it: its inputs are written "
     "straight into their parts of the result; where that cannot be, copies appear.",
     guide},
    {"PointWise", type, "PointWiseV2;ElementWise;Activation;Unary", "",
     "Operations on each element by itself (add, multiply, activation ...), several of them fused "
     "into one kernel. Bound by memory: its cost is the bytes it reads and writes.",
     guide},
    {"Scale", type, "Quantize;Dequantize", "",
     "One multiply and add a channel; a Quantize or Dequantize that stands alone is one, and then "
     "a pass over memory that fusing would save.",
     practice},
    {"Pooling", type, "CaskPooling;TiledPooling;CudnnPooling", "",
     "Maximum or average over windows. Bound by memory.", guide},
    {"PluginV2", type, "Plugin;PluginV3;PluginV2DynamicExt;PluginV2IOExt;PluginV2Ext", "",
     "Code that is not TensorRT's own: a custom layer. TensorRT cannot fuse into it, and the "
     "formats it supports decide whether Reformats stand around it.",
     guide},
    {"DLA", type, "nvm", "from nvm;to nvm;copy finish",
     "Work on the Deep Learning Accelerator of Jetson and Drive. 'x to nvm', 'x from nvm' and "
     "'copy finish' are the copies between the GPU's and the DLA's memory.",
     "TensorRT documentation, working with DLA"},
    {"Reduce", type, "", "", "Sum, mean, maximum over axes. Bound by memory.", guide},
    {"Softmax", type, "SoftMax;CudaSoftMax;RaggedSoftMax", "",
     "Softmax on its own. Between two matrix multiplications it is a sign that attention was not "
     "fused.",
     guide},
    {"MHA", type, "fmha;flash attention;fused attention", "_mha;fmha",
     "Fused multi-head attention: the two matrix multiplications and the Softmax between them in "
     "one kernel, so that the matrix of scores never reaches memory.",
     practice},
    // Naming conventions.
    {"Reformatting CopyNode", naming, "input reformatter;output reformatter",
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
    {"x copy", naming, "copy", "",
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
    {"Metadata", naming, "ONNX Layer;[ONNX Layer: x]", "[ONNX Layer:",
     "The nodes of the model that a layer was made from, as the builder noted them (from 8.6): "
     "'[ONNX Layer: a]', several joined by the control characters 0x1E and 0x1F. trex shows them "
     "as source_ops.",
     files},
    {"Origin", naming, "QDQ", "",
     "Why a Reformat was made, where the file says it: QDQ for a Quantize or Dequantize, CONCAT, "
     "SLICE, CAST and others.",
     files},
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
};

bool is_one_of(std::string_view word, std::string_view list) {
  for (const std::string_view item : split(list, ';')) {
    if (!item.empty() && equals_ignoring_case(word, item)) return true;
  }
  return false;
}

bool any_inside(std::string_view name, std::string_view list) {
  for (const std::string_view item : split(list, ';')) {
    if (!item.empty() && contains_ignoring_case(name, item)) return true;
  }
  return false;
}

}  // namespace

std::span<const Term> glossary() { return terms; }

const Term* find_term(std::string_view word) {
  for (const auto& list : {glossary(), kernel_glossary()}) {
    for (const Term& term : list) {
      if (equals_ignoring_case(word, term.word)) return &term;
    }
  }
  for (const auto& list : {glossary(), kernel_glossary()}) {
    for (const Term& term : list) {
      if (is_one_of(word, term.also)) return &term;
    }
  }
  return nullptr;
}

std::vector<const Term*> terms_inside(std::string_view name) {
  std::vector<const Term*> result;
  for (const Term& term : terms) {
    if (any_inside(name, term.parts)) result.push_back(&term);
  }
  return result;
}

std::vector<const Term*> terms_of_kernel(std::string_view tactic) {
  std::vector<const Term*> result;
  for (const Term& term : kernel_glossary()) {
    if (any_inside(tactic, term.parts)) result.push_back(&term);
  }
  return result;
}

}  // namespace trex::lint
