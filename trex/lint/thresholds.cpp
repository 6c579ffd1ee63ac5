// The table of thresholds. Sorted by rule, then name: a test checks it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/thresholds.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

// "ours": no source states the number; the reason stands behind it.
constexpr Threshold table[] = {
    {"all-rules", "least_kernel_ms", 0.004,
     "time that no layer is expected to go below, at most; less where the profile has faster "
     "layers",
     "ours: a kernel timed between two events takes 2 to 5 us however little it does"},
    {"attention-partly-fused", "min_share", 0.02, "share of the layers' time of all such kernels",
     "ours: less than 2 % is seldom worth the work"},
    {"bf16-computed-as-fp32", "saved_share", 0.5,
     "part of the layer's time that a half-precision kernel saves",
     "FP16 halves the bytes and doubles TF32's Tensor Core rate (GPU data sheets)"},
    {"cast-round-trip", "max_between", 4, "movers between the two casts, at most",
     "ours: a reshape, a transpose, a slice and a copy"},
    {"concat-requantize", "min_copies", 2, "copies into one tensor",
     "ours: a single copy may have another reason"},
    {"convolution-pooling-not-fused", "max_window", 3, "widest side of the pooling window",
     "ours: the stem's 2x2 and 3x3; global pooling is no candidate"},
    {"depthwise-hot", "min_ratio", 2, "share of the time over share of the FLOPs",
     "ours: at twice, another form of the same arithmetic could win half"},
    {"depthwise-hot", "min_share", 0.05, "share of the layers' time of all depthwise convolutions",
     "ours: below 5 % there are better targets"},
    {"dominant-layer", "min_layers", 10, "timed layers below which the engine is not judged",
     "ours: with fewer than ten, one of them is always a tenth"},
    {"dominant-layer", "min_share", 0.1, "share of the layers' time",
     "NVIDIA TensorRT performance analysis skill: hotspot of 10 %"},
    {"dp4a-kernel", "min_tensor_core_channels", 16,
     "input channels from which INT8 Tensor Cores fit", "ours: half of a 32-channel block"},
    {"enqueue-bound", "min_ratio", 0.9, "median enqueue time over median GPU compute time",
     "TensorRT documentation; trtexec itself warns from 0.8"},
    {"few-iterations", "min_count", 10, "inferences that a median should rest on",
     "benchstat: at least 10 samples"},
    {"fp32-island", "min_share", 0.01, "share of the layers' time from which an FP32 layer counts",
     "lint severity: below 1 % it would be a note"},
    {"fp32-island", "saved_share", 0.5, "part of an FP32 layer's time that FP16 saves",
     "FP16 halves the bytes and doubles TF32's Tensor Core rate (GPU data sheets)"},
    {"fp32-without-tf32", "alignment", 4, "multiple that K and N should be of, in values",
     "TensorRT documentation, optimizing for Tensor Cores: TF32"},
    {"fp32-without-tf32", "min_share", 0.01,
     "share of the layers' time from which an FP32 layer counts",
     "lint severity: below 1 % it would be a note"},
    {"fp8-not-used", "saved_share", 0.5, "part of the layer's time that FP8 saves",
     "FP8 halves FP16's bytes and doubles its rate (GPU data sheets)"},
    {"gemm-misaligned", "min_share", 0.01, "share of the layers' time from which a product counts",
     "lint severity: below 1 % it would be a note"},
    {"half-misaligned-channels", "alignment", 8, "multiple that channels should be of",
     "TensorRT documentation, optimizing for Tensor Cores: FP16 dense"},
    {"half-misaligned-channels", "sparse_alignment", 16, "the same for sparse weights",
     "TensorRT documentation, optimizing for Tensor Cores: FP16 sparse"},
    {"half-misaligned-channels", "stem_channels", 4,
     "input channels up to which a layer is a stem, left alone",
     "ours: images have 1 to 4 planes, for which TensorRT has kernels (NHWC4)"},
    {"hot-gather", "min_share", 0.02, "share of the layers' time that one layer takes",
     "ours: less than 2 % is seldom worth the work"},
    {"hot-transpose", "min_share", 0.01, "share of the layers' time that one transpose takes",
     "ours: the share from which a finding is a warning"},
    {"inflated-layer-times", "max_ratio", 1.15, "sum of the layers over the GPU's median time",
     "ours: events around layers cost about 1 us; 15 % is 100 layers of 7 us each"},
    {"int8-channel-padding", "max_padding", 1.25,
     "padded channels over real ones that is tolerated",
     "ours: 25 % more traffic costs less than the Reformats to and from FP16 do"},
    {"kernel-fragmentation", "min_kernel_share", 0.25, "share of the time in generated kernels",
     "trt-perf-analysis: kgen share of 25 %"},
    {"kernel-fragmentation", "min_tiny_count", 20, "tiny layers", "trt-perf-analysis: 20 layers"},
    {"kernel-fragmentation", "min_tiny_share", 0.20, "share of the time in tiny layers",
     "trt-perf-analysis: 20 %"},
    {"kernel-fragmentation", "tiny_ms", 0.005, "a layer below this is tiny, ms",
     "trt-perf-analysis: 5 us"},
    {"large-constant", "min_bytes", 64e6, "bytes of one constant",
     "ours: below 64 MB it matters to no GPU"},
    {"large-constant", "min_share", 0.1, "part of the engine's weights that one constant is",
     "ours: a tenth; the many equal matrices of a transformer are less each"},
    {"legacy-kernel", "min_share", 0.02, "share of the layers' time from which a layer counts",
     "ours: a kernel of 2 % is worth a second build"},
    {"long-lived-activation", "min_peak_bytes", 16e6, "peak of activation memory, in bytes",
     "ours: below 16 MB memory is not what limits the engine"},
    {"long-lived-activation", "min_peak_share", 0.2, "part of the peak that one tensor is",
     "ours: a fifth, so there are five of them at most"},
    {"long-lived-activation", "min_span", 0.5, "part of the layers over which the tensor is held",
     "ours: half of the run"},
    {"low-bandwidth", "max_bandwidth_share", 0.5,
     "bytes per time, as a share of the GPU's bandwidth",
     "ours: plain copies reach 80 % and more; half is clearly slow"},
    {"low-bandwidth", "min_ms", 0.01, "time below which a layer is not judged, in ms",
     "ours: under 10 us launch and ramp-up weigh as much as the bytes"},
    {"low-bandwidth", "min_share", 0.02,
     "share of the layers' time below which a layer is not judged",
     "ours: less than 2 % is seldom worth the work"},
    {"low-compute-efficiency", "max_efficiency", 0.3,
     "FLOPs per time, as a share of the GPU's peak",
     "ours: good kernels reach 60 % and more; below 30 % something is wrong"},
    {"low-compute-efficiency", "min_ms", 0.01, "time below which a layer is not judged, in ms",
     "ours: under 10 us the launch weighs as much as the arithmetic"},
    {"low-compute-efficiency", "min_share", 0.02,
     "share of the layers' time below which a layer is not judged",
     "ours: less than 2 % is seldom worth the work"},
    {"low-precision-simt", "min_channels", 16,
     "least channels, N or K that a Tensor Core could work on",
     "TensorRT documentation, optimizing for Tensor Cores: smallest multiples are 8 and 16"},
    {"low-precision-simt", "small_m", 8, "rows of the GEMM that fill little of a Tensor Core tile",
     "ours: the matrix instructions have 16 rows or 8; fewer leave most of a tile empty"},
    {"many-optimization-profiles", "min_count", 4, "optimization profiles",
     "ours: prefill, decode and a fallback are three"},
    {"mixed-precision-block", "max_types", 2, "number types of a block that are tolerated",
     "ours: quantized math with one float type around it is usual"},
    {"odd-batch", "min_padding", 1.1, "padded rows over real ones from which a product counts",
     "ours: a tenth; 12 rows are padded to 16, 197 only to 200"},
    {"odd-batch", "min_share", 0.01, "share of the layers' time of all such products",
     "ours: 1 % is where a finding becomes a warning"},
    {"opaque-region", "min_share", 0.30, "share of the time in closed regions",
     "TensorRT issue 3768"},
    {"oversized-batch", "max_batch", 65536, "first dimension of a tensor",
     "TensorRT documentation, optimizing performance: 2^16"},
    {"pointwise-chain", "min_layers", 3, "elementwise layers in a row",
     "ours: two may be kept apart by a single change of type"},
    {"profiled-off-opt-shape", "max_ratio", 1.1, "size of a dimension over the tuned one, or under",
     "ours: within a tenth the same tactics are the fastest"},
    {"quantized-island", "max_layers", 2, "layers of compute that an island has at most",
     "ours: larger groups earn their conversions"},
    {"quantized-island", "min_conversion_share", 0.30, "share of the group's time in conversions",
     "ours: INT8 saves at most half of FP16's time, so a third in conversions leaves little"},
    {"reformat-round-trip", "max_between", 3, "layers between the two Reformats, at most",
     "ours: a plugin, its scale and an activation; what is longer is a region of its own"},
    {"reformat-share", "min_share", 0.05, "share of the layers' time spent in Reformat layers",
     "ours: below 5 % even removing them all stays within the noise of a build"},
    {"shape-operations", "max_elements", 1024, "integers that count as a shape or an index",
     "ours: a tensor of dimensions is far smaller, one of tokens far larger"},
    {"shape-operations", "min_share", 0.03, "share of the layers' time",
     "trt-perf-analysis: shape and cast overhead of 3 %"},
    {"slow-deconvolution", "min_share", 0.01,
     "share of the layers' time below which a layer is not judged",
     "ours: 1 % is where a finding becomes a warning"},
    {"small-groups", "min_share", 0.01, "share of the layers' time of all such convolutions",
     "ours: 1 % is where a finding becomes a warning"},
    {"small-groups", "min_width", 16, "input channels a group from which on groups are wide enough",
     "TensorRT documentation, Tensor Cores: 8 to 16 channels of FP16"},
    {"stem-conversion", "min_share", 0.03, "share of the layers' time that the conversion takes",
     "TensorRT issue 2921 and TREx's QAT sample, where it takes 5.6 %"},
    {"stream-hand-over", "min_hand_overs", 20, "signal and wait layers",
     "ours: at 1 to 2 us each, a small engine's hundredth"},
    {"stream-hand-over", "tiny_layer_ms", 0.005, "mean time of a layer on a side stream, ms",
     "ours: what a launch and two events cost together"},
    {"strided-reduce", "min_share", 0.01,
     "share of the layers' time below which a layer is not judged",
     "ours: 1 % is where a finding becomes a warning"},
    {"throttled-gpu", "max_share", 0.05, "share of the time in which the GPU was held back",
     "ours: a moment at the start is harmless; beyond it the mean moves"},
    {"tile-quantization", "max_useful", 0.75, "part of the tiles' area that is output",
     "ours: below it a better fit wins a quarter of the layer"},
    {"tile-quantization", "min_share", 0.01,
     "share of the layers' time below which a layer is not judged",
     "ours: 1 % is where a finding becomes a warning"},
    {"tiny-tensors", "max_values", 1024, "values of a tensor", "ours: one block of threads"},
    {"tiny-tensors", "min_layers", 10, "such layers", "ours: a few are no pattern"},
    {"tiny-tensors", "min_ms", 0.002, "time of a layer below which it is not counted, in ms",
     "ours: a launch takes 2 us"},
    {"transfers-in-latency", "min_share", 0.10, "share of the latency spent in copies",
     "ours: below it the copies do not change which engine is faster"},
    {"under-filled-gpu", "max_filled", 0.5, "tiles per SM",
     "ours: at half, twice the batch would cost nothing"},
    {"under-filled-gpu", "min_share", 0.01,
     "share of the layers' time below which a layer is not judged",
     "ours: 1 % is where a finding becomes a warning"},
    {"unstable-latency", "max_drift", 0.02, "change of the median between the halves of a run",
     "ours: halves of a run with locked clocks agree much better"},
    {"unstable-latency", "max_variation", 0.03, "standard deviation over mean of the latency",
     "ours: trtexec warns above 1 % to 2.5 % on averages of 10 runs; single ones scatter more"},
    {"unusual-convolution", "large_kernel", 49, "values of a kernel from which it is large",
     "ours: 7x7, the least that is not a stack of 3x3 by habit"},
    {"unusual-convolution", "max_efficiency", 0.2, "floor of the roofline over the layer's time",
     "ours: common convolutions reach 50 % and more; below 20 % something is wrong"},
    {"unusual-convolution", "min_ms", 0.01, "time below which a layer is not judged, in ms",
     "ours: under 10 us the launch weighs as much as the arithmetic"},
    {"unusual-convolution", "min_share", 0.01,
     "share of the layers' time below which a layer is not judged",
     "ours: 1 % is where a finding becomes a warning"},
    {"unusual-convolution", "stem_channels", 4,
     "input channels up to which a layer is a stem, left alone",
     "ours: images have 1 to 4 planes, for which TensorRT has kernels (NHWC4)"},
    {"wave-quantization", "max_busy", 0.75, "share of the SMs' time used: waves / waves rounded up",
     "ours: below it a better fit wins a quarter of the layer"},
    {"wave-quantization", "max_waves", 16, "waves from which on the tail does not matter",
     "ours: the tail is at most 1/16 of the time"},
    {"wave-quantization", "min_share", 0.01,
     "share of the layers' time below which a layer is not judged",
     "ours: 1 % is where a finding becomes a warning"},
    {"weak-build", "min_avg_timing", 2, "timings of each tactic (--avgTiming)",
     "trtexec's default is 8; one timing is noise"},
    {"weak-build", "min_level", 3, "builder optimization level",
     "TensorRT documentation: the default is 3"},
    {"weight-bound-gemv", "max_rows", 8, "rows of the product",
     "ours: at most one row of Tensor Core tiles"},
    {"weight-bound-gemv", "min_share", 0.01, "share of the layers' time of all such products",
     "ours: 1 % is where a finding becomes a warning"},
    {"weight-bound-gemv", "min_weight_share", 0.8, "weights as a share of the bytes moved",
     "ours: activations no longer matter"},
    {"wide-optimization-profile", "max_ratio", 4, "largest over smallest size of a dimension",
     "ours: TensorRT's advice is min = opt = max; a factor of 4 is two doublings"},
};

