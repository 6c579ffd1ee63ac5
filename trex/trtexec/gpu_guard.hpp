// A process that does what must not be left undone, should this one die: unlock the clocks.
//
// SIGKILL, a crash, a closed terminal: nothing of ours runs then. The guard waits on a pipe whose
// other end only we hold. When it closes without a word from us, the guard acts on the last order
// that it got. Native only.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

namespace trex::trtexec {

class DeathGuard {
 public:
  // Starts the guard: a copy of this process as it is now, so before NVML is loaded (a library's
  // connection to a driver does not survive being copied). `act` runs in the guard, with the last
  // order; it must not throw.
  explicit DeathGuard(void (*act)(const std::string& order));
  ~DeathGuard();  // dismisses
  DeathGuard(const DeathGuard&) = delete;
  DeathGuard& operator=(const DeathGuard&) = delete;

  void order(const std::string& line);  // one line; replaces the order before
  void dismiss();                       // it ends without acting; again: nothing

 private:
  pid_t guard_ = -1;
  int pipe_ = -1;
};

}  // namespace trex::trtexec
