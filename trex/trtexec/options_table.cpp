// The options of trtexec 8.4 to 11.1: in which versions they exist, and what replaced them.
//
// Read from sampleOptions.cpp of the branches release/8.4 to release/11.1 of NVIDIA/TensorRT. Rows
// that share their versions stand together, by the version they came with.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "trex/trtexec/options.hpp"

namespace trex::trtexec {
namespace {

constexpr Version v8_4{8, 4}, v8_5{8, 5}, v8_6{8, 6}, v9_0{9, 0}, v9_3{9, 3}, v10_0{10, 0};
constexpr Version v10_1{10, 1}, v10_16{10, 16}, v11_0{11, 0}, v11_1{11, 1};
constexpr Version now = newest_known;
constexpr Stage build = Stage::build, run = Stage::run, both = Stage::both, ours = Stage::ours;

constexpr std::string_view typed_model =
    "11.x takes the types from the model: make it typed, e.g. with ModelOpt "
    "(python -m modelopt.onnx.autocast --onnx_path=model.onnx for FP16 or BF16)";
constexpr std::string_view quantized_model =
    "11.x has no calibration: quantize the model with ModelOpt "
    "(python -m modelopt.onnx.quantization --onnx_path=model.onnx), so that it holds Q/DQ nodes";
constexpr std::string_view typed_layers =
    "11.x takes each layer's type from the model: set it there, with Cast or Q/DQ nodes";
constexpr std::string_view only_onnx = "from 9.0 only ONNX is read: convert the model to ONNX";
constexpr std::string_view explicit_batch =
    "from 9.0 the batch is part of the shapes: use --shapes, or --minShapes, --optShapes and "
    "--maxShapes";
constexpr std::string_view one_profile =
    "one optimization profile, from --minShapes, --optShapes "
    "and --maxShapes, is all there is before 9.0";
constexpr std::string_view tuner = "the build-route tuner came with 11.1";

constexpr OptionInfo options[] = {
    // 8.4 to today
    {"onnx", v8_4, now, ours},
    {"saveEngine", v8_4, now, ours},
    {"loadEngine", v8_4, now, ours},
    {"exportTimes", v8_4, now, ours},
    {"exportProfile", v8_4, now, ours},
    {"exportLayerInfo", v8_4, now, ours},
    {"minShapes", v8_4, now, build},
    {"optShapes", v8_4, now, build},
    {"maxShapes", v8_4, now, build},
    {"shapes", v8_4, now, both},
    {"memPoolSize", v8_4, now, build},
    {"timingCacheFile", v8_4, now, build},
    {"noBuilderCache", v8_4, now, build},
    {"tacticSources", v8_4, now, build},
    {"profilingVerbosity", v8_4, now, both},
    {"avgTiming", v8_4, now, build},
    {"refit", v8_4, now, build},
    {"sparsity", v8_4, now, build},
    {"noTF32", v8_4, now, build},
    {"directIO", v8_4, now, build},
    {"useDLACore", v8_4, now, both},
    {"allowGPUFallback", v8_4, now, build},
    {"dumpRefit", v8_4, now, build},
    {"device", v8_4, now, both},
    {"verbose", v8_4, now, both},
    {"plugins", v8_4, now, both},
    {"safe", v8_4, now, both},
    {"iterations", v8_4, now, run},
    {"warmUp", v8_4, now, run},
    {"duration", v8_4, now, run},
    {"sleepTime", v8_4, now, run},
    {"idleTime", v8_4, now, run},
    {"threads", v8_4, now, run},
    {"streams", v8_4, now, run},
    {"exposeDMA", v8_4, now, run},
    {"useManagedMemory", v8_4, now, run},
    {"timeDeserialize", v8_4, now, run},
    {"timeRefit", v8_4, now, run},
    {"loadInputs", v8_4, now, run},
    {"avgRuns", v8_4, now, run},
    {"percentile", v8_4, now, run},
    {"dumpOutput", v8_4, now, run},
    {"dumpProfile", v8_4, now, run},
    {"dumpLayerInfo", v8_4, now, run},
    {"exportOutput", v8_4, now, run},
    {"separateProfileRun", v8_4, now, run},
    {"noDataTransfers", v8_4, now, run},
    {"useSpinWait", v8_4, now, run},
    {"useCudaGraph", v8_4, now, run},

    // gone in 9.0
    {"uff", v8_4, v8_6, build, "", only_onnx},
    {"uffInput", v8_4, v8_6, build, "", only_onnx},
    {"uffNHWC", v8_4, v8_6, build, "", only_onnx},
    {"deploy", v8_4, v8_6, build, "", only_onnx},
    {"model", v8_4, v8_6, build, "", only_onnx},
    {"output", v8_4, v8_6, build, "", only_onnx},
    {"batch", v8_4, v8_6, both, "", explicit_batch},
    {"maxBatch", v8_4, v8_6, build, "", explicit_batch},

    // gone in 10.0
    {"workspace", v8_4, v9_3, build, "", "use --memPoolSize=workspace:N, N in MiB"},
    {"explicitBatch", v8_4, v9_3, build, "", "leave it out: the batch is always explicit"},
    {"explicitPrecision", v8_4, v9_3, build, "", "leave it out: Q/DQ nodes say it"},
    {"minTiming", v8_4, v9_3, build, "", "use --avgTiming"},
    {"buildOnly", v8_4, v9_3, ours, "", "use --skipInference"},
    {"nvtxMode", v8_4, v9_3, run, "", "use --profilingVerbosity"},
    {"heuristic", v8_5, v9_3, build, "leave it out", "use --builderOptimizationLevel"},
    {"nativeInstanceNorm", v8_6, v9_3, build, "leave it out", "leave it out: it is the default"},
    {"ni", v8_6, v9_3, build, "leave it out", "leave it out: it is the default"},
    {"pluginInstanceNorm", v10_0, now, build, "leave it out: it was the default"},
    {"pi", v10_0, now, build, "leave it out: it was the default"},

    // gone in 11.0: weak typing and calibration
    {"fp16", v8_4, v10_16, build, "", typed_model},
    {"bf16", v9_0, v10_16, build, "use --fp16, or a newer TensorRT", typed_model},
    {"best", v8_4, v10_16, build, "", typed_model},
    {"fp8", v8_6, v10_16, build, "FP8 came with 8.6", quantized_model},
    {"int4", v10_1, v10_16, build, "INT4 came with 10.1", quantized_model},
    {"int8", v8_4, v10_16, build, "", quantized_model},
    {"calib", v8_4, v10_16, build, "", quantized_model},
    {"calibProfile", v9_0, v10_16, build, one_profile, quantized_model},
    {"minShapesCalib", v8_4, v10_16, build, "", quantized_model},
    {"optShapesCalib", v8_4, v10_16, build, "", quantized_model},
    {"maxShapesCalib", v8_4, v10_16, build, "", quantized_model},
    {"layerPrecisions", v8_4, v10_16, build, "", typed_layers},
    {"layerOutputTypes", v8_4, v10_16, build, "", typed_layers},
    {"precisionConstraints", v8_4, v10_16, build, "", typed_layers},
    {"restricted", v8_4, v10_16, build, "", "leave it out"},
    {"stronglyTyped", v9_0, now, build,
     "use the precision options, e.g. --fp16 --precisionConstraints=obey"},

    // came with 8.5 and 8.6
    {"persistentCacheRatio", v8_5, now, run, "leave it out"},
    {"preview", v8_5, now, build, "leave it out"},
    {"skipInference", v8_6, now, ours, "use --buildOnly"},
    {"staticPlugins", v8_6, now, both, "use --plugins"},
    {"dynamicPlugins", v8_6, now, both, "use --plugins"},
    {"setPluginsToSerialize", v8_6, now, build, "use --plugins when building and when loading"},
    {"ignoreParsedPluginLibs", v8_6, now, build, "leave it out"},
    {"builderOptimizationLevel", v8_6, now, build, "8.5 has --heuristic"},
    {"maxAuxStreams", v8_6, now, build, "leave it out: there are no auxiliary streams yet"},
    {"infStreams", v8_6, now, run, "use --streams"},
    {"hardwareCompatibilityLevel", v8_6, now, build, "build on each GPU that is to run it"},
    {"versionCompatible", v8_6, now, build, "build with each version that is to run it"},
    {"vc", v8_6, now, build, "build with each version that is to run it"},
    {"excludeLeanRuntime", v8_6, now, build, "leave it out"},
    {"leanDLLPath", v8_6, now, both, "leave it out"},
    {"useRuntime", v8_6, now, both, "leave it out: there is only the full runtime"},
    {"tempdir", v8_6, now, both, "set the environment variable TMPDIR"},
    {"tempfileControls", v8_6, now, both, "leave it out"},
    {"layerDeviceTypes", v8_6, now, build, "use --useDLACore with --allowGPUFallback"},
    {"dumpRawBindingsToFile", v8_6, now, run, "use --exportOutput"},
    {"buildDLAStandalone", v8_6, now, build, "use --safe with --useDLACore"},

    // came with 9.x
    {"profile", v9_0, now, build, one_profile},
    {"useProfile", v9_0, now, run, one_profile},
    {"dumpOptimizationProfile", v9_0, now, both, "the log's 'Input build shape' lines say it"},
    {"getPlanVersionOnly", v9_0, now, ours},
    {"errorOnTimingCacheMiss", v9_0, now, build, "leave it out"},
    {"noCompilationCache", v9_0, now, build, "leave it out"},

    // came with 10.x
    {"stripWeights", v10_0, now, build, "use --refit"},
    {"allowWeightStreaming", v10_0, now, build, "weight streaming came with 10.0"},
    {"weightStreamingBudget", v10_0, now, run, "weight streaming came with 10.0"},
    {"markDebug", v10_0, now, build, "make the tensor an output of the model"},
    {"saveDebugTensors", v10_0, now, run, "make the tensors outputs and use --exportOutput"},
    {"allocationStrategy", v10_0, now, run, "leave it out"},
    {"stripAllWeights", v10_1, now, build, "use --stripWeights (from 10.0)"},
    {"runtimePlatform", {10, 2}, now, build, "build on the platform that is to run it"},
    {"maxTactics", {10, 4}, now, build, "use --builderOptimizationLevel (from 8.6)"},
    {"monitorMemory", {10, 6}, now, build, "the log's MemUsage lines say part of it"},
    {"asyncFileReader", {10, 7}, now, run, "leave it out"},
    {"tilingOptimizationLevel", {10, 8}, now, build, "leave it out"},
    {"l2LimitForTiling", {10, 8}, now, build, "leave it out"},
    {"uint8AsymmetricQuantizationDLA", {10, 11}, now, build, "leave it out"},
    {"distributiveIndependence", {10, 12}, now, build, "leave it out"},
    {"markUnfusedTensorsAsDebugTensors", {10, 12}, now, build, "use --markDebug (from 10.0)"},
    {"saveAllDebugTensors", {10, 12}, now, run, "use --saveDebugTensors (from 10.0)"},
    {"remoteAutoTuningConfig", {10, 13}, now, build, "build on the target itself"},
    {"dumpKernelText", {10, 13}, now, build, "leave it out"},
    {"safetyPlugins", {10, 13}, now, both, "use --staticPlugins (from 8.6)"},
    {"decomposableAttentions", {10, 14}, now, build, "leave it out"},
    {"refitFromOnnx", {10, 14}, now, run, "refit through the API"},
    {"enablePluginOverride", {10, 15}, now, build, "leave it out"},
    {"cpuOnly", {10, 15}, now, build, "build on a machine with the GPU"},
    {"reportCapabilityDLA", {10, 16}, now, build, "read the placement in a --verbose log"},
    {"adjustForDLA", {10, 16}, now, build, "use --allowGPUFallback"},

    // came with 11.x
    {"includeDataTransfers", v11_0, now, run},
    {"noSpinWait", v11_0, now, run},
    {"noCudaGraph", v11_0, now, run},
    {"tuneBuildRoutes", v11_1, now, ours, tuner},
    {"tuneBuildRouteFile", v11_1, now, ours, tuner},
    {"tuningSearch", v11_1, now, ours, tuner},
    {"tuningCacheFile", v11_1, now, ours, tuner},
    {"tuningTimeOut", v11_1, now, ours, tuner},
    {"tuningResultFile", v11_1, now, ours, tuner},
    {"saveAllEngines", v11_1, now, ours, tuner},
    {"dryRun", v11_1, now, ours, tuner},
    {"continue", v11_1, now, ours, tuner},
    {"helpBuildRoute", v11_1, now, ours, tuner},
    {"setBuildRoute", v11_1, now, build, tuner},
    {"loadRefOutputs", v11_1, now, run, tuner},
    {"refPair", v11_1, now, run, tuner},
    {"accuracyAlgorithm", v11_1, now, run, tuner},
    {"accuracyThreshold", v11_1, now, run, tuner},
    {"atol", v11_1, now, run, tuner},
    {"rtol", v11_1, now, run, tuner},
};

// 11.x does without being asked what these ask for, and says so in a warning.
constexpr std::string_view no_ops[] = {"separateProfileRun", "noDataTransfers", "useSpinWait",
                                       "useCudaGraph", "stronglyTyped"};

}  // namespace

std::span<const OptionInfo> known_options() { return options; }

const OptionInfo* find_option(std::string_view name) {
  const auto* found = std::find_if(std::begin(options), std::end(options),
                                   [&](const OptionInfo& option) { return option.name == name; });
  return found == std::end(options) ? nullptr : found;
}

bool is_no_op(std::string_view name, Version version) {
  return version >= no_op_from &&
         std::find(std::begin(no_ops), std::end(no_ops), name) != std::end(no_ops);
}

}  // namespace trex::trtexec
