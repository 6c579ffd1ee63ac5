// Running another program: start, output, end.
//
// Between fork and exec only system calls are made. The child asks the kernel to kill it with us
// (PR_SET_PDEATHSIG); that does not reach what it started itself, so a guard process, which only
// waits on a pipe that we hold open, kills the group when that pipe closes without a word.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/subprocess.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr int poll_ms = 20;                    // how late an end without output is noticed
constexpr std::size_t most_at_once = 1 << 20;  // a flood of output must not keep us from the clock

constexpr int most_descriptors = 1024;  // we open a handful

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void close_if_open(int& descriptor) {
  if (descriptor >= 0) close(descriptor);
  descriptor = -1;
}

// Both ends closed on exec. Throws Error.
void make_pipe(int& read_end, int& write_end) {
  int ends[2];
  if (pipe(ends) != 0) fail("cannot make a pipe: {}", system_message(errno));
  read_end = ends[0];
  write_end = ends[1];
  fcntl(read_end, F_SETFD, FD_CLOEXEC);
  fcntl(write_end, F_SETFD, FD_CLOEXEC);
}

void default_signals() {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT}) {
    sigaction(signal, &action, nullptr);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void run_child(char* const* argv, pid_t parent, int output, int error_pipe) {
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // it died before we could ask
#else
  static_cast<void>(parent);
#endif
  default_signals();
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execv(argv[0], argv);
  const int why = errno;
  static_cast<void>(!write(error_pipe, &why, sizeof(why)));
  _exit(127);
}

// One byte: all is well. The end of the pipe without it: our parent died.
[[noreturn]] void run_guard(int life, pid_t group) {
  setsid();  // signals to our parent's group are not for us
  char byte = 0;
  ssize_t got = 0;
  do {
    got = read(life, &byte, 1);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) kill(-group, SIGKILL);
  _exit(0);
}

}  // namespace

std::string describe(const ExitStatus& status) {
  if (status.signal == 0) return fmt::format("exit code {}", status.code);
  return fmt::format("killed by signal {} ({})", status.signal, strsignal(status.signal));
}

Subprocess::Subprocess(const std::vector<std::string>& argv) {
  const std::optional<std::string> program =
      argv.empty() ? std::nullopt : find_program(argv.front());
  if (!program) {
    fail("{}: no such program, or not one that may be run",
         argv.empty() ? "" : printable(argv.front()));
  }
  std::vector<std::string> words = argv;
  words.front() = *program;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  int output = -1, error_read = -1, error_write = -1;
  make_pipe(output_, output);
  make_pipe(error_read, error_write);
  const pid_t parent = getpid();
  child_ = fork();
  if (child_ == 0) run_child(pointers.data(), parent, output, error_write);
  const int fork_error = errno;
  close(output);
  if (child_ > 0) {
    setpgid(child_, child_);  // whoever comes first
    start_guard();
  }
  close(error_write);
  int why = 0;
  const bool failed = read(error_read, &why, sizeof(why)) == sizeof(why);
  close(error_read);
  fcntl(output_, F_SETFL, O_NONBLOCK);
  if (child_ > 0 && !failed) return;
  if (child_ > 0) reap();
  close_if_open(output_);
  fail("{}: cannot be started: {}", printable(*program),
       system_message(child_ > 0 ? why : fork_error));
}

void Subprocess::start_guard() {
  int life = -1;
  make_pipe(life, life_);
  guard_ = fork();
  if (guard_ == 0) {
    // It holds nothing that others wait on: not our output, not another's life line.
    for (int descriptor = 0; descriptor < most_descriptors; ++descriptor) {
      if (descriptor != life) close(descriptor);
    }
    run_guard(life, child_);
  }
  close(life);
}

Subprocess::~Subprocess() {
  if (!status_ && child_ > 0) {
    send(SIGKILL);
    reap();
  }
  close_if_open(output_);
}

bool Subprocess::has_ended() const {
  siginfo_t info{};
  const int result = waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT);
  return result != 0 || info.si_pid == child_;
}

void Subprocess::read_available(std::string& output) {
  char buffer[1 << 16];
  for (std::size_t total = 0; output_ >= 0 && total < most_at_once;) {
    const ssize_t got = read(output_, buffer, sizeof(buffer));
    if (got > 0) {
      output.append(buffer, static_cast<std::size_t>(got));
      total += static_cast<std::size_t>(got);
    } else if (got == 0) {
      close_if_open(output_);
    } else if (errno != EINTR) {
      return;
    }
  }
}

// The child must have ended, or be about to: what it left in its group goes with it.
void Subprocess::reap() {
  kill(-child_, SIGKILL);  // while the child, ended or not, still holds the number of the group
  int status = 0;
  while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  status_ = ExitStatus{WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                       WIFSIGNALED(status) ? WTERMSIG(status) : 0};
  static_cast<void>(!write(life_, "", 1));
  close_if_open(life_);
  while (guard_ > 0 && waitpid(guard_, &status, 0) < 0 && errno == EINTR) {
  }
  guard_ = -1;
}

bool Subprocess::wait(double seconds, std::string& output) {
  if (status_) return false;
  const double until = now_seconds() + seconds;
  const std::size_t before = output.size();
  while (true) {
    const bool ended = has_ended();
    read_available(output);
    if (ended) {
      // Helpers of the program may hold the pipe open: they end first.
      reap();
      for (std::size_t had = output.size() + 1; had != output.size();) {
        had = output.size();
        read_available(output);
      }
      return false;
    }
    const double left = until - now_seconds();
    if (output.size() > before || left <= 0) return true;
    pollfd waited{output_, POLLIN, 0};
    const int slice = std::min(poll_ms, static_cast<int>(std::ceil(left * 1000)));
    if (poll(&waited, output_ >= 0 ? 1 : 0, slice) < 0) return true;  // a signal to us
  }
}

void Subprocess::send(int signal) {
  if (!status_ && child_ > 0) kill(-child_, signal);
}

void Subprocess::stop(double grace_seconds, std::string& output) {
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    send(signal);
    const double until = now_seconds() + grace_seconds;
    while (now_seconds() < until || signal == SIGKILL) {
      if (!wait(0.1, output)) return;
    }
  }
}

std::optional<std::string> find_program(const std::string& name) {
  const auto may_run = [](const std::string& path) {
    return is_regular_file(path) && access(path.c_str(), X_OK) == 0;
  };
  if (contains(name, "/")) return may_run(name) ? std::optional(name) : std::nullopt;
  const char* path = std::getenv("PATH");
  if (path == nullptr || name.empty()) return std::nullopt;
  for (const std::string_view folder : split(path, ':')) {
    std::string candidate = join_path(folder.empty() ? "." : folder, name);
    if (!contains(candidate, "/")) candidate = "./" + candidate;
    if (may_run(candidate)) return candidate;
  }
  return std::nullopt;
}

}  // namespace trex
