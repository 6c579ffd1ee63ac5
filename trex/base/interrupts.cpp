// Signals that ask us to end, remembered so that what runs can be ended in order.

// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <array>

#include "trex/base/subprocess.hpp"

namespace trex {
namespace {

constexpr std::array<int, 3> watched{SIGINT, SIGTERM, SIGHUP};
volatile sig_atomic_t first_signal = 0;

extern "C" void remember_signal(int signal) {
  if (first_signal == 0) first_signal = signal;
}

}  // namespace

Interrupts::Interrupts() {
  struct sigaction action {};
  action.sa_handler = remember_signal;
  action.sa_flags = SA_RESTART;  // poll() is interrupted all the same
  for (const int signal : watched) {
    struct sigaction before {};
    sigaction(signal, &action, &before);
    before_.push_back(before);
    // nohup: a signal that was ignored stays ignored.
    if (before.sa_handler == SIG_IGN) sigaction(signal, &before, nullptr);
  }
}

Interrupts::~Interrupts() {
  for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &before_[i], nullptr);
}

int Interrupts::received() { return first_signal; }

}  // namespace trex
