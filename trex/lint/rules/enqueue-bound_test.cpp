// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/lint_messages.hpp"

namespace trex::lint::enqueue_bound_test {
namespace {

using test::messages;
using test::Messages;

TEST(EnqueueBound, ComparesTheLogsMedians) {
  const auto run = [](double enqueue, double compute) {
    Engine engine = engine_text("a Convolution x:Half -> y:Half\n");
    engine.profile_metadata.entries.push_back({"inference_options", "Batch", Json("1"), "log"});
    LatencySummary e{.name = "Enqueue Time"};
    e.median = enqueue;
    LatencySummary g{.name = "GPU Compute Time"};
    g.median = compute;
    engine.profile_metadata.latencies = {e, g};
    return messages("enqueue-bound", engine);
  };
  EXPECT_EQ(run(0.95, 1), Messages{"enqueueing takes 0.95 ms of CPU for 1 ms of GPU: the launches "
                                   "limit the throughput"});
  EXPECT_TRUE(run(0.5, 1).empty());
  EXPECT_TRUE(run(null_real, 1).empty());
  EXPECT_TRUE(run(1, 0).empty());
}

}  // namespace
}  // namespace trex::lint::enqueue_bound_test
