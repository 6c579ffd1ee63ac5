// The options of each generation's trtexec as lists: keys come and go from 8.6 to 11.x.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/log_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::sample {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

// What the GPU table does not hold. From NVIDIA's A100 and H100 architecture white papers; memory
// as the driver reports it.
struct DeviceFacts {
  std::string_view table_name, name;
  int memory_mib, shared_kib, bus_bits;
  bool has_ecc;
};
constexpr DeviceFacts devices[] = {
    {"A100-SXM4-40GB", "NVIDIA A100-SXM4-40GB", 40536, 164, 5120, true},
    {"H100 SXM", "NVIDIA H100 80GB HBM3", 81079, 228, 5120, true},
};
const DeviceFacts& facts_of(const GpuSpec& gpu) {
  for (const DeviceFacts& facts : devices) {
    if (facts.table_name == gpu.name) return facts;
  }
  fail("no sample is made for the GPU '{}'", gpu.name);
}

bool is_dynamic(const Binding& binding) { return binding.is_input && !binding.ranges.empty(); }
bool is_dynamic(const Plan& plan) {
  return std::any_of(plan.bindings.begin(), plan.bindings.end(),
                     [](const Binding& b) { return is_dynamic(b); });
}
std::size_t profile_count(const Plan& plan) {
  return plan.bindings.empty() ? 0 : plan.bindings[0].ranges.size();
}

std::string times_text(const Dims& dims) { return fmt::format("{}", fmt::join(dims, "x")); }

// "model" for static shapes, else one line an input, and for a build one an optimization profile.
void add_shapes(Entries& e, const Plan& plan, Phase phase) {
  const bool builds = phase == Phase::build;
  if (!is_dynamic(plan)) {
    e.emplace_back(builds ? "Input build shapes" : "Input inference shapes", "model");
    return;
  }
  for (std::size_t i = 0; i < (builds ? profile_count(plan) : 1); ++i) {
    for (const Binding& b : plan.bindings) {
      if (!is_dynamic(b)) continue;
      const Binding::Range& r = b.ranges[i];
      if (builds) {
        e.emplace_back(fmt::format("Input build shape (profile {})", i),
                       fmt::format("{}={}+{}+{}", b.name, times_text(r.min), times_text(r.opt),
                                   times_text(r.max)));
      } else {
        e.emplace_back("Input inference shape", b.name + "=" + times_text(r.opt));
      }
    }
  }
}

// "a:1x1,b:1x4": the value of --minShapes and its like.
std::string shapes_flag(std::string_view flag, const Plan& plan, std::size_t profile,
                        Dims Binding::Range::*which) {
  std::vector<std::string> parts;
  for (const Binding& b : plan.bindings) {
    if (is_dynamic(b)) parts.push_back(b.name + ":" + times_text(b.ranges[profile].*which));
  }
  return fmt::format(" {}={}", flag, fmt::join(parts, ","));
}

std::string shape_flags(const Plan& plan, Phase phase) {
  using Range = Binding::Range;
  if (!is_dynamic(plan)) return "";
  if (phase == Phase::profile) return shapes_flag("--shapes", plan, 0, &Range::opt);
  std::string flags;
  for (std::size_t i = 0; i < profile_count(plan); ++i) {
    if (profile_count(plan) > 1) flags += fmt::format(" --profile={}", i);
    flags += shapes_flag("--minShapes", plan, i, &Range::min);
    flags += shapes_flag("--optShapes", plan, i, &Range::opt);
    flags += shapes_flag("--maxShapes", plan, i, &Range::max);
  }
  return flags;
}

// A list that keeps only what its generation prints.
class OptionList {
 public:
  void add(bool printed, std::string key, std::string value) {
    if (printed) entries_.emplace_back(std::move(key), std::move(value));
  }
  Entries take() { return std::move(entries_); }
  Entries& entries() { return entries_; }

 private:
  Entries entries_;
};

// What all generations print, in the order of 8.6; each drops and adds its own. First what is
// built, then how.
void add_build_goals(OptionList& list, const Plan& plan) {
  const bool is_8 = plan.generation == Generation::trt8;
  const bool is_11 = plan.generation == Generation::trt11;
  list.add(is_8, "Max batch", "explicit batch");
  list.add(true, "Memory Pools",
           std::string("workspace: default, dlaSRAM: default, dlaLocalDRAM: default, ") +
               "dlaGlobalDRAM: default" + (is_8 ? "" : ", tacticSharedMem: default"));
  list.add(is_8, "minTiming", "1");
  list.add(true, "avgTiming", "8");
  list.add(true, "Precision", plan.precision);
  list.add(!is_11, "LayerPrecisions", "");
  list.add(true, "Layer Device Types", "");
  list.add(!is_11, "Calibration", contains(plan.precision, "INT8") ? "Dynamic" : "");
  list.add(true, "Refit", "Disabled");
  list.add(!is_8, "Strip weights", "Disabled");
  list.add(true, "Version Compatible", "Disabled");
  list.add(is_8, "ONNX Native InstanceNorm", "Disabled");
  list.add(!is_8, "ONNX Plugin InstanceNorm", "Disabled");
  list.add(true, "TensorRT runtime", "full");
  list.add(true, "Lean DLL Path", "");
  list.add(true, "Tempfile Controls", "{ in_memory: allow, temporary: allow }");
  list.add(true, "Exclude Lean Runtime", "Disabled");
}

