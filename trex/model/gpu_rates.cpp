// Peak rates by architecture, from NVIDIA's documents.
//
// CUDA cores: "CUDA C++ Programming Guide", arithmetic instructions, results per clock per
// multiprocessor; a fused multiply-add is 2 operations, dp4a 8. Tensor Cores: what the white
// papers and data sheets give as peak, over SMs and clock: 312 TFLOP/s of an A100 is
// 108 x 1.41 GHz x 2048. All dense; FP16 and FP8 with FP16 accumulators where these differ.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/gpu.hpp"

namespace trex {
namespace {

constexpr std::string_view guide = "CUDA C++ Programming Guide, arithmetic instructions";
constexpr std::string_view volta = "NVIDIA Tesla V100 white paper";
constexpr std::string_view xavier = "NVIDIA Jetson AGX Xavier technical brief";
constexpr std::string_view turing = "NVIDIA Turing architecture white paper";
constexpr std::string_view ampere = "NVIDIA A100 architecture white paper";
constexpr std::string_view ga102 = "NVIDIA Ampere GA102 white paper";
constexpr std::string_view orin = "NVIDIA Jetson AGX Orin technical brief";
constexpr std::string_view ada = "NVIDIA Ada architecture white paper";
constexpr std::string_view hopper = "NVIDIA H100 architecture white paper";
constexpr std::string_view blackwell = "NVIDIA Blackwell architecture technical brief";
constexpr std::string_view ultra = "NVIDIA technical blog: Inside Blackwell Ultra";
constexpr std::string_view thor = "NVIDIA Jetson Thor data sheet";
constexpr std::string_view rtx_blackwell = "NVIDIA RTX Blackwell architecture white paper";

using enum Datatype;

constexpr RateSpec rates[] = {
    // Maxwell and Pascal: no Tensor Cores.
    {53, fp32, false, 256, guide},
    {53, fp16, false, 512, guide},
    {53, fp64, false, 8, guide},
    {60, fp32, false, 128, guide},
    {60, fp16, false, 256, guide},
    {60, fp64, false, 64, guide},
    {61, fp32, false, 256, guide},
    {61, fp16, false, 4, guide},
    {61, fp64, false, 8, guide},
    {61, int8, false, 1024, "NVIDIA Tesla P40 data sheet"},
    {62, fp32, false, 256, guide},
    {62, fp16, false, 512, guide},
    {62, fp64, false, 8, guide},
    // Volta, Xavier.
    {70, fp32, false, 128, guide},
    {70, fp16, false, 256, guide},
    {70, fp64, false, 64, guide},
    {70, int8, false, 512, guide},
    {70, fp16, true, 1024, volta},
    {72, fp32, false, 128, guide},
    {72, fp16, false, 256, guide},
    {72, fp64, false, 64, guide},
    {72, int8, false, 512, guide},
    {72, fp16, true, 1024, xavier},
    {72, int8, true, 2048, xavier},
    // Turing.
    {75, fp32, false, 128, guide},
    {75, fp16, false, 256, guide},
    {75, fp64, false, 4, guide},
    {75, int8, false, 512, guide},
    {75, fp16, true, 1024, turing},
    {75, int8, true, 2048, turing},
    {75, int4, true, 4096, turing},
    // Ampere: A100, then the others, then Orin.
    {80, fp32, false, 128, guide},
    {80, fp16, false, 512, guide},
    {80, bf16, false, 256, guide},
    {80, fp64, false, 64, guide},
    {80, int8, false, 512, guide},
    {80, fp16, true, 2048, ampere},
    {80, bf16, true, 2048, ampere},
    {80, tf32, true, 1024, ampere},
    {80, fp64, true, 128, ampere},
    {80, int8, true, 4096, ampere},
    {80, int4, true, 8192, ampere},
    {86, fp32, false, 256, guide},
    {86, fp16, false, 256, guide},
    {86, bf16, false, 256, guide},
    {86, fp64, false, 4, guide},
    {86, int8, false, 512, guide},
    {86, fp16, true, 1024, ga102},
    {86, bf16, true, 1024, ga102},
    {86, tf32, true, 512, ga102},
    {86, int8, true, 2048, ga102},
    {86, int4, true, 4096, ga102},
    {87, fp32, false, 256, guide},
    {87, fp16, false, 256, guide},
    {87, bf16, false, 256, guide},
    {87, fp64, false, 4, guide},
    {87, int8, false, 512, guide},
    {87, fp16, true, 2048, orin},
    {87, bf16, true, 2048, orin},
    {87, tf32, true, 1024, orin},
    {87, int8, true, 4096, orin},
    {87, int4, true, 8192, orin},
    // Ada.
    {89, fp32, false, 256, guide},
    {89, fp16, false, 256, guide},
    {89, bf16, false, 256, guide},
    {89, fp64, false, 4, guide},
    {89, int8, false, 512, guide},
    {89, fp16, true, 1024, ada},
    {89, bf16, true, 1024, ada},
    {89, tf32, true, 512, ada},
    {89, fp8, true, 2048, ada},
    {89, int8, true, 2048, ada},
    {89, int4, true, 4096, ada},
    // Hopper.
    {90, fp32, false, 256, guide},
    {90, fp16, false, 512, guide},
    {90, bf16, false, 512, guide},
    {90, fp64, false, 128, guide},
    {90, int8, false, 512, guide},
    {90, fp16, true, 4096, hopper},
    {90, bf16, true, 4096, hopper},
    {90, tf32, true, 2048, hopper},
    {90, fp64, true, 256, hopper},
    {90, fp8, true, 8192, hopper},
    {90, int8, true, 8192, hopper},
    // Blackwell, Blackwell Ultra (FP4 at half as much again, hardly any INT8), Thor.
    {100, fp32, false, 256, guide},
    {100, fp16, false, 512, guide},
    {100, bf16, false, 512, guide},
    {100, fp64, false, 128, guide},
    {100, fp16, true, 8192, blackwell},
    {100, bf16, true, 8192, blackwell},
    {100, tf32, true, 4096, blackwell},
    {100, fp64, true, 128, blackwell},
    {100, fp8, true, 16384, blackwell},
    {100, int8, true, 16384, blackwell},
    {100, fp4, true, 32768, blackwell},
    {103, fp32, false, 256, guide},
    {103, fp16, false, 512, guide},
    {103, bf16, false, 512, guide},
    {103, fp64, false, 4, guide},
    {103, fp16, true, 8192, ultra},
    {103, bf16, true, 8192, ultra},
    {103, tf32, true, 4096, ultra},
    {103, fp8, true, 16384, ultra},
    {103, int8, true, 512, ultra},
    {103, fp4, true, 49152, ultra},
    {110, fp32, false, 256, guide},
    {110, fp16, false, 512, guide},
    {110, bf16, false, 512, guide},
    {110, fp16, true, 8192, thor},
    {110, bf16, true, 8192, thor},
    {110, tf32, true, 4096, thor},
    {110, fp8, true, 16384, thor},
    {110, int8, true, 16384, thor},
    {110, fp4, true, 32768, thor},
    // RTX Blackwell, GB10.
    {120, fp32, false, 256, guide},
    {120, fp16, false, 256, guide},
    {120, bf16, false, 256, guide},
    {120, fp64, false, 4, guide},
    {120, fp16, true, 1024, rtx_blackwell},
    {120, bf16, true, 1024, rtx_blackwell},
    {120, tf32, true, 512, rtx_blackwell},
    {120, fp8, true, 2048, rtx_blackwell},
    {120, int8, true, 2048, rtx_blackwell},
    {120, fp4, true, 4096, rtx_blackwell},
};

}  // namespace

std::span<const RateSpec> rate_specs() { return rates; }

}  // namespace trex
