// The command lines of trtexec that build an engine and measure it, for a version.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/trtexec/options.hpp"

namespace trex::trtexec {

struct BuildFiles {
  std::string onnx, engine, timing_cache;
  std::string layer_info;  // "": only a run writes it, where shapes are known
};
std::vector<std::string> build_command(const std::string& program, Version version,
                                       const BuildFiles& files, const Arguments& arguments);

struct RunFiles {
  std::string engine, times, profile;
  std::string layer_info;  // "": written by an earlier run
};
std::vector<std::string> run_command(const std::string& program, Version version,
                                     const RunFiles& files, const Arguments& arguments);

// A command line that a shell reads back as these words; safe to print.
std::string shell_line(const std::vector<std::string>& words);

}  // namespace trex::trtexec
