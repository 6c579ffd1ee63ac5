// How far trtexec is, for people: one line that is rewritten on a terminal, else a line now and
// then.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "trex/cli/io.hpp"
#include "trex/trtexec/run.hpp"

namespace trex::cli {

// What an earlier run of the same step took.
struct Expectation {
  std::optional<double> seconds;
  std::optional<std::int64_t> layers;
};

// "timing kernels, 1:23 of about 2:10, 34 of 57 layers, GPU 1.2 GiB; silent for 0:45, as usual
// here"
std::string progress_line(const trtexec::RunState& state, const Expectation& expected);
std::string minutes(double seconds);  // "1:23", "1:02:03"

class ProgressDisplay {
 public:
  ProgressDisplay(std::string step, Expectation expected, Io& io);
  ~ProgressDisplay();  // the terminal's line is left empty
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  void show(const trtexec::RunState& state);

 private:
  std::string step_;
  Expectation expected_;
  Io& io_;
  bool is_terminal_ = false, has_line_ = false;
  double next_line_at_ = 0;
  trtexec::Phase phase_ = trtexec::Phase::starting;
};

}  // namespace trex::cli
