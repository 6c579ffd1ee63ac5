// Of a huge timing file a report keeps the durations exactly, and of others everything.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/slim_timing.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "trex/load/timing.hpp"

namespace trex::report {
namespace {

constexpr std::size_t most = 2000;

std::string timing_file(std::size_t records) {
  std::string text = "[";
  for (std::size_t i = 0; i < records; ++i) {
    // Sums that no short decimal equals: they must come back to the last bit.
    const double compute = 0.1 * static_cast<double>(i % 977) + 0.2;
    text += fmt::format("{}{{\"startEnqMs\":{},\"latencyMs\":{},\"computeMs\":{},\"h2dMs\":{}}}",
                        i == 0 ? "" : ",", 0.7 * static_cast<double>(i), compute + 0.3, compute,
                        i == 5 ? "null" : "0.25");
  }
  return text + "]";
}

TEST(SlimTiming, KeepsDurationsToTheLastBitAndInOrder) {
  const Bytes whole = Bytes::from(timing_file(most + 1));
  const std::optional<SlimTiming> slim = slim_timing(whole, "x.timing.json", most);
  ASSERT_TRUE(slim.has_value());
  EXPECT_EQ(slim->records, most + 1);
  const Table before = load_timing(whole, "x").table;
  const Table after = load_timing(Bytes::from(slim->json), "x").table;
  EXPECT_TRUE(before.has(timing::start_enqueue_ms));
  EXPECT_FALSE(after.has(timing::start_enqueue_ms));
  EXPECT_EQ(after.column_count(), 3u);
  for (const Key<double>* key : {&timing::latency_ms, &timing::compute_ms}) {
    const auto a = before[*key].values(), b = after[*key].values();
    EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end())) << key->name;
  }
  EXPECT_FALSE(after[timing::h2d_ms][5].has_value());  // unknown stays so
  EXPECT_EQ(after[timing::h2d_ms][6], 0.25);
}

TEST(SlimTiming, LeavesAloneWhatIsSmallOrNoTimingFile) {
  EXPECT_FALSE(slim_timing(Bytes::from(timing_file(1000)), "x", most).has_value());
  EXPECT_FALSE(slim_timing(Bytes::from(timing_file(most)), "x", most).has_value());
  EXPECT_FALSE(slim_timing(Bytes::from(std::string(1 << 20, 'x')), "x", most).has_value());
  EXPECT_FALSE(slim_timing(Bytes::from(""), "x").has_value());
}

}  // namespace
}  // namespace trex::report