void add_build_means(OptionList& list, const Plan& plan, Phase phase) {
  const bool is_8 = plan.generation == Generation::trt8;
  const bool is_11 = plan.generation == Generation::trt11;
  const bool builds = phase == Phase::build;
  const std::string engine = engine_file(plan);
  list.add(true, "Sparsity", "Disabled");
  list.add(true, "Safe mode", "Disabled");
  list.add(true, "Build DLA standalone loadable", "Disabled");
  list.add(true, "Allow GPU fallback for DLA", "Disabled");
  list.add(true, "DirectIO mode", "Disabled");
  list.add(!is_11, "Restricted mode", "Disabled");
  list.add(true, "Skip inference", builds ? "Enabled" : "Disabled");
  list.add(true, "Save engine", builds ? engine : "");
  list.add(true, "Load engine", builds ? "" : engine);
  list.add(true, "Profiling verbosity", "2");
  list.add(true, "Tactic sources", "Using default tactic sources");
  list.add(true, "timingCacheMode", "global");
  list.add(true, "timingCacheFile", "./timing.cache");
  list.add(is_8, "Heuristic", "Disabled");
  list.add(!is_8, "Enable Compilation Cache", "Enabled");
  list.add(!is_8, "errorOnTimingCacheMiss", "Disabled");
  list.add(true, "Preview Features", "Use default preview flags.");
  list.add(true, "MaxAuxStreams", "-1");
  list.add(true, "BuilderOptimizationLevel", "-1");
  list.add(!is_8, "MaxTactics", "-1");
  list.add(!is_8 && !is_11, "Calibration Profile Index", "0");
  list.add(!is_8, "Weight Streaming", "Disabled");
  list.add(!is_8, "Runtime Platform", "Same As Build");
  list.add(!is_8, "Debug Tensors", "");
  list.add(true, "Input(s)s format", "fp32:CHW");
  list.add(true, "Output(s)s format", "fp32:CHW");
  add_shapes(list.entries(), plan, Phase::build);
  list.add(!is_11, "Input calibration shapes", "model");
}

Entries build_options(const Plan& plan, Phase phase) {
  OptionList list;
  add_build_goals(list, plan);
  add_build_means(list, plan, phase);
  return list.take();
}

Entries inference_options(const Plan& plan) {
  const bool is_8 = plan.generation == Generation::trt8;
  const bool is_11 = plan.generation == Generation::trt11;
  Entries e = {{"Batch", "Explicit"}};
  add_shapes(e, plan, Phase::profile);
  e.insert(e.end(), {{"Iterations", "10"},
                     {"Duration", "3s (+ 200ms warm up)"},
                     {"Sleep time", "0ms"},
                     {"Idle time", "0ms"},
                     {"Inference Streams", "1"},
                     {"ExposeDMA", "Disabled"},
                     {"Data transfers", "Disabled"},
                     {"Spin-wait", "Enabled"},
                     {"Multithreading", "Disabled"},
                     {"CUDA Graph", "Enabled"}});
  if (!is_11) e.emplace_back("Separate profiling", "Enabled");
  e.emplace_back("Time Deserialize", "Disabled");
  e.emplace_back("Time Refit", "Disabled");
  e.emplace_back("NVTX verbosity", "2");
  e.emplace_back("Persistent Cache Ratio", "0");
  if (!is_8) {
    e.emplace_back("Optimization Profile Index", "0");
    e.emplace_back("Weight Streaming Budget", "100.000000%");
  }
  e.emplace_back("Inputs", "");
  if (!is_8) e.emplace_back("Debug Tensor Save Destinations", "");
  return e;
}

Entries reporting_options(const Plan& plan, Phase phase) {
  const std::string stem = engine_file(plan);
  const bool runs = phase == Phase::profile;
  return {{"Verbose", "Disabled"},
          {"Averages", "10 inferences"},
          {"Percentiles", "90,95,99"},
          {"Dump refittable layers", "Disabled"},
          {"Dump output", "Disabled"},
          {"Profile", runs ? "Enabled" : "Disabled"},
          {"Export timing to JSON file", runs ? stem + ".timing.json" : ""},
          {"Export output to JSON file", ""},
          {"Export profile to JSON file", runs ? stem + ".profile.json" : ""}};
}

