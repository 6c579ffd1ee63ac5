// The GPUs of this machine as a table, and a sample as a line.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "trex/document/document.hpp"
#include "trex/trtexec/gpu_nvml.hpp"

namespace trex::cli {

// All GPUs, or one.
Document gpu_document(const trtexec::Nvml& nvml, std::optional<unsigned> device);
std::string gpu_line_head();
std::string gpu_line(const trtexec::GpuSample& sample);

}  // namespace trex::cli
