// The list of rules, in the order of their codes.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace {

constexpr const Rule* list[] = {
    // A. precision and Tensor Cores
    &low_precision_simt,
    &fp32_island,
    &fp32_without_tf32,
    &quantized_conv_float_output,
    &dp4a_kernel,
    &int8_channel_padding,
    &half_misaligned_channels,
    &gemm_misaligned,
    &fp8_not_used,
    &bf16_computed_as_fp32,
    &sparsity_unused,
    &legacy_kernel,
    &mixed_precision_block,

    // B. quantization placement
    &unfused_quantize,
    &unfused_dequantize,
    &float_residual,
    &quantized_island,
    &concat_requantize,
    &non_weighted_float_output,
    &resize_sandwich,
    &redundant_quantize_pair,
    &quantized_deconv_float_output,

    // C. reformats, casts, copies, layouts
    &reformat_share,
    &reformat_round_trip,
    &reformat_repeated,
    &binding_reformat_input,
    &binding_reformat_output,
    &mover_chain,
    &cast_round_trip,
    &concat_copies,
    &hot_transpose,
    &stem_conversion,

    // D. missing fusion
    &convolution_activation_not_fused,
    &convolution_add_not_fused,
    &convolution_scale_not_fused,
    &lone_pointwise,
    &pointwise_chain,
    &attention_not_fused,
    &attention_partly_fused,
    &qkv_not_merged,
    &normalization_not_fused,
    &activation_not_fused,
    &kernel_fragmentation,
    &opaque_region,
    &plugin_barrier,
    &plugin_forced_format,
    &padding_not_folded,
    &depthwise_pointwise_not_fused,
    &convolution_pooling_not_fused,
    &softmax_topk,

    // E. shapes, host, synchronisation
    &data_dependent_shape,
    &shape_operations,
    &wide_optimization_profile,
    &profiled_off_opt_shape,
    &many_optimization_profiles,
    &control_flow,
    &stream_hand_over,
    &enqueue_bound,

    // F. efficiency
    &low_bandwidth,
    &low_compute_efficiency,
    &wave_quantization,
    &tile_quantization,
    &under_filled_gpu,
    &odd_batch,
    &oversized_batch,
    &depthwise_hot,
    &small_groups,
    &slow_deconvolution,
    &unusual_convolution,
    &hot_gather,
    &strided_reduce,
    &no_op_pooling,
    &tiny_tensors,
    &wide_weights,
    &large_constant,
    &weight_bound_gemv,
    &long_lived_activation,
    &dominant_layer,

    // G. evidence
    &inflated_layer_times,
    &unstable_latency,
    &few_iterations,
    &transfers_in_latency,
    &names_only,
    &profile_mismatch,
    &other_gpu,
    &weak_build,
    &throttled_gpu,
};

}  // namespace

std::span<const Rule* const> rules() { return list; }

std::string_view group_title(Group group) {
  switch (group) {
    case Group::precision:
      return "precision and Tensor Cores";
    case Group::quantization:
      return "quantization placement";
    case Group::movement:
      return "reformats, casts, copies, layouts";
    case Group::fusion:
      return "missing fusion";
    case Group::shapes:
      return "shapes, host, synchronisation";
    case Group::efficiency:
      return "efficiency";
    case Group::evidence:
      return "evidence";
  }
  return "";
}

}  // namespace trex::lint
