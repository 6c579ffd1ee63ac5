// Runs one command of trtexec.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/run.hpp"

#include <chrono>

#include "trex/base/file.hpp"

namespace trex::trtexec {
namespace {

constexpr double tick_seconds = 0.1;  // as often as the GPU is looked at meanwhile
// trtexec ends at once when it is interrupted, unless a driver call holds it.
constexpr double grace_seconds = 5;

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

RunResult run_logged(const std::vector<std::string>& argv, const std::string& log,
                     double timeout_seconds, const std::function<void(const RunState&)>& tick) {
  AtomicFile file(log);
  Follower follower;
  RunResult result;
  const Clock::time_point begin = Clock::now();
  Clock::time_point last_byte = begin, last_tick = begin;
  Subprocess process(argv);
  std::string output;
  const auto take = [&] {
    if (output.empty()) return;
    file.write(output);
    follower.feed(output);
    output.clear();
    last_byte = Clock::now();
  };
  while (process.wait(tick_seconds, output)) {
    take();
    if (seconds_since(last_tick) >= tick_seconds) {
      last_tick = Clock::now();
      tick({follower.progress(), seconds_since(begin), seconds_since(last_byte)});
    }
    result.interrupted_by = Interrupts::received();
    result.timed_out = timeout_seconds > 0 && seconds_since(begin) > timeout_seconds;
    if (result.interrupted_by != 0 || result.timed_out) {
      process.stop(grace_seconds, output);
      break;
    }
  }
  take();
  file.commit();
  // It may have ended by itself just as the signal came.
  if (result.interrupted_by == 0) result.interrupted_by = Interrupts::received();
  result.status = *process.status();
  result.seconds = seconds_since(begin);
  result.progress = follower.progress();
  return result;
}

}  // namespace trex::trtexec