std::string command_line(const Plan& plan, Phase phase) {
  const std::string engine = engine_file(plan);
  if (phase == Phase::build) {
    std::string line = fmt::format(
        "trtexec --onnx={} --saveEngine={} --profilingVerbosity=detailed --skipInference "
        "--timingCacheFile=./timing.cache {}{}",
        plan.onnx, engine, fmt::join(plan.build_flags, " "), shape_flags(plan, phase));
    if (!plan.was_run) line += " --exportLayerInfo=" + engine + ".graph.json";
    return line;
  }
  return fmt::format(
      "trtexec --loadEngine={0} --noDataTransfers --useCudaGraph --useSpinWait "
      "--separateProfileRun --profilingVerbosity=detailed --dumpProfile "
      "--exportTimes={0}.timing.json --exportProfile={0}.profile.json "
      "--exportLayerInfo={0}.graph.json{1}",
      engine, shape_flags(plan, phase));
}

}  // namespace

std::string engine_file(const Plan& plan) { return plan.name + ".onnx.engine"; }

std::string_view tensorrt_version(Generation generation) {
  switch (generation) {
    case Generation::trt8:
      return "8.6.1";
    case Generation::trt10:
      return "10.13.0";
    default:
      return "11.1.0";
  }
}

std::string_view device_name(const GpuSpec& gpu) { return facts_of(gpu).name; }

std::string frame_line(const Plan& plan, Phase phase, std::string_view word) {
  std::string_view version = "v8601] ";
  if (plan.generation == Generation::trt10) version = "v101300] [b35] ";
  if (plan.generation == Generation::trt11) version = "v110100] [b50] ";
  return fmt::format("&&&& {} TensorRT.trtexec [TensorRT {}# {}", word, version,
                     command_line(plan, phase));
}

std::vector<Section> option_sections(const Plan& plan, Phase phase) {
  std::vector<Section> sections;
  sections.push_back({"Model Options",
                      {{"Format", phase == Phase::build ? "ONNX" : "*"},
                       {"Model", phase == Phase::build ? plan.onnx : ""},
                       {"Output", ""}}});
  // From 10.0 a loaded engine has no build options.
  if (phase == Phase::build || plan.generation == Generation::trt8) {
    sections.push_back({"Build Options", build_options(plan, phase)});
  }
  sections.push_back(
      {"System Options",
       {{"Device", "0"},
        {"DLACore", ""},
        {plan.generation == Generation::trt11 ? "Loaded static plugins" : "Plugins", ""},
        {"setPluginsToSerialize", ""},
        {"dynamicPlugins", ""},
        {"ignoreParsedPluginLibs", "0"}}});
  sections.push_back({"Inference Options", inference_options(plan)});
  sections.push_back({"Reporting Options", reporting_options(plan, phase)});
  return sections;
}

Section device_section(const GpuSpec& gpu, Generation generation) {
  const DeviceFacts& facts = facts_of(gpu);
  // Two transfers a clock.
  const double memory_ghz = gpu.bandwidth_gbps * 8 / (2 * facts.bus_bits);
  Entries e;
  if (generation != Generation::trt8) {
    e.emplace_back("Available Devices", "");
    e.emplace_back(
        "  Device 0",
        fmt::format("\"{}\" UUID: GPU-00000000-0000-0000-0000-000000000000", facts.name));
  }
  e.emplace_back("Selected Device", facts.name);
  if (generation != Generation::trt8) {
    e.emplace_back("Selected Device ID", "0");
    e.emplace_back("Selected Device UUID", "GPU-00000000-0000-0000-0000-000000000000");
  }
  e.emplace_back("Compute Capability",
                 fmt::format("{}.{}", gpu.compute_capability / 10, gpu.compute_capability % 10));
  e.emplace_back("SMs", std::to_string(gpu.sms));
  e.emplace_back("Device Global Memory", fmt::format("{} MiB", facts.memory_mib));
  e.emplace_back("Shared Memory per SM", fmt::format("{} KiB", facts.shared_kib));
  e.emplace_back("Memory Bus Width", fmt::format("{} bits (ECC {})", facts.bus_bits,
                                                 facts.has_ecc ? "enabled" : "disabled"));
  e.emplace_back("Application Compute Clock Rate", fmt::format("{:.4g} GHz", gpu.boost_mhz / 1e3));
  e.emplace_back("Application Memory Clock Rate", fmt::format("{:.4g} GHz", memory_ghz));
  return {"Device Information", std::move(e)};
}

}  // namespace trex::sample
