// The `key: value` sections of trtexec's log, by generation, for the commands that TREx's `process`
// runs: one build, and one run of the engine that was built.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "trex/model/gpu.hpp"
#include "trex/sample/layer.hpp"

namespace trex::sample {

struct Section {
  std::string title;  // "Build Options"
  std::vector<std::pair<std::string, std::string>> entries;
};

enum class Phase : std::uint8_t { build, profile };

std::vector<Section> option_sections(const Plan& plan, Phase phase);
Section device_section(const GpuSpec& gpu, Generation generation);

std::string_view tensorrt_version(Generation generation);  // "8.6.1"
// "&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec ...", with the word for RUNNING.
std::string frame_line(const Plan& plan, Phase phase, std::string_view word);
// "NVIDIA A100-SXM4-40GB": the GPU as its driver names it.
std::string_view device_name(const GpuSpec& gpu);

std::string engine_file(const Plan& plan);  // "resnet18.qat.onnx.engine"

}  // namespace trex::sample
