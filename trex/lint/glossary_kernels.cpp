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
    {"xmma", kind, "cask;cask_trt;trt", "xmma",
     "NVIDIA's own library of convolution and matrix kernels. The name alone does not say Tensor "
     "Cores: xmma kernels with 'simt' or 'ffma' in the name do not use them. "
     "sm50 in front means any GPU.",
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
    {"ffma", kind, "sgemm;fma;hfma#", "ffma;sgemm",
     "FP32 multiply-adds on CUDA cores: no Tensor Cores.", files},
    {"tensorop", kind, "", "tensorop", "Tensor Core instructions (CUTLASS's word).", cutlass},
    {"h884", kind, "884;hmma;s884", "884;hmma",
     "The FP16 Tensor Core instruction of Volta: a matrix product of 8 x 8 x 4.", ptx},
    {"h1688", kind, "1688;s1688", "h1688;s1688;_1688",
     "The FP16 Tensor Core instruction of Turing: 16 x 8 x 8.", ptx},
    {"h16816", kind, "16816;s16816", "16816",
     "The FP16 and BF16 Tensor Core instruction of Ampere and later: 16 x 8 x 16. 's16816' adds up "
     "in FP32, 'h16816' in FP16.",
     ptx},
    {"i8816", kind, "imma;8816;igemm", "i8816;imma",
     "The INT8 Tensor Core instruction of Turing: 8 x 8 x 16.", ptx},
    {"i16832", kind, "16832", "16832", "The INT8 Tensor Core instruction of Ampere: 16 x 8 x 32.",
     ptx},
    {"gmma", kind, "wgmma;gmmastage#;qmma;qgmma;hgmma;igmma", "gmma",
     "Hopper's Tensor Core instructions of four warps together.",
     "PTX ISA, asynchronous warpgroup matrix instructions"},
    {"tensor16x8x16", kind, "tensor#x#x#", "tensor1;tensor8",
     "A Tensor Core instruction by its extents m x n x k.", files},
    {"int8x4", kind, "dp4a;idp4a", "int8x4;dp4a",
     "INT8 without Tensor Cores: dp4a adds four products a thread, at a fraction of the Tensor "
     "Cores' rate. Often a first layer, whose 3 channels fill no Tensor Core vector.",
     "CUDA C++ programming guide, __dp4a"},
    {"fprop", kind, "implicit_gemm;implicit_convolve", "fprop;implicit_gemm",
     "Forward convolution, computed as a matrix multiplication over the pixels' windows.", files},
    {"indexed", kind, "implicit_gemm_indexed;wo;smem;wo_smem", "indexed",
     "An implicit GEMM that looks up the windows' addresses: any stride and padding. wo_smem: the "
     "input goes past shared memory.",
     files},
    {"winograd", kind, "wngd;wngd#x#", "winograd;wngd",
     "Winograd's algorithm for small kernels: fewer multiplications, more memory.", files},
    {"dgrad", kind, "deconv;deconv_implicit_gemm", "dgrad;deconv_",
     "The data gradient's kernel: what a deconvolution runs.", files},
    {"small_batch", kind, "batch;conv#x#;gemm_as_conv#x#;as", "small_batch;gemm_as_conv",
     "A kernel for few pixels or rows, where a large tile would leave the GPU empty; a GEMM may "
     "run as a 1x1 convolution (gemm_as_conv1x1).",
     files},
    {"splitK", kind, "split_k;splitK#", "splitk;split_k",
     "The sum over k is split among blocks and added up afterwards: for small outputs.", cutlass},
    {"stage", kind, "stages;stage#;stages_#x#;singleBuffer", "_stage",
     "How many tiles are loaded ahead while one is computed; singleBuffer: none.", cutlass},
    {"warpsize", kind, "warpgroupsize;warpsize#x#x#;warpgroupsize#x#x#", "warpsize;warpgroupsize",
     "How the warps of a block share its tile, as m x n x k.", files},
    {"tilesize", kind, "tile;tilesize#x#x#;tilesize#x#x#x#;#x#;#x#x#", "tilesize",
     "The part of the output that one block of threads computes, m x n x k. A tile larger than the "
     "output leaves the GPU idle.",
     cutlass},
    {"nhwckrsc_nhwc", kind, "nhwckrsc;nchwkcrs_nchw;nchwkcrs", "nhwckrsc;nchwkcrs",
     "Layouts of input, weights and output: here NHWC activations and KRSC weights; nchwkcrs_nchw "
     "is "
     "row major.",
     files},
    {"vect_c_32", kind, "vect;c;vect_c_#;nchw;#kcrs;interleaved", "vect_c_;interleaved",
     "Channels in blocks of 32 (or 4, 16): the layout NC/32HW32 of INT8 kernels.", files},
    {"copyPackedKernel", kind,
     "copyVectorizedKernel;genericReformat;genericReformat::copyPackedKernel;permutationKernelPLC#",
     "copyPacked;copyVectorized;"
     "genericReformat",
     "A kernel that changes layout or datatype: what a Reformat runs.", "TensorRT issue 1117"},
    {"ldg8", kind, "ldg#", "ldg", "How many values one load instruction fetches.", files},
    {"relu", kind, "bias;scalebias;bias_relu;scalebias_relu", "_relu",
     "The activation stands inside the kernel: it costs nothing more.", files},
    {"sm80", kind, "sm#", "sm7;sm8;sm9;sm10;sm11;sm12",
     "The GPU generation the kernel was written for, by compute capability: sm70 Volta, sm75 "
     "Turing, sm80 to sm87 Ampere, sm89 Ada, sm90 Hopper, sm100 and sm120 Blackwell. One of an "
     "older generation also runs on a newer GPU, but leaves its new instructions unused.",
     "CUDA C++ programming guide, compute capabilities"},
    {"volta", kind, "maxwell;pascal;turing;ampere;ada;hopper;blackwell",
     "volta_;turing_;ampere_;hopper_",
     "The GPU generation the kernel was written for; an older one's also runs on a newer GPU.",
     files},
    {"f16f16_f16f16_f16", kind,
     "f#f#;tf#f#;bf#bf#;f#;f#f#_tf#f#_f#;i#i#;i#i#_i#i#_f#;i#i#_i#i#_i#;i#;i#f#;"
     "e#m#;e#m#e#m#;e#m#e#m#_f#f#_f#;bf#bf#_f#f#_bf#;f#f#_f#f#_f#;f#bf#;bf#f#",
     "f16f16;f32f32;i8i8;i8f32;bf16bf16;e4m3;e5m2",
     "Datatypes: of the two inputs, then of the arithmetic and what it adds up in, then of the "
     "output. f32f32_tf32f32_f32 reads FP32 and multiplies in TF32; i8i8_i8i32_f32 multiplies "
     "INT8, "
     "adds up in INT32 and scales in FP32. Inferred from names beside formats.",
     files},
    {"tn", kind, "nn;nt;tt;n;t;tn_n;nn_n;nt_n;tn_t;tnn;nnn", "",
     "Of a GEMM: whether A and B (and the output) are transposed (t) or not (n).",
     "cuBLAS documentation"},
    {"align", kind, "aligna#;alignb#;alignc#;aligna#_alignc#;CAlign#;align#", "_aligna;_alignc",
     "How many values the loads of A and B and the stores of C take at a time. Below 8 for FP16, a "
     "dimension is no multiple of 16 bytes, and loads are narrow.",
     cutlass},
    {"g1", kind, "g#", "", "Groups of the convolution that the kernel handles.", files},
    {"t1r3s3", kind, "t#r#s#;r#s#;r#s#_u#v#;u#v#;TR#;TS#;tapsperload#;simple;simple_t#r#s#", "",
     "The window that the kernel was made for: r x s (t: depth), u and v the strides. A general "
     "kernel has none.",
     files},
    {"linkable", kind, "aACCESS;by;fusion;tactic;_by_fusion_tactic;by_fusion_tactic", "",
     "A kernel that takes generated code for what is fused before or behind it.", files},
    {"interior", kind,
     "small;medium;large;xregs;exp;strided;unit;stride;strided_unit_stride;param;"
     "launch;launch_param;launch_param#x#x#;v#;nt_v#;nn_v#;tn_v#;param#x#x#",
     "", "Variants of one kernel: for small or large problems, without edges, with more registers.",
     files},
    {"gemv", kind, "gemvx;gemvNSP;splitKreduce", "gemv",
     "Matrix by vector, or by a few rows: every weight is read for a few multiplications, so "
     "memory "
     "sets the time; Tensor Cores would not help.",
     "cuBLAS documentation"},
    {"avdt_dense", kind, "avdt;dense;avdt_dense_int#int#;int#int#;threadspercta#", "avdt_dense",
     "An INT8 convolution of another family of kernels: its names state no matrix instruction.",
     files},
    {"stream_k", kind, "streamk", "stream_k;streamk",
     "The work is cut into equal parts for all SMs, not into whole tiles: no tail wave.", cutlass},
    {"warpspecialized", kind, "cooperative;pingpong;persistent;tma;cga;cgasize#x#x#",
     "warpspecialized",
     "Words of Hopper's and Blackwell's kernels: some warps load (tma, the tensor memory "
     "accelerator), others compute, cooperatively on one tile or in turns on two (pingpong); cga: "
     "a "
     "cluster of thread blocks.",
     cutlass},
    {"sparse", kind, "sp;spmma", "_sparse_;spmma",
     "Tensor Core instructions for 2:4 sparse weights: of four values two are zero.", ptx},
    {"depthwiseHMMA", kind, "depthwise", "depthwise",
     "A depthwise convolution; the HMMA form runs on Tensor Cores.", files},
    {"beta1", kind, "beta#;beta", "", "The kernel adds to what is in the output: C = A B + beta C.",
     "cuBLAS documentation"},
    {"pooling_fw_4d", kind, "pooling;fw;pooling_fw_#d;FastDiv", "pooling_fw",
     "A pooling kernel; FastDiv divides by multiplication.", files},
    {"cuPointwise", kind, "generatedNativePointwise;cuEltwise", "pointwise;eltwise",
     "A kernel for elementwise operations.", files},
    {"hgemm", kind, "", "hgemm", "A GEMM kernel: hgemm in FP16, sgemm in FP32, igemm in INT8.",
     "cuBLAS documentation"},
};

}  // namespace

std::span<const Term> kernel_glossary() { return terms; }

}  // namespace trex::lint