std::size_t find(std::string_view rule, std::string_view name) {
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (table[i].rule == rule && table[i].name == name) return i;
  }
  return std::size(table);
}

}  // namespace

std::span<const Threshold> threshold_table() { return table; }

Thresholds::Thresholds() {
  for (const Threshold& t : table) values_.push_back(t.value);
}

double Thresholds::get(std::string_view rule, std::string_view name) const {
  const std::size_t i = find(rule, name);
  assert(i < values_.size());
  return values_[i];
}

void Thresholds::set(std::string_view rule, std::string_view name, double value) {
  const std::size_t i = find(rule, name);
  if (i == values_.size()) {
    std::vector<std::string> names;
    for (const Threshold& t : table) names.push_back(fmt::format("{}.{}", t.rule, t.name));
    const std::string wanted = fmt::format("{}.{}", rule, name);
    fail("no threshold '{}'{}", wanted, did_you_mean(wanted, names));
  }
  values_[i] = value;
}

void Thresholds::set(std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::size_t dot = assignment.substr(0, equals).rfind('.');
  if (equals == std::string_view::npos || dot == std::string_view::npos) {
    fail("'{}': expected rule-id.threshold=value", assignment);
  }
  const auto value = parse_real(trim(assignment.substr(equals + 1)));
  if (!value) fail("'{}': '{}' is not a number", assignment, assignment.substr(equals + 1));
  set(trim(assignment.substr(0, dot)), trim(assignment.substr(dot + 1, equals - dot - 1)), *value);
}

}  // namespace trex::lint
