// How to look into a region that TensorRT's files keep closed: Nsight Systems' command lines.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trex/trtexec/version.hpp"

namespace trex::trtexec {

struct NsysAdvice {
  std::vector<std::string> commands;  // record, then list the kernels by range
  std::vector<std::string> ranges;    // NVTX ranges to look for, the outer ones first
  std::string domain;                 // of the ranges
};
// `version`: of the TensorRT that built the engine, when known. `layer`: its name in the plan.
NsysAdvice nsys_advice(const std::string& engine, std::optional<Version> version,
                       const std::string& layer);

}  // namespace trex::trtexec
