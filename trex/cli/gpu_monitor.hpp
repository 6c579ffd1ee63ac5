// Watching a GPU until someone stops it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "trex/cli/io.hpp"

namespace trex::cli {

struct MonitorOptions {
  unsigned device = 0;
  double interval_seconds = 1;
  std::optional<std::int64_t> count;  // samples; else until Ctrl-C
};
// A line a sample: for people, or JSON lines with --json and into files.
void monitor_gpu(const MonitorOptions& options, Io& io);

}  // namespace trex::cli
