// Running another program: its output through one pipe, and no process of it left behind.
//
// The program gets a process group of its own, so that a terminal's Ctrl-C reaches only us and we
// decide how it ends; everything in that group ends with it. Should we die without a chance to
// clean up (SIGKILL), the kernel ends the program and a guard process the rest of its group.
// POSIX only; not in the page.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace trex {

struct ExitStatus {
  int code = 0;    // meaningful when no signal ended it
  int signal = 0;  // the signal that ended it, or 0
  bool is_success() const { return code == 0 && signal == 0; }
};
// "exit code 3", "killed by signal 9 (Killed)".
std::string describe(const ExitStatus& status);

class Subprocess {
 public:
  // Starts argv[0] (searched in PATH when it has no '/') with standard input empty, and standard
  // output and error joined. Throws Error when it cannot be started.
  explicit Subprocess(const std::vector<std::string>& argv);
  // Ends the whole group at once when it still runs.
  ~Subprocess();
  Subprocess(const Subprocess&) = delete;
  Subprocess& operator=(const Subprocess&) = delete;

  // Waits for output, for the end, for a signal to us, or `seconds`; appends the output. False once
  // the program has ended and all its output was given.
  bool wait(double seconds, std::string& output);
  // To every process of the group.
  void send(int signal);
  // SIGINT; after `grace_seconds` SIGTERM, after as long again SIGKILL. Returns when it has ended;
  // `output` gets what it still says.
  void stop(double grace_seconds, std::string& output);
  // Once wait() has returned false.
  const std::optional<ExitStatus>& status() const { return status_; }
  pid_t pid() const { return child_; }

 private:
  void start_guard();
  bool has_ended() const;
  void read_available(std::string& output);
  void reap();

  pid_t child_ = -1, guard_ = -1;
  int output_ = -1;  // our end of the pipe
  int life_ = -1;    // held only by us: its closing tells the guard that we died
  std::optional<ExitStatus> status_;
};

// While one lives, SIGINT, SIGTERM and SIGHUP are remembered instead of ending us.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
  static int received();  // the first signal since the first Interrupts was made, or 0

 private:
  std::vector<struct sigaction> before_;
};

// The program's path: as it is when it has a '/', else from PATH. Nothing when there is none that
// may be run.
std::optional<std::string> find_program(const std::string& name);

}  // namespace trex
