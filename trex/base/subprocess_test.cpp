// SPDX-License-Identifier: Apache-2.0
#include "trex/base/subprocess.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

std::vector<std::string> shell(const std::string& script) { return {"/bin/sh", "-c", script}; }

std::string run(const std::string& script, ExitStatus* status = nullptr) {
  Subprocess process(shell(script));
  std::string output;
  while (process.wait(5, output)) {
  }
  if (status != nullptr) *status = *process.status();
  return output;
}

// Whether a process lives within two seconds; a zombie does not.
bool dies(pid_t pid) {
  for (int i = 0; i < 200; ++i) {
    if (kill(pid, 0) != 0) return true;
    const std::string state = run("ps -o stat= -p " + std::to_string(pid));
    if (state.empty() || starts_with(trim(state), "Z")) return true;
    usleep(10000);
  }
  return false;
}

TEST(Subprocess, JoinsOutputAndTellsHowItEnded) {
  ExitStatus status;
  EXPECT_EQ(run("echo out; echo err >&2; exit 3", &status), "out\nerr\n");
  EXPECT_EQ(status.code, 3);
  EXPECT_EQ(describe(status), "exit code 3");
  EXPECT_EQ(run("kill -9 $$", &status), "");
  EXPECT_EQ(status.signal, 9);
  EXPECT_EQ(describe(status), "killed by signal 9 (Killed)");
  EXPECT_EQ(run("cat", &status), "");  // standard input is empty
  EXPECT_TRUE(status.is_success());
}

TEST(Subprocess, GivesAllOfALongOutput) {
  const std::string output =
      run("i=0; while [ $i -lt 300 ]; do printf %01000d 7; i=$((i+1)); done");
  EXPECT_EQ(output.size(), 300000u);
  EXPECT_EQ(output.back(), '7');
}

TEST(Subprocess, WaitsNoLongerThanAsked) {
  Subprocess process(shell("exec sleep 30"));
  std::string output;
  const auto before = std::chrono::steady_clock::now();
  EXPECT_TRUE(process.wait(0.1, output));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
  EXPECT_FALSE(process.status());
}

TEST(Subprocess, SaysWhatCannotBeStarted) {
  for (const auto& [argv, message] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"no-such-program-of-trex"}, "no such program"},
           {{"/etc/passwd"}, "not one that may be run"},
           {{"/"}, "no such program"},
           {{}, "no such program"}}) {
    try {
      Subprocess process(argv);
      FAIL() << message;
    } catch (const Error& error) {
      EXPECT_TRUE(contains(error.what(), message)) << error.what();
    }
  }
}

TEST(Subprocess, StopEndsEvenWhatDoesNotListen) {
  Subprocess process(shell("trap 'echo asked' INT TERM; echo ready; while :; do sleep 0.05; done"));
  std::string output;
  while (!contains(output, "ready")) ASSERT_TRUE(process.wait(5, output));
  process.stop(0.3, output);
  ASSERT_TRUE(process.status());
  EXPECT_EQ(process.status()->signal, SIGKILL);
  EXPECT_TRUE(contains(output, "asked"));
}

TEST(Subprocess, StopLetsItEndInOrder) {
  Subprocess process(
      shell("trap 'echo bye; exit 7' INT; echo ready; while :; do sleep 0.05; done"));
  std::string output;
  while (!contains(output, "ready")) ASSERT_TRUE(process.wait(5, output));
  process.stop(20, output);
  EXPECT_EQ(process.status()->code, 7);
  EXPECT_TRUE(ends_with(output, "bye\n"));
}

TEST(Subprocess, EndsWhatItLeavesBehind) {
  // A helper in the background holds the pipe: it neither keeps us waiting nor outlives it.
  const std::string output = run("sleep 60 & echo $!");
  EXPECT_TRUE(dies(static_cast<pid_t>(*parse_integer(trim(output)))));
}

TEST(Subprocess, EndsItsGroupWhenDropped) {
  std::string output;
  {
    Subprocess process(shell("sleep 60 & echo $!; wait"));
    while (!contains(output, "\n")) ASSERT_TRUE(process.wait(5, output));
  }
  EXPECT_TRUE(dies(static_cast<pid_t>(*parse_integer(trim(output)))));
}

TEST(Subprocess, EndsItsGroupWhenWeAreKilled) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t us = fork();
  if (us == 0) {  // starts a program with a helper, tells both numbers, is killed
    Subprocess process(shell("sleep 60 & echo $$ $!; wait"));
    std::string output;
    while (!contains(output, "\n")) process.wait(5, output);
    static_cast<void>(!write(ends[1], output.data(), output.size()));
    kill(getpid(), SIGKILL);
  }
  char buffer[64] = {};
  ASSERT_GT(read(ends[0], buffer, sizeof(buffer) - 1), 0);
  waitpid(us, nullptr, 0);
  for (const std::string_view number : split(trim(buffer), ' ')) {
    EXPECT_TRUE(dies(static_cast<pid_t>(*parse_integer(number)))) << number;
  }
  close(ends[0]);
  close(ends[1]);
}

TEST(Interrupts, AreRememberedAndWakeTheWait) {
  const Interrupts interrupts;
  Subprocess process(shell("sleep 0.2; kill -TERM $PPID; sleep 30"));
  std::string output;
  const auto before = std::chrono::steady_clock::now();
  while (Interrupts::received() == 0) ASSERT_TRUE(process.wait(20, output));
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(15));
  EXPECT_EQ(Interrupts::received(), SIGTERM);
}

}  // namespace
}  // namespace trex
