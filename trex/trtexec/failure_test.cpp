// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/failure.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

TEST(Failure, ShowsTheReasonAndTheFix) {
  const struct {
    const char* log;
    int signal;
    std::vector<std::int64_t> lines;
    std::vector<const char*> fixes;  // how each begins
  } cases[] = {
      {"[I] x\n[E] Unknown option: --fp61 \n", 0, {2}, {"this trtexec does not take"}},
      {"[W] [TRT] Skipping tactic 0x1 due to insufficient memory\n"
       "[E] Error[2]: [gpu.cpp::alloc::1] Error Code 2: OutOfMemory (Requested amount of GPU "
       "memory "
       "(9 bytes) could not be allocated.)\n[E] Engine set up failed\n",
       0,
       {2},
       {"the GPU has too little"}},
      {"[E] [TRT] 6: The engine plan file is generated on an incompatible device, expecting 8.6\n"
       "[E] Engine set up failed\n&&&& FAILED TensorRT.trtexec\n",
       0,
       {1},
       {"the engine was built on another GPU"}},
      {"[E] [TRT] 1: [stdArchiveReader.cpp::init::32] Error Code 1: Serialization (Serialization "
       "assertion stdVersionRead == kSERIALIZATION_VERSION failed.)\n",
       0,
       {1},
       {"the engine was built by another TensorRT"}},
      {"trtexec: error while loading shared libraries: libnvinfer.so.10: cannot open\n",
       0,
       {1},
       {"trtexec does not find"}},
      {"[I] one\n[I] two\n\n[I] three\n[I] four\n", SIGKILL, {2, 4, 5}, {"it was killed"}},
      {"[E] something new\n[E] Engine set up failed\n", 0, {1}, {}},
      {"", 0, {}, {}},
      {"\n\n", SIGSEGV, {}, {"trtexec itself crashed"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.log);
    const Failure failure = explain_failure(c.log, c.signal);
    std::vector<std::int64_t> numbers;
    for (const Failure::Line& line : failure.lines) numbers.push_back(line.number);
    EXPECT_EQ(numbers, c.lines);
    ASSERT_EQ(failure.fixes.size(), c.fixes.size());
    for (std::size_t i = 0; i < c.fixes.size(); ++i) {
      EXPECT_TRUE(starts_with(failure.fixes[i], c.fixes[i])) << failure.fixes[i];
    }
  }
}

TEST(Failure, IsBoundedAndPrintable) {
  std::string log;
  for (int i = 0; i < 100000; ++i) log += "[E] \x1b[31m" + std::string(1000, 'x') + "\n";
  const Failure failure = explain_failure(log, 0);
  ASSERT_EQ(failure.lines.size(), 8u);
  EXPECT_LT(failure.lines[0].text.size(), 420u);
  EXPECT_FALSE(contains(failure.lines[0].text, "\x1b"));
}

}  // namespace
}  // namespace trex::trtexec
