// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/nsys.hpp"

#include <gtest/gtest.h>

#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

TEST(Nsys, AsksInTheWordsOfTheVersion) {
  const struct {
    std::optional<Version> version;
    const char* options;
  } cases[] = {
      {Version{8, 5}, "--nvtxMode=verbose --noDataTransfers"},
      {Version{8, 6}, "--profilingVerbosity=detailed --noDataTransfers"},
      {Version{10, 13}, "--profilingVerbosity=detailed --noDataTransfers"},
      {Version{11, 0}, "--profilingVerbosity=detailed"},
      {std::nullopt, "--profilingVerbosity=detailed --noDataTransfers"},
  };
  for (const auto& c : cases) {
    const NsysAdvice advice = nsys_advice("out/a b.engine", c.version, "{ForeignNode[x...y]}");
    ASSERT_EQ(advice.commands.size(), 2u);
    EXPECT_EQ(advice.commands[0],
              std::string("nsys profile --trace=cuda,nvtx --cuda-graph-trace=node "
                          "--capture-range=cudaProfilerApi '--output=a b.engine.trace' trtexec "
                          "'--loadEngine=out/a b.engine' ") +
                  c.options + " --iterations=20 --duration=0 --warmUp=0");
    EXPECT_EQ(advice.commands[1], "nsys stats --report nvtx_kern_sum 'a b.engine.trace.nsys-rep'");
    EXPECT_EQ(advice.ranges.back(), "{ForeignNode[x...y]}");
  }
}

}  // namespace
}  // namespace trex::trtexec
