// How far trtexec is, for people.
//
// A build says nothing for minutes while it times kernels, and users take that for a hang: so the
// clock goes on, and after a while the line says that silence is normal in that phase.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/process_progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"

namespace trex::cli {
namespace {

constexpr double silence_worth_a_word_s = 20;
constexpr double first_line_after_s = 2;  // short steps need no progress
constexpr double heartbeat_s = 30;        // between lines where no terminal is

int stderr_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

}  // namespace

std::string minutes(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::clamp(seconds, 0.0, 1e9));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string progress_line(const trtexec::RunState& state, const Expectation& expected) {
  const trtexec::Progress& progress = state.progress;
  std::string line = fmt::format("{}, {}", phase_words(progress.phase), minutes(state.seconds));
  if (expected.seconds) line += fmt::format(" of about {}", minutes(*expected.seconds));
  if (progress.timed_layers > 0) {
    const auto all = progress.layers ? progress.layers : expected.layers;
    const bool credible = all && *all >= progress.timed_layers;
    line += credible ? fmt::format(", {} of {} layers", progress.timed_layers, *all)
                     : fmt::format(", {} layers", progress.timed_layers);
  }
  if (progress.gpu_bytes) line += fmt::format(", GPU {}", human_bytes(*progress.gpu_bytes));
  if (progress.errors > 0) line += fmt::format(", {} errors", progress.errors);
  if (state.silent_seconds >= silence_worth_a_word_s) {
    const bool usual = progress.phase == trtexec::Phase::timing ||
                       progress.phase == trtexec::Phase::optimizing ||
                       progress.phase == trtexec::Phase::measuring;
    line += fmt::format("; silent for {}{}", minutes(state.silent_seconds),
                        usual ? ", as usual here" : "");
  }
  return line;
}

ProgressDisplay::ProgressDisplay(std::string step, Expectation expected, Io& io)
    : step_(std::move(step)),
      expected_(expected),
      io_(io),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      next_line_at_(first_line_after_s) {}

ProgressDisplay::~ProgressDisplay() {
  if (has_line_) std::fputs("\r\x1b[K", stderr);
}

void ProgressDisplay::show(const trtexec::RunState& state) {
  const std::string line = step_ + ": " + progress_line(state, expected_);
  if (is_terminal_) {
    const std::string shown = shorten_middle(printable("trex: " + line), stderr_width() - 1);
    std::fputs(("\r\x1b[K" + shown).c_str(), stderr);
    std::fflush(stderr);
    has_line_ = true;
    return;
  }
  const bool new_phase = state.progress.phase != phase_ && state.seconds >= first_line_after_s;
  if (!new_phase && state.seconds < next_line_at_) return;
  phase_ = state.progress.phase;
  next_line_at_ = state.seconds + heartbeat_s;
  io_.say(line);
}

}  // namespace trex::cli
