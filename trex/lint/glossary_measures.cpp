// Figures and ideas of measuring, in plain words.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/glossary.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view figure = "figure";
constexpr std::string_view idea = "idea";
constexpr std::string_view trtexec = "trtexec";
constexpr std::string_view measuring = "TensorRT documentation, performance measurement";
constexpr std::string_view guide = "NVIDIA deep learning performance guide";

constexpr Term terms[] = {
    {"averageMs", figure, "average;time_ms;mean", "",
     "Of a profile: the layer's mean time per inference. trex's time_ms.", trtexec},
    {"medianMs", figure, "median;median_ms", "",
     "Of a profile: the median of the layer's times; steadier than the mean. From 8.x on.",
     trtexec},
    {"timeMs", figure, "total_ms", "",
     "Of a profile: the layer's time over all inferences together. trex's total_ms.", trtexec},
    {"percentage", figure, "share", "",
     "Of a profile: the layer's part of the sum over all layers, not of the latency. trex's share "
     "(0 to 1).",
     trtexec},
    {"layer sum", figure, "sum of layers", "",
     "The layers' times added up. It is not the latency: events around each layer cost about a "
     "microsecond (it is above), streams overlap (above), gaps and launches are not in it (below).",
     "TREx README; TensorRT issue 4657"},
    {"latency", figure, "end-to-end;end_to_end_ms;latencyMs", "",
     "The time of one inference: input copies, GPU compute time and output copies.", trtexec},
    {"GPU compute time", figure, "computeMs;compute time", "",
     "From the first kernel of an inference to its last, as events on the GPU see it.", trtexec},
    {"enqueue time", figure, "enqueue;enqueueMs;enqueue-bound", "",
     "The time the host takes to launch an inference. When it comes near the GPU compute time, the "
     "GPU waits for the host: CUDA graphs or a larger batch help.",
     measuring},
    {"H2D", figure, "D2H;H2D latency;D2H latency;h2dMs;d2hMs", "",
     "Copies from host to device and back. --noDataTransfers leaves them out.", trtexec},
    {"percentile", figure, "p90;p95;p99;percentile(99%)", "",
     "The time that so many of a hundred inferences stay below: p99 is what one in a hundred "
     "exceeds.",
     trtexec},
    {"CUDA graph", idea, "cuda graphs;useCudaGraph", "",
     "Records an inference's launches once and replays them at once: for engines bound by enqueue "
     "time. Shapes that depend on data prevent it.",
     measuring},
    {"roofline", idea, "memory-bound;compute-bound;ridge;speed of light;roofline floor", "",
     "The least time a layer can take: its arithmetic at the GPU's peak or its bytes at full "
     "bandwidth, whichever takes longer. That one bounds it.",
     guide},
    {"arithmetic intensity", idea, "intensity;flops per byte", "",
     "Arithmetic operations per byte moved. Below the GPU's ridge (peak over bandwidth) a layer is "
     "bound by memory.",
     guide},
    {"Tensor Core", idea, "tensor cores;TC", "",
     "The GPU's units for small matrix products, several times as fast as its CUDA cores. Volta: "
     "FP16; Turing adds INT8; Ampere TF32 and BF16; Ada and Hopper FP8; Blackwell FP4. They want "
     "channels in multiples of 8 (FP16) or 32 (INT8).",
     "TensorRT documentation, optimizing for Tensor Cores"},
    {"wave quantization", idea, "wave;waves;tail effect", "",
     "Thread blocks are handed to the SMs in waves; a last wave of few blocks takes as long as a "
     "full one.",
     guide},
    {"tile quantization", idea, "", "",
     "A thread block computes a whole tile; what hangs over the output's edge is thrown away.",
     guide},
    {"occupancy", idea, "SM;SMs", "",
     "How many warps an SM (the GPU's building block) holds of those it could. Plans do not tell "
     "it; Nsight Compute does.",
     "CUDA C++ programming guide"},
    {"explicit quantization", idea, "QAT;PTQ;quantization;implicit quantization", "",
     "Quantize and Dequantize nodes in the model say where INT8 or FP8 begins and ends (from "
     "quantization-aware training or from calibration). Without them TensorRT used to choose by "
     "calibration (implicit; gone in 11).",
     "TensorRT documentation, explicit quantization"},
    {"strongly typed", idea, "stronglyTyped;strong typing", "",
     "A network whose types TensorRT keeps as the model has them, instead of choosing the fastest "
     "that flags allow. The only kind in 11.x.",
     "TensorRT documentation, strongly typed networks"},
    {"sparsity", idea, "2:4 sparsity", "",
     "Weights of which two in four are zero: Ampere's and later Tensor Cores skip them.",
     "TensorRT documentation, sparsity"},
    {"timing cache", idea, "", "",
     "Times of tactics from earlier builds: a build with one is faster, and chooses the same "
     "tactics "
     "again.",
     "TensorRT documentation, timing cache"},
    {"plan", idea, "engine;layer", "",
     "The engine: layers in the order they run, each with its kernel (tactic) and its tensors' "
     "formats. trex summary ENGINE tells what one is.",
     "TensorRT developer guide"},
    {"kernel", idea, "CUDA kernel", "",
     "A program that runs on the GPU. A layer runs one, seldom more; the tactic names it.",
     "CUDA C++ programming guide"},
    {"SWISH", idea, "SiLU;GELU;CLIPPED_RELU;GENERIC;ReLU6", "",
     "Activations as plans name them: SWISH (SiLU) is x times sigmoid(x), CLIPPED_RELU a ReLU with "
     "a "
     "ceiling (ReLU6), GENERIC one that is written out in PointWiseExpression.",
     "seen in engine files of TensorRT 8.2 to 11"},
};

}  // namespace

std::span<const Term> measure_glossary() { return terms; }

}  // namespace trex::lint
