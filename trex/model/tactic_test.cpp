// SPDX-License-Identifier: Apache-2.0
#include "trex/model/tactic.hpp"

#include <gtest/gtest.h>

#include <span>

namespace trex {
namespace {

constexpr auto yes = TensorCore::yes;
constexpr auto no = TensorCore::no;
constexpr auto unsaid = TensorCore::unknown;

struct MathCase {
  const char* name;
  Datatype math;
  TensorCore tensor_core;
};

void expect_math(std::span<const MathCase> cases) {
  for (const MathCase& c : cases) {
    const Tactic tactic = parse_tactic(c.name);
    EXPECT_EQ(datatype_name(tactic.math), datatype_name(c.math)) << c.name;
    EXPECT_EQ(tensor_core_name(tactic.tensor_core), tensor_core_name(c.tensor_core)) << c.name;
    EXPECT_EQ(tactic.math_reason.empty(), c.math == Datatype::unknown) << c.name;
    EXPECT_EQ(tactic.tensor_core_rule.empty(), c.tensor_core == unsaid) << c.name;
  }
}

TEST(Tactic, MathOfXmmaKernels) {
  using enum Datatype;
  const MathCase cases[] = {
      {"sm80_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_tilesize128x32x32_stage4_"
       "warpsize4x1x1_g1_tensor16x8x16_simple_t1r1s1",
       fp16, yes},
      {"sm80_xmma_fprop_implicit_gemm_f16f16_f16f32_f32_nhwckrsc_nhwc_tilesize64x64x64_stage4_"
       "warpsize2x2x1_g1_tensor16x8x16",
       fp16, yes},
      // Input and output FP32, operands rounded to TF32.
      {"sm80_xmma_fprop_implicit_gemm_f32f32_tf32f32_f32_nhwckrsc_nhwc_tilesize128x128x16_stage4_"
       "warpsize2x2x1_g1_tensor16x8x8",
       tf32, yes},
      {"sm80_xmma_fprop_implicit_gemm_f32f32_f32f32_f32_nchwkcrs_nchw_tilesize64x128x8_stage3_"
       "warpsize1x4x1_g1_ffma_t1r1s1_aligna4_alignc4",
       fp32, no},
      {"sm75_xmma_fprop_implicit_gemm_interleaved_i8i8_i8i32_f32_nchw_vect_c_32kcrs_vect_c_32_"
       "nchw_vect_c_32_tilesize32x32x64_stage1_warpsize2x1x1_g1_tensor8x8x16_simple_t1r1s1",
       int8, yes},
      {"sm80_xmma_fprop_implicit_gemm_interleaved_i8f32_i8i32_f32_nchw_vect_c_32kcrs_vect_c_32_"
       "nchw_tilesize128x32x64_stage4_warpsize4x1x1_g1_tensor16x8x32_t1r1s1_alignc4",
       int8, yes},
      // FP32 is the output; the single second field is the accumulator.
      {"sm70_xmma_fprop_conv1x1_i8f32_f32_f32_nchw_vect_c_4kcrs_vect_c_4_nchw_simt_small_batch_"
       "bias_relu",
       int8, no},
      {"sm70_xmma_gemm_as_conv1x1_f16f16_f16_f16_tn_n_simt_small_batch_bias_relu", fp16, no},
      {"sm80_xmma_fprop_wngd_f32f32_f32_f32_nchwkcrs_nchw_tilesize8x16x16x8_warpsize8x1x1_wngd2x2",
       fp32, no},
      {"sm80_xmma_fprop_avdt_dense_int8int8_tilesize64x256x32_tapsperload3_threadspercta128_"
       "r3s3_u1v1_scalebias_relu",
       int8, yes},
      {"sm50_xmma_convolution_depthwiseHMMA_FP16NHWCx8_TR3_TS3_STRIDEH1_STRIDEW1", fp16, yes},
      {"sm50_xmma_conv_fprop_fused_conv_act_fp32_NCHW_fp32_NCHW_KCRS_fp32_fp32_fp32_Accfloat_1_1_"
       "cC1_dC1_srcVec2_fltVec1_1_TP6_TQ8_C8_R3_S3_U1_V1",
       fp32, no},
      {"sm50_xmma_pooling_fw_4d_FP16FP32NHWC_Average_FastDiv_CAlign4", fp16, unsaid},
      {"sm50_xmma_pooling_coalescedC_NHWC_kMAX_3_False", unknown, unsaid},
      {"sm50_xmma_cublas_gemvx_f16f16_f32_f32_tn_n_int32_unit_n_launch_param4x32x32_strided_unit_"
       "stride",
       fp16, no},
      {"sm50_xmma_cublas_gemvx_f32f32_f32_f32_nn_n_int32_unit_n_launch_param32x4x4_strided_unit_"
       "stride",
       fp32, no},
      {"sm80_xmma_gemm_f16f16_f16f16_f16_nn_n_tilesize128x128x32_stage4_warpsize2x2x1_"
       "tensor16x8x16_by_fusion_tactic",
       fp16, yes},
      {"sm80_xmma_gemm_bf16bf16_bf16f32_f32_tn_n_tilesize128x64x64_stage4_warpsize2x2x1_"
       "tensor16x8x16",
       bf16, yes},
      {"sm89_xmma_gemm_e4m3bf16_e4m3f32_f32_tn_n_tilesize128x128x64_stage3_warpsize2x2x1_"
       "tensor16x8x32",
       fp8, yes},
      {"sm80_xmma_gemm_e4m3e4m3_e4m3f32_f32_tn_n_tilesize64x64x64_stage4_tensor16x8x32", fp8, yes},
      {"sm90_xmma_gemm_f16f16_f16f32_f32_tn_n_tilesize128x128x64_warpgroupsize1x1x1_bias_f16_"
       "wgmma",
       fp16, yes},
      {"sm90_xmma_gemm_e4m3f16_f32f32_f32_tn_n_tilesize64x128x128_warpgroupsize1x1x1_gmma", fp8,
       yes},
      {"sm90_xmma_fprop_implicit_gemm_i8i8_i8i32_f32_nhwckrsc_nhwc_tilesize128x128x64_cgasize1x1x1_"
       "stage3_gmmastage2_warpgroupsize1x1x1_tensor64x128x32_aligna4_alignc4",
       int8, yes},
      {"sm100_xmma_gemm_e2m1e2m1_e2m1f32_f32_tn_n_tilesize128x128x256_omma", fp4, yes},
      {"sm80_xmma_gemm_f64f64_f64f64_f64_nn_n_tilesize64x64x16_stage3_dmma", fp64, yes},
      {"SM80_XMMA_GEMM_I8I8_I8I32_F32_TN_N_TILESIZE64X64X64_IMMA", int8, yes},
      {"sm80_xmma_deconv_implicit_gemm_interleaved_indexed_i8i8_i8i32_f32_nchw_vect_c_32kcrs_vect_"
       "n_32_nchw_vect_c_32_tilesize256x64x64_stage4_warpsize4x1x1_g1_tensor16x8x32_strided",
       int8, yes},
  };
  expect_math(cases);
}

TEST(Tactic, MathOfCudnnAndCublasKernels) {
  using enum Datatype;
  const MathCase cases[] = {
      // The stored type stands first, the instruction decides.
      {"turing_fp16_i8816cudnn_int8_128x128_ldg16_relu_small_nt_v1", int8, yes},
      {"volta_fp32_i8816cudnn_int8_256x64_ldg16_relu_singleBuffer_interior_nt_v1", int8, yes},
      {"ampere_int32_i16832gemm_int8_128x128_ldg16_stages_64x3_tn", int8, yes},
      {"volta_int8x4_icudnn_int8x4_128x32_relu_xregs_medium_c32_nn_v1", int8, no},
      {"volta_h884cudnn_256x64_ldg8_relu_exp_interior_nhwc_tn_v1", fp16, yes},
      {"turing_h1688cudnn_256x128_ldg8_relu_exp_small_nhwc_tn_v1", fp16, yes},
      {"ampere_h16816cudnn_256x128_ldg8_relu_exp_stages_32x3_medium_nhwc_tn_v1", fp16, yes},
      {"ampere_h16816gemm_128x64_ldg8_relu_stages_32x6_nn_v1", fp16, yes},
      {"ampere_h16816gemm_64x64_sliced1x2_ldg8_relu_stages_64x5_tn_v1", fp16, yes},
      {"volta_fp16_s884cudnn_fp16_256x64_ldg8_relu_f2f_exp_small_nhwc2nchw_tn_v1", fp16, yes},
      {"turing_fp16_s1688gemm_fp16_128x64_ldg8_f2f_tn", fp16, yes},
      {"ampere_fp16_s16816gemm_fp16_128x128_ldg8_f2f_stages_64x3_tn", fp16, yes},
      {"ampere_bf16_s16816gemm_bf16_128x64_ldg8_f2f_stages_64x4_nn", bf16, yes},
      {"ampere_s1688gemm_128x128_ldg8_stages_32x3_tn", tf32, yes},
      {"turing_s1688gemm_128x128_ldg8_nn", fp16, yes},
      {"ampere_d884gemm_64x64_32x4_nt", fp64, yes},
      {"turing_i8832gemm_256x128_ldg16_tn", int4, yes},
      {"ampere_scudnn_128x64_relu_medium_nn_v1", fp32, no},
      {"ampere_scudnn_winograd_128x128_ldg1_ldg4_relu_tile148t_nt_v1", fp32, no},
      // FP16 in memory, FP32 in the cores.
      {"maxwell_fp16_scudnn_fp16_128x64_relu_small_nn_v0", fp32, no},
      {"volta_hcudnn_128x64_relu_medium_nn_v1", fp16, no},
      {"maxwell_hgemm_128x64_nn", fp16, no},
      {"volta_sgemm_128x64_nn", fp32, no},
      {"ampere_sgemm_32x32_sliced1x4_tn", fp32, no},
      {"volta_dgemm_64x64_nn", fp64, no},
      {"nvjet_hsh_128x256_64x4_1x2_h_bz_coopA_NNT", fp16, yes},
      {"nvjet_sm100_tst_mma_128x256x64_2_64x64x64_tmaAB_bz_TNT", bf16, yes},
      {"void gemv2T_kernel_val", unknown, unsaid},
      {"splitKreduce_kernel", unknown, unsaid},
  };
  expect_math(cases);
}

TEST(Tactic, MathOfCutlassAndAttentionKernels) {
  using enum Datatype;
  const MathCase cases[] = {
      {"cutlass_tensorop_h16816gemm_256x128_32x3_nn_align8", fp16, yes},
      {"cutlass_80_tensorop_f16_s16816gemm_f16_128x256_32x3_tn_align8", fp16, yes},
      {"cutlass_80_tensorop_bf16_s16816gemm_bf16_128x128_64x3_tn_align8", bf16, yes},
      {"cutlass_80_tensorop_s1688tf32gemm_128x128_16x4_nn_align4", tf32, yes},
      {"cutlass_tensorop_s8_i16832gemm_s8_256x128_64x3_tn_align16", int8, yes},
      {"cutlass_80_tensorop_d884gemm_64x64_16x3_nn_align1", fp64, yes},
      {"cutlass_80_simt_sgemm_128x64_8x4_nn_align1", fp32, no},
      {"cutlass3x_sm90_tensorop_s64x128x16gemm_f16_f16_f32_f16_f16_128x128x64_1x1x1_0_tnn_align8_"
       "warpspecialized",
       fp16, yes},
      {"cutlass3x_sm90_tensorop_s64x128x32gemm_e4m3_e4m3_f32_bf16_bf16_128x128x128_2x1x1_0_tnn",
       fp8, yes},
      {"cutlass3x_sm100_bstensorop_s128x128x64gemm_block_scaled_ue4m3xe2m1_ue4m3xe2m1_f32_f16_f16_"
       "128x128x256_1x1x1_0_tnn",
       fp4, yes},
      {"fmha_v2_flash_attention_fp16_64_128_S_64_sm80_kernel_nl_tiled", fp16, yes},
      {"fmha_v2_flash_attention_bf16_64_64_S_128_sm90_kernel", bf16, yes},
      {"fmha_v2_flash_attention_e4m3_fp32_64_64_S_128_output_bf16_sm89", fp8, yes},
      {"fmha_v2_int8_384_64_sm75_kernel", int8, yes},
      // Hashes hold "f16", "i8" and "h884" by chance.
      {"_gemm_mha_v2_0x105840ad0b92364668f5695c0ef70621", unknown, yes},
      {"_gemm_mha_v2_0xf16f32i8", unknown, yes},
      {"__myl_MaxMinCas_0x04e72d81267e49f2fb43c5e7a6a463bf", unknown, unsaid},
      {"__myl_MulAdd_0x8f16e884i8816h16816", unknown, unsaid},
      {"mykernel_d884ab0123456789abcdef01", unknown, unsaid},
      {"", unknown, unsaid},
      {"_", unknown, unsaid},
      {"0x", unknown, unsaid},
      {"batchedgemm_stridedgemm", unknown, unsaid},
      {"small_batch_smem", unknown, unsaid},
      {"/weird name/Conv + \x1e\xff", unknown, unsaid},
  };
  expect_math(cases);
}

TEST(Tactic, ReasonsNameThePart) {
  EXPECT_EQ(parse_tactic("turing_fp16_i8816cudnn_int8_128x128").math_reason, "i8816 instruction");
  EXPECT_EQ(parse_tactic("sm80_xmma_gemm_f32f32_tf32f32_f32_tensor16x8x8").math_reason,
            "operand field tf32f32");
  EXPECT_EQ(parse_tactic("ampere_scudnn_128x64").math_reason, "scudnn");
  EXPECT_EQ(parse_tactic("sm50_xmma_depthwiseHMMA_FP16NHWCx8").math_reason, "hmma instruction");
}

struct PartsCase {
  const char* name;
  const char* architecture;
  int sm;  // -1: not said
  int m, n, k, stages, split_k;
  const char* instruction;
  const char* base_name;
};

TEST(Tactic, Parts) {
  const PartsCase cases[] = {
      {"sm80_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_tilesize128x32x64_stage4_"
       "warpsize4x1x1_g1_tensor16x8x16_simple_t1r1s1",
       "sm80", 80, 128, 32, 64, 4, -1, "tensor16x8x16",
       "sm80_xmma_fprop_implicit_gemm_f16f16_f16f16_f16_nhwckrsc_nhwc_tilesize128x32x64_stage4_"
       "warpsize4x1x1_g1_tensor16x8x16"},
      {"ampere_h16816gemm_64x128_sliced1x2_ldg8_relu_stages_64x5_tn_v1", "ampere", 80, 64, 128, 64,
       5, -1, "h16816", "ampere_h16816gemm_64x128_sliced1x2_ldg8_relu_stages_64x5_tn"},
      {"turing_fp16_i8816cudnn_int8_128x256_ldg16_relu_small_nt_v1", "turing", 75, 128, 256, -1, -1,
       -1, "i8816", "turing_fp16_i8816cudnn_int8_128x256_ldg16_relu_small_nt"},
      {"cutlass_80_tensorop_f16_s16816gemm_f16_128x256_32x3_tn_align8", "80", 80, 128, 256, 32, 3,
       -1, "s16816", "cutlass_80_tensorop_f16_s16816gemm_f16_128x256_32x3_tn"},
      {"cutlass3x_sm90_tensorop_s64x128x16gemm_f16_f16_f32_f16_f16_128x128x64_1x1x1_0_tnn", "sm90",
       90, 128, 128, 64, -1, -1, "s64x128x16gemm",
       "cutlass3x_sm90_tensorop_s64x128x16gemm_f16_f16_f32_f16_f16_128x128x64_1x1x1_0_tnn"},
      {"sm80_xmma_fprop_wngd_f32f32_f32_f32_tilesize8x16x16x8_warpsize8x1x1_wngd2x2", "sm80", 80,
       -1, -1, -1, -1, -1, "",
       "sm80_xmma_fprop_wngd_f32f32_f32_f32_tilesize8x16x16x8_warpsize8x1x1_wngd2x2"},
      {"sm80_xmma_gemm_f16f16_f16f32_f32_tilesize64x64x32_splitK3_stage6", "sm80", 80, 64, 64, 32,
       6, 3, "", "sm80_xmma_gemm_f16f16_f16f32_f32_tilesize64x64x32_splitK3_stage6"},
      {"sm90_xmma_gemm_tilesize64x64x32_split_k_4", "sm90", 90, 64, 64, 32, -1, 4, "",
       "sm90_xmma_gemm_tilesize64x64x32_split_k"},
      {"sm120_kernel", "sm120", 120, -1, -1, -1, -1, -1, "", "sm120_kernel"},
      {"__myl_MaxMinCas_0x04e72d81267e49f2fb43c5e7a6a463bf", "", -1, -1, -1, -1, -1, -1, "",
       "__myl_MaxMinCas"},
      {"_gemm_mha_v2_0x105840ad0b92364668f5695c0ef70621", "", -1, -1, -1, -1, -1, -1, "",
       "_gemm_mha"},
      {"sm80_xmma_gemm_nn_n_tilesize128x64x32_tensor16x8x16_by_fusion_tactic", "sm80", 80, 128, 64,
       32, -1, -1, "tensor16x8x16", "sm80_xmma_gemm_nn_n_tilesize128x64x32_tensor16x8x16"},
  };
  for (const PartsCase& c : cases) {
    SCOPED_TRACE(c.name);
    const Tactic t = parse_tactic(c.name);
    EXPECT_EQ(t.architecture, c.architecture);
    EXPECT_EQ(t.sm.value_or(-1), c.sm);
    EXPECT_EQ(t.tile_m.value_or(-1), c.m);
    EXPECT_EQ(t.tile_n.value_or(-1), c.n);
    EXPECT_EQ(t.tile_k.value_or(-1), c.k);
    EXPECT_EQ(t.stages.value_or(-1), c.stages);
    EXPECT_EQ(t.split_k.value_or(-1), c.split_k);
    EXPECT_EQ(t.instruction, c.instruction);
    EXPECT_EQ(t.base_name, c.base_name);
  }
}

TEST(Tactic, LongAndOddNamesAreHarmless) {
  EXPECT_EQ(parse_tactic(std::string(1 << 20, '_')).base_name, "");
  EXPECT_EQ(parse_tactic("x_h8").instruction, "");  // ends inside what could be an instruction
  EXPECT_EQ(parse_tactic("x_h16816").instruction, "h16816");
  EXPECT_EQ(parse_tactic("x_h168160").instruction, "");
  EXPECT_EQ(parse_tactic(std::string(4000, '9')).math, Datatype::unknown);
  EXPECT_EQ(parse_tactic("tilesize0x5x1_99999999x1_stage99999999999").tile_m, std::nullopt);
}

}  // namespace
}  // namespace trex
