// Layer types, in plain words: those of engine plans (LayerType, ParameterType) and the ONNX
// operators that users ask for by name.
//
// What NVIDIA documents is said as a fact; what was inferred from real engine files says so.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/glossary.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view type = "layer type";

constexpr std::string_view guide = "TensorRT developer guide";
constexpr std::string_view operators = "TensorRT operators documentation";
constexpr std::string_view practice = "TensorRT documentation, performance best practices";
constexpr std::string_view quantized = "TensorRT documentation, explicit quantization";
constexpr std::string_view files = "seen in engine files of TensorRT 8.2 to 11";

constexpr Term terms[] = {
    {"Reformat", type, "MyelinReformat;Reformatting layer", "",
     "A copy that TensorRT itself inserted to change a tensor's memory layout, its datatype, or "
     "its "
     "place. It computes nothing: it costs one read and one write of the tensor. It is there "
     "because "
     "two neighbours want different formats, because a Quantize or Cast found no layer to fuse "
     "into, or because a tensor is copied into a concatenation. 'trex explain ENGINE LAYER' tells "
     "the reason of a given one.",
     practice},
    {"NoOp", type, "Identity;Squeeze;Unsqueeze;Flatten;reshape", "",
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
    {"MatrixMultiply", type,
     "gemm;MatMul;FullyConnected;CaskFullyConnected;CaskGemmMatrixMultiply;CublasConvolution;"
     "Einsum",
     "",
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
    {"ForeignNode", type, "Myelin;{ForeignNode[...]};Myelin region",
     "ForeignNode[",
     "A region that one of TensorRT's other compilers took over: Myelin for GPUs, or the DLA's. "
     "The "
     "name gives only the first and the last node: {ForeignNode[first...last]}. In 8.x the whole "
     "region is one row in the plan and in the profile. From 10.x the same region is listed kernel "
     "by kernel when the engine is built with --profilingVerbosity=detailed: rebuild so before "
     "reading anything from its time.",
     "TensorRT issues 2308, 2577, 4397"},
    {"TrainStation", type, "trainStation#;[trainStation#]", "[trainStation",
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
    {"PointWise", type, "PointWiseV2;ElementWise;Activation;Unary;PointWiseExpression;Clip", "",
     "Operations on each element by itself (add, multiply, activation ...), several of them fused "
     "into one kernel. Bound by memory: its cost is the bytes it reads and writes.",
     guide},
    {"Scale", type, "BatchNormalization", "",
     "One multiply and add a channel, as of a batch normalisation; a Quantize or Dequantize that "
     "stands alone may be one too. A pass over memory that fusing would save.",
     practice},
    {"Pooling", type, "CaskPooling;TiledPooling;CudnnPooling;GlobalAveragePool;MaxPool;AveragePool",
     "", "Maximum or average over windows. Bound by memory.", guide},
    {"PluginV2", type, "Plugin;PluginV3;PluginV2DynamicExt;PluginV2IOExt;PluginV2Ext", "",
     "Code that is not TensorRT's own: a custom layer. TensorRT cannot fuse into it, and the "
     "formats it supports decide whether Reformats stand around it.",
     guide},
    {"DLA", type, "nvm;from nvm;to nvm;copy finish", "from nvm;to nvm;copy finish",
     "Work on the Deep Learning Accelerator of Jetson and Drive. 'x to nvm', 'x from nvm' and "
     "'copy finish' are the copies between the GPU's and the DLA's memory.",
     "TensorRT documentation, working with DLA"},
    {"Reduce", type, "", "", "Sum, mean, maximum over axes. Bound by memory.", guide},
    {"Softmax", type, "CudaSoftMax;RaggedSoftMax", "",
     "Softmax on its own. Between two matrix multiplications it is a sign that attention was not "
     "fused.",
     guide},
    {"MHA", type, "fmha;flash attention;fused attention;multi-head attention;Attention;AttentionV2",
     "_mha;fmha",
     "Fused multi-head attention: the two matrix multiplications and the Softmax between them in "
     "one kernel, so that the matrix of scores never reaches memory.",
     practice},
    {"CudaDepthwiseConvolution", type, "depthwise;depthwise convolution", "",
     "A convolution with as many groups as channels: each output channel reads one input channel. "
     "Little arithmetic for its bytes, so it is bound by memory and gains little from Tensor "
     "Cores.",
     files},
    {"FusedConvActConvolution", type, "FusedConvActDirect;LegacySass", "",
     "An older implementation of a convolution with its activation, for CUDA cores.", files},
    {"TopK", type, "CudaTopK;ArgMax;ArgMin", "",
     "The largest or smallest K values along an axis. Slow for a large K, and for any but the last "
     "axis.",
     operators},
    {"Resize", type, "Upsample;Interpolate", "",
     "Nearest, linear or cubic resampling. Bound by memory; in older releases it has no INT8 form, "
     "so that Reformats stand around it.",
     operators},
    {"Padding", type, "Pad", "",
     "Copies a tensor into a larger one. A symmetric pad can be part of the convolution behind it.",
     operators},
    {"Gather", type, "GatherElements;GatherND;Embedding", "",
     "Picks rows or elements by an index tensor, such as an embedding table. It fuses with little; "
     "along axis 0 it is fastest.",
     practice},
    {"Scatter", type, "ScatterND;ScatterElements", "", "Writes elements to indexed places.",
     operators},
    {"NonZero", type, "", "",
     "The indices of what is not 0: how many is known only when it has run, so the engine waits "
     "for the GPU (see TrainStation).",
     operators},
    {"NMS", type, "NonMaxSuppression;EfficientNMS;EfficientNMS_TRT", "",
     "Non-maximum suppression of detection boxes. Its output's size depends on the data, which "
     "makes the engine wait for the GPU; the EfficientNMS plugin has outputs of a fixed size.",
     operators},
    {"Cast", type, "", "",
     "A change of datatype. Alone it is a pass over the tensor, as a Reformat of Origin CAST or a "
     "generated kernel; mostly it fuses.",
     operators},
    {"Fill", type, "Range;RandomUniform;Iota;ConstantOfShape", "",
     "Makes a tensor of one value, of a range or of random numbers.", operators},
    {"Select", type, "Where", "", "Takes each element from one of two tensors, by a condition.",
     operators},
    {"Shape", type, "", "", "The dimensions of a tensor, computed on the host; see shape_call.",
     operators},
    {"OneHot", type, "", "", "Indices to vectors with a single one.", operators},
    {"GridSample", type, "", "", "Samples an image at given places. Bound by memory.", operators},
    {"Normalization", type,
     "LayerNorm;LayerNormalization;InstanceNorm;InstanceNormalization;GroupNorm;"
     "GroupNormalization;RMSNorm;RMSNormalization;InstanceNormalization_TRT",
     "",
     "Subtracts a mean and divides by a deviation, over the last axis (layer), a channel "
     "(instance), a group of channels, or without the mean (RMS). Written out in ONNX it becomes "
     "generated kernels of Mean, Sub, Sqrt and Div; as one operator of a recent opset, one kernel. "
     "InstanceNormalization_TRT is a plugin.",
     operators},
    {"Quantize", type, "QuantizeLinear;Quan", "",
     "Float to INT8, FP8 or FP4, by a scale. It should fuse into the layer before; alone (a "
     "Reformat of Origin QDQ, a Scale or a kernel) it is a pass over the float tensor.",
     quantized},
    {"Dequantize", type, "DequantizeLinear;Dequ", "",
     "INT8, FP8 or FP4 back to float, by a scale. It should fuse into the layer behind.",
     quantized},
    {"DynamicQuantize", type, "", "",
     "Quantizes by blocks with scales found at run time (FP4, MXFP8).", quantized},
    {"RNN", type, "LSTM;GRU;RNNv2", "",
     "A recurrent layer: steps that wait for one another. In newer releases a Loop.", operators},
    {"Loop", type, "LoopOutput;Recurrence;Iterator;TripLimit;While;Scan", "",
     "A loop of the network. TripLimit says how often, Recurrence carries a value from one turn to "
     "the next (it reads and writes the same name), Iterator takes slices of a tensor, LoopOutput "
     "collects results. It bars fusion across its border, and a loop whose length the data decide "
     "bars CUDA graphs.",
     operators},
    {"Condition", type,
     "If;IfConditional;IfConditionalInput;IfConditionalOutput;ConditionalInput;"
     "ConditionalOutput;Conditional",
     "",
     "An if of the network: the condition, the inputs of its branches and their outputs. It bars "
     "fusion across its border.",
     operators},
    {"Assertion", type, "", "", "Checks a condition on shapes at run time; no work on the GPU.",
     operators},
    {"correlation", type, "", "",
     "A multiplication inside a region that Myelin compiled: a convolution or a GEMM by its tactic "
     "name.",
     files},
    {"KVCacheUpdate", type, "", "",
     "Writes new keys and values into the cache of an attention layer, in place (11.x).",
     operators},
    {"MoE", type, "mixture of experts", "",
     "Mixture of experts: a router sends each token through a few of many weight matrices.",
     operators},
    {"DistCollective", type, "", "",
     "Exchange between GPUs (all-reduce, all-gather ...) in a multi-device engine (11.x).",
     operators},
};

}  // namespace

std::span<const Term> type_glossary() { return terms; }

}  // namespace trex::lint
