// Runs one command of trtexec: its log in a file, its progress told, ended in order when asked.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trex/base/subprocess.hpp"
#include "trex/trtexec/follow.hpp"

namespace trex::trtexec {

struct RunState {
  Progress progress;
  double seconds = 0;         // since the start
  double silent_seconds = 0;  // since the log's last byte
};

struct RunResult {
  ExitStatus status;
  double seconds = 0;
  bool timed_out = false;
  int interrupted_by = 0;  // the signal that we got meanwhile, or 0
  Progress progress;
  bool is_success() const { return status.is_success() && !timed_out && interrupted_by == 0; }
};

// `log` is written while the program runs. `timeout_seconds` 0: no limit. `tick` is called a few
// times a second. Throws Error when the program cannot be started or the log cannot be written;
// the program has ended then.
RunResult run_logged(const std::vector<std::string>& argv, const std::string& log,
                     double timeout_seconds, const std::function<void(const RunState&)>& tick);

}  // namespace trex::trtexec
