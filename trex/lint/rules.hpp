// Every rule, declared: rules.cpp lists them, rules/<id>.cpp defines them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/lint/rule.hpp"

namespace trex::lint {

// A. precision and Tensor Cores
extern const Rule low_precision_simt;
extern const Rule fp32_island;
extern const Rule fp32_without_tf32;
extern const Rule quantized_conv_float_output;
extern const Rule dp4a_kernel;
extern const Rule int8_channel_padding;
extern const Rule half_misaligned_channels;
extern const Rule gemm_misaligned;
extern const Rule fp8_not_used;
extern const Rule bf16_computed_as_fp32;
extern const Rule sparsity_unused;
extern const Rule legacy_kernel;
extern const Rule mixed_precision_block;

// B. quantization placement
extern const Rule unfused_quantize;
extern const Rule unfused_dequantize;
extern const Rule float_residual;
extern const Rule quantized_island;
extern const Rule concat_requantize;
extern const Rule non_weighted_float_output;
extern const Rule resize_sandwich;
extern const Rule redundant_quantize_pair;
extern const Rule quantized_deconv_float_output;

// C. reformats, casts, copies, layouts
extern const Rule reformat_share;
extern const Rule reformat_round_trip;
extern const Rule reformat_repeated;
extern const Rule binding_reformat_input;
extern const Rule binding_reformat_output;
extern const Rule mover_chain;
extern const Rule cast_round_trip;
extern const Rule concat_copies;
extern const Rule hot_transpose;
extern const Rule stem_conversion;

// D. missing fusion
extern const Rule convolution_activation_not_fused;
extern const Rule convolution_add_not_fused;
extern const Rule convolution_scale_not_fused;
extern const Rule lone_pointwise;
extern const Rule pointwise_chain;
extern const Rule attention_not_fused;
extern const Rule attention_partly_fused;
extern const Rule qkv_not_merged;
extern const Rule normalization_not_fused;
extern const Rule activation_not_fused;
extern const Rule kernel_fragmentation;
extern const Rule opaque_region;
extern const Rule plugin_barrier;
extern const Rule plugin_forced_format;
extern const Rule padding_not_folded;
extern const Rule depthwise_pointwise_not_fused;
extern const Rule convolution_pooling_not_fused;
extern const Rule softmax_topk;

// E. shapes, host, synchronisation
extern const Rule data_dependent_shape;
extern const Rule shape_operations;
extern const Rule wide_optimization_profile;
extern const Rule profiled_off_opt_shape;
extern const Rule many_optimization_profiles;
extern const Rule control_flow;
extern const Rule stream_hand_over;
extern const Rule enqueue_bound;

// F. efficiency
extern const Rule low_bandwidth;
extern const Rule low_compute_efficiency;
extern const Rule wave_quantization;
extern const Rule tile_quantization;
extern const Rule under_filled_gpu;
extern const Rule odd_batch;
extern const Rule oversized_batch;
extern const Rule depthwise_hot;
extern const Rule small_groups;
extern const Rule slow_deconvolution;
extern const Rule unusual_convolution;
extern const Rule hot_gather;
extern const Rule strided_reduce;
extern const Rule no_op_pooling;
extern const Rule tiny_tensors;
extern const Rule wide_weights;
extern const Rule large_constant;
extern const Rule weight_bound_gemv;
extern const Rule long_lived_activation;
extern const Rule dominant_layer;

// G. evidence
extern const Rule inflated_layer_times;
extern const Rule unstable_latency;
extern const Rule few_iterations;
extern const Rule transfers_in_latency;
extern const Rule names_only;
extern const Rule profile_mismatch;
extern const Rule other_gpu;
extern const Rule weak_build;
extern const Rule throttled_gpu;

}  // namespace trex::lint
