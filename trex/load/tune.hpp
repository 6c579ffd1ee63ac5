// What trtexec's build-route tuner tried (tune.jsonl, --tuningCacheFile, from TensorRT 11.1).

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct TuneRoute {
  std::int64_t iteration = 0;
  std::string route;  // "-match_ragged_mha=on -copy_ppg=off"
  bool crashed = false;
  std::string error;
  std::vector<std::pair<std::string, double>> losses;  // accuracy loss by tensor
  std::optional<double> gpu_time_ms;

  // The largest; nothing when no tensor was compared.
  std::optional<double> loss() const;
};

struct TuneRun {
  std::string tuner_version, accuracy_algorithm, search, command_line, default_route, onnx;
  std::optional<double> accuracy_threshold;  // of the command line
  std::vector<TuneRoute> routes;             // as they were tried
  std::vector<Note> notes;
};

// Throws Error when no line is an iteration. Lines that cannot be read, and a last one that was cut
// off, become notes.
TuneRun load_tune(const Bytes& text, const std::string& file);

// One switch of a route: "copy_ppg" and "off".
using RouteSwitch = std::pair<std::string, std::string>;
std::vector<RouteSwitch> route_switches(std::string_view route);
// "copy_ppg on -> off, x off": what `route` has otherwise than `base`; "" when nothing.
std::string route_change(std::string_view base, std::string_view route);

}  // namespace trex
