// SPDX-License-Identifier: Apache-2.0
#include "trex/base/scratch.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"

namespace trex {
namespace {

TEST(Scratch, HoldsFilesUntilTheyAreMoved) {
  const std::string parent = testing::TempDir() + "trex_scratch_a";
  make_directories(parent);
  {
    const ScratchFolder folder(parent, "try");
    write_file(folder.file("done.txt"), "done");
    write_file(folder.file("half.txt"), "ha");
    move_file(folder.file("done.txt"), parent + "/done.txt");
    EXPECT_THROW(move_file(folder.file("none.txt"), parent + "/none.txt"), Error);
  }
  EXPECT_EQ(list_directory(parent), std::vector<std::string>{"done.txt"});
  EXPECT_THROW(ScratchFolder(parent + "/none", "try"), Error);
}

TEST(Scratch, RemovesWhatTheDeadLeftAndNothingElse) {
  const std::string parent = testing::TempDir() + "trex_scratch_b";
  make_directories(parent);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {  // dies with a folder of its own
    const ScratchFolder folder(parent, "try");
    write_file(folder.file("half.txt"), "ha");
    static_cast<void>(!write(ends[1], "x", 1));
    pause();
  }
  char byte = 0;
  ASSERT_EQ(read(ends[0], &byte, 1), 1);
  make_directories(parent + "/.other-1");
  {
    const ScratchFolder folder(parent, "try");
    EXPECT_EQ(list_directory(parent).size(), 3u);  // the other one lives
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  { const ScratchFolder folder(parent, "try"); }
  EXPECT_EQ(list_directory(parent), std::vector<std::string>{".other-1"});
}

}  // namespace
}  // namespace trex
