// Kernel names by the grammar of TensorRT's own: one function a family.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/kernels.hpp"

#include <fmt/format.h>

#include "trex/base/random.hpp"

namespace trex::sample {
namespace {

// The type's letters in a kernel's name.
std::string_view letters(Datatype type) {
  switch (type) {
    case Datatype::fp16:
      return "f16";
    case Datatype::bf16:
      return "bf16";
    case Datatype::fp8:
      return "e4m3";
    case Datatype::int8:
      return "i8";
    default:
      return "f32";
  }
}

// "tilesize128x64x64_stage4_warpsize2x2x1": a warp computes at most 64 x 64 of the tile.
std::string tile_text(const Tile& tile, int depth, int stages) {
  return fmt::format("tilesize{}x{}x{}_stage{}_warpsize{}x{}x1", tile.m, tile.n, depth, stages,
                     tile.m > 64 ? tile.m / 64 : 2,
                     tile.n > 64   ? tile.n / 64
                     : tile.n > 32 ? 2
                                   : 1);
}

// Large tiles leave shared memory for fewer stages.
int stages_for(const Tile& tile) { return tile.m * tile.n >= 128 * 128 ? 3 : 4; }

// Ampere's and Ada's kernels carry the name of the first of them.
std::string architecture(const GpuSpec& gpu) {
  return fmt::format("sm{}", gpu.compute_capability / 10 * 10);
}

// "t1r3s3": the kernel is specialised for this window.
std::string window(std::int64_t kernel) { return fmt::format("t1r{}s{}", kernel, kernel); }

Kernel finish(std::string name, double math_us) {
  const std::uint64_t value = Random::hash(name);
  return {std::move(name), value, math_us};
}

// The 4-wide kernels multiply with dp4a, on the CUDA cores.
Kernel narrow_int8(const GpuSpec& gpu, const ConvolutionCase& c) {
  const Tile tile = fastest_tile(gpu, c.gemm, Datatype::int8, false);
  if (c.fully_connected) {
    return finish(architecture(gpu) +
                      "_xmma_fprop_conv1x1_i8f32_f32_f32_nchw_vect_c_4kcrs_vect_c_4_nchw_"
                      "simt_small_batch_bias_relu",
                  tile.math_us);
  }
  const bool writes_int8 = c.output.datatype == Datatype::int8;
  return finish(
      fmt::format("ampere_{}_icudnn_int8x4_{}x{}_relu_medium{}_nn_v1",
                  writes_int8 ? "int8x4" : "fp32", tile.m, tile.n, writes_int8 ? "_c32" : ""),
      tile.math_us);
}

Kernel wide_int8(const GpuSpec& gpu, const ConvolutionCase& c) {
  const Tile tile = fastest_tile(gpu, c.gemm, Datatype::int8, true);
  return finish(fmt::format("{}_xmma_fprop_implicit_gemm_interleaved_i8{}_i8i32_f32_nchw_vect_c_32"
                            "kcrs_vect_c_32_nchw_vect_c_32_{}_g1_tensor16x8x32_{}",
                            architecture(gpu), letters(c.output.datatype),
                            tile_text(tile, 64, stages_for(tile)), window(c.kernel)),
                tile.math_us);
}

Kernel half_precision(const GpuSpec& gpu, const ConvolutionCase& c) {
  const Tile tile = fastest_tile(gpu, c.gemm, Datatype::fp16, true);
  if (c.fully_connected) {
    return finish(fmt::format("{}_xmma_gemm_f16f16_f16f16_f16_tn_n_{}_tensor16x8x16",
                              architecture(gpu), tile_text(tile, 64, stages_for(tile))),
                  tile.math_us);
  }
  return finish(fmt::format("{}_xmma_fprop_implicit_gemm{}_f16f16_f16f16_f16_nhwckrsc_nhwc_{}_g1_"
                            "tensor16x8x16_{}",
                            architecture(gpu), c.input.vector_width < 8 ? "_indexed" : "",
                            tile_text(tile, 32, stages_for(tile)), window(c.kernel)),
                tile.math_us);
}

// TF32 on Tensor Cores, as TensorRT does unless --noTF32 forbids it.
Kernel single_precision(const GpuSpec& gpu, const ConvolutionCase& c) {
  const Tile tile = fastest_tile(gpu, c.gemm, Datatype::tf32, true);
  const std::string shape =
      fmt::format("{}_g1_tensor16x8x8", tile_text(tile, 16, stages_for(tile)));
  if (c.fully_connected) {
    return finish(fmt::format("{}_xmma_gemm_tf32f32_tf32f32_f32_tn_n_{}", architecture(gpu), shape),
                  tile.math_us);
  }
  return finish(fmt::format("{}_xmma_fprop_implicit_gemm_indexed_tf32f32_tf32f32_f32_nchwkcrs_nchw_"
                            "{}_{}",
                            architecture(gpu), shape, window(c.kernel)),
                tile.math_us);
}

// Hopper's kernels name thread block clusters and warp groups where Ampere's name warps.
std::string hopper_gemm(const Tile& tile, Datatype type, Datatype output) {
  const int instruction_k = type == Datatype::fp8 ? 32 : 16;
  return fmt::format(
      "sm90_xmma_gemm_{0}{1}_{0}f32_f32_tn_n_tilesize{2}x{3}x{4}_cgasize1x1x1_stage4_"
      "gmmastage2_warpgroupsize{5}x1x1_tensor64x{3}x{6}",
      letters(type), letters(output), tile.m, tile.n, instruction_k * 4, tile.m > 64 ? 2 : 1,
      instruction_k);
}

}  // namespace

Kernel convolution_kernel(const GpuSpec& gpu, const ConvolutionCase& c) {
  if (c.input.datatype == Datatype::int8) {
    return c.input.vector_width == 4 ? narrow_int8(gpu, c) : wide_int8(gpu, c);
  }
  return c.input.datatype == Datatype::fp16 ? half_precision(gpu, c) : single_precision(gpu, c);
}

Kernel gemm_kernel(const GpuSpec& gpu, const Gemm& gemm, Datatype type, Datatype output) {
  const Tile tile = fastest_tile(gpu, gemm, type, true);
  if (gpu.compute_capability == 90) return finish(hopper_gemm(tile, type, output), tile.math_us);
  return finish(fmt::format("{0}_xmma_gemm_{1}{2}_{1}f32_f32_tn_n_{3}_tensor16x8x{4}",
                            architecture(gpu), letters(type), letters(output),
                            tile_text(tile, 64, stages_for(tile)), type == Datatype::fp8 ? 32 : 16),
                tile.math_us);
}

std::string generated_tactic(std::string_view stem) {
  const std::uint64_t high = Random::hash(stem);
  const std::uint64_t low = Random(high, "low word").next();
  return fmt::format("{}_0x{:016x}{:016x}", stem, high, low);
}

}  // namespace trex::sample
