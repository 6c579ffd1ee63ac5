// The words of kernel (tactic) names.
//
// NVIDIA documents none of them; what stands here is the vocabulary of the open kernel libraries
// (CUTLASS, cuDNN, cuBLAS), PTX's instruction names, and what real engines show beside their times.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/glossary.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view kind = "kernel name";
constexpr std::string_view ptx = "PTX ISA, warp-level matrix instructions";
constexpr std::string_view cutlass = "CUTLASS documentation";
constexpr std::string_view files = "seen in engine files of TensorRT 8.2 to 11";

constexpr Term terms[] = {
    {"xmma", kind, "cask", "xmma",
     "NVIDIA's own library of convolution and matrix kernels. The name alone does not say Tensor "
     "Cores: xmma kernels with 'simt' or 'ffma' in the name do not use them.",
     files},
    {"cutlass", kind, "", "cutlass",
     "A kernel made from CUTLASS, NVIDIA's open templates for matrix multiplication.", cutlass},
    {"cublas", kind, "cublaslt;cublasLt", "cublas",
     "A kernel of cuBLAS or cuBLASLt, NVIDIA's library of matrix multiplications.",
     "cuBLAS documentation"},
    {"cudnn", kind, "scudnn;hcudnn;icudnn", "cudnn",
     "A kernel of cuDNN or of its lineage. scudnn computes in FP32, hcudnn in FP16 without Tensor "
     "Cores, icudnn in INT8; with h884, h1688, i8816 and the like before it, on Tensor Cores.",
     files},
    {"simt", kind, "", "simt",
     "Plain CUDA cores, one multiply-add a thread: no Tensor Cores, whatever the precision.",
     cutlass},
    {"ffma", kind, "sgemm;fma", "ffma;sgemm", "FP32 multiply-adds on CUDA cores: no Tensor Cores.",
     files},
    {"tensorop", kind, "", "tensorop", "Tensor Core instructions (CUTLASS's word).", cutlass},
    {"h884", kind, "884;hmma;s884", "884;hmma",
     "The FP16 Tensor Core instruction of Volta: a matrix product of 8 x 8 x 4.", ptx},
    {"h1688", kind, "1688;s1688", "h1688;s1688;_1688",
     "The FP16 Tensor Core instruction of Turing: 16 x 8 x 8.", ptx},
    {"h16816", kind, "16816;s16816", "16816",
     "The FP16 and BF16 Tensor Core instruction of Ampere and later: 16 x 8 x 16. 's16816' adds up "
     "in FP32, 'h16816' in FP16.",
     ptx},
    {"i8816", kind, "imma;8816", "i8816;imma",
     "The INT8 Tensor Core instruction of Turing: 8 x 8 x 16.", ptx},
    {"i16832", kind, "16832", "16832", "The INT8 Tensor Core instruction of Ampere: 16 x 8 x 32.",
     ptx},
    {"gmma", kind, "wgmma", "gmma", "Hopper's Tensor Core instructions of four warps together.",
     "PTX ISA, asynchronous warpgroup matrix instructions"},
    {"tensor16x8x16", kind, "tensor16x8x8;tensor8x8x4;tensor16x8x32", "tensor1;tensor8",
     "A Tensor Core instruction by its extents m x n x k.", files},
    {"int8x4", kind, "dp4a;idp4a", "int8x4;dp4a",
     "INT8 without Tensor Cores: dp4a adds four products a thread, at a fraction of the Tensor "
     "Cores' rate. Often a first layer, whose 3 channels fill no Tensor Core vector.",
     "CUDA C++ programming guide, __dp4a"},
    {"fprop", kind, "implicit_gemm;implicit_convolve", "fprop;implicit_gemm",
     "Forward convolution, computed as a matrix multiplication over the pixels' windows.", files},
    {"indexed", kind, "implicit_gemm_indexed", "indexed",
     "An implicit GEMM that looks up the windows' addresses: any stride and padding.", files},
    {"winograd", kind, "", "winograd",
     "Winograd's algorithm for small kernels: fewer multiplications, more memory.", files},
    {"dgrad", kind, "", "dgrad", "The data gradient's kernel: what a deconvolution runs.", files},
    {"small_batch", kind, "", "small_batch",
     "A kernel for few pixels or rows, where a large tile would leave the GPU empty.", files},
    {"splitK", kind, "splitK;split_k;splitk", "splitk;split_k",
     "The sum over k is split among blocks and added up afterwards: for small outputs.", cutlass},
    {"stage", kind, "stages;stage3", "_stage",
     "How many tiles are loaded ahead while one is computed.", cutlass},
    {"warpsize", kind, "warpgroupsize", "warpsize;warpgroupsize",
     "How the warps of a block share its tile, as m x n x k.", files},
    {"tilesize", kind, "tile", "tilesize",
     "The part of the output that one block of threads computes, m x n x k. A tile larger than the "
     "output leaves the GPU idle.",
     cutlass},
    {"nhwckrsc_nhwc", kind, "nhwckrsc;nchw", "nhwckrsc",
     "Layouts of input, weights and output: here NHWC activations and KRSC weights.", files},
    {"copyPackedKernel", kind, "copyVectorizedKernel;genericReformat",
     "copyPacked;copyVectorized;"
     "genericReformat",
     "A kernel that changes layout or datatype: what a Reformat runs.", "TensorRT issue 1117"},
    {"ldg8", kind, "ldg4;ldg16", "ldg", "How many values one load instruction fetches.", files},
    {"relu", kind, "", "_relu", "The activation stands inside the kernel: it costs nothing more.",
     files},
    {"sm80", kind, "sm70;sm72;sm75;sm86;sm87;sm89;sm90;sm100;sm120", "sm7;sm8;sm9;sm10;sm12",
     "The GPU generation the kernel was written for, by compute capability: sm70 Volta, sm75 "
     "Turing, sm80 to sm87 Ampere, sm89 Ada, sm90 Hopper, sm100 and sm120 Blackwell. One of an "
     "older generation also runs on a newer GPU, but leaves its new instructions unused.",
     "CUDA C++ programming guide, compute capabilities"},
    {"volta", kind, "turing;ampere;ada;hopper;blackwell", "volta_;turing_;ampere_;hopper_",
     "The GPU generation the kernel was written for; an older one's also runs on a newer GPU.",
     files},
};

}  // namespace

std::span<const Term> kernel_glossary() { return terms; }

}  // namespace trex::lint
