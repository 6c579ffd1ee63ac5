// A growing log of trtexec -> how far it is.
//
// trtexec has no progress option; its lines tell the phase, and with --verbose each layer whose
// kernels it times. What says nothing for minutes is the search for kernels: the caller shows the
// clock meanwhile.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "trex/trtexec/log.hpp"

namespace trex::trtexec {

enum class Phase : std::uint8_t {
  starting,
  parsing,     // the ONNX file
  optimizing,  // the network: fusions
  timing,      // candidates of kernels: the long, silent part
  assembling,  // memory, weights, the engine's bytes
  loading,
  measuring,  // without the profiler
  profiling,  // layer by layer
  finished,
};
std::string_view phase_words(Phase phase);  // "timing kernels"

struct Progress {
  Phase phase = Phase::starting;
  std::optional<std::int64_t> gpu_bytes, cpu_bytes;  // in use, as last told
  std::int64_t timed_layers = 0;                     // only with --verbose
  std::optional<std::int64_t> layers;                // of the network after fusion, with --verbose
  std::int64_t errors = 0, warnings = 0;
};

class Follower {
 public:
  // The next bytes of the log, cut anywhere.
  void feed(std::string_view text);
  const Progress& progress() const { return progress_; }

 private:
  void take(const LogLine& line);
  void take_phase(std::string_view text);
  void take_layers(std::string_view text);
  void take_memory(std::string_view text);

  std::string rest_;  // of a line whose end has not come
  Progress progress_;
  bool counts_costs_ = false;
};

}  // namespace trex::trtexec
