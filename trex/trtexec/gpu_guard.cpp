// The guard: fork, a pipe, and patience.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/gpu_guard.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"

namespace trex::trtexec {
namespace {

constexpr char dismissed = '\x04';

// What was sent until the pipe closes; the last whole line counts.
std::string last_line_of(int pipe, bool& is_dismissed) {
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t got = read(pipe, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
  is_dismissed = text.find(dismissed) != std::string::npos;
  text.resize(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n'));
  return text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
}

// It must outlive what ends us, and hold nothing that others wait on.
void detach(int pipe) {
  setsid();
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT}) signal(number, SIG_IGN);
  const int nowhere = open("/dev/null", O_RDWR);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (nowhere >= 0) dup2(nowhere, descriptor);
  }
  const long most = std::min(sysconf(_SC_OPEN_MAX), 65536L);
  for (int descriptor = STDERR_FILENO + 1; descriptor < most; ++descriptor) {
    if (descriptor != pipe) close(descriptor);
  }
}

void send(int pipe, const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t put = write(pipe, text.data() + sent, text.size() - sent);
    if (put < 0 && errno != EINTR) {
      fail("the guard that unlocks the GPU has gone: {}", system_message(errno));
    }
    if (put > 0) sent += static_cast<std::size_t>(put);
  }
}

}  // namespace

DeathGuard::DeathGuard(void (*act)(const std::string& order)) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe: {}", system_message(errno));
  guard_ = fork();
  if (guard_ < 0) {
    const int why = errno;
    close(ends[0]);
    close(ends[1]);
    fail("no guard for the GPU's clocks: {}", system_message(why));
  }
  if (guard_ == 0) {
    detach(ends[0]);
    bool is_dismissed = false;
    const std::string order = last_line_of(ends[0], is_dismissed);
    if (!is_dismissed && !order.empty()) act(order);
    _exit(0);
  }
  close(ends[0]);
  pipe_ = ends[1];
}

DeathGuard::~DeathGuard() { dismiss(); }

void DeathGuard::order(const std::string& line) { send(pipe_, line + "\n"); }

void DeathGuard::dismiss() {
  if (pipe_ < 0) return;
  try {
    send(pipe_, std::string(1, dismissed));
  } catch (const Error&) {
    // It has gone already, which is what we want.
  }
  close(pipe_);
  pipe_ = -1;
  while (waitpid(guard_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace trex::trtexec
