// Which activations live when, on engines of a few layers, added up by hand.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/memory.hpp"

#include <gtest/gtest.h>

#include "trex/analyze/test_engines.hpp"

namespace trex {
namespace {

using test::binding_of;
using test::layer_of;
using test::tensor_of;
using Values = std::vector<std::int64_t>;

// FP16, linear: 2 bytes a value.
RawTensor values(std::string_view name, std::int64_t count) { return tensor_of(name, {1, count}); }

Values column(const Table& table, const Key<std::int64_t>& key) {
  const auto view = table[key].values();
  return {view.begin(), view.end()};
}

TEST(ActivationMemory, LivesFromFirstWriteToLastRead) {
  // x (200 B) -> a (20) -> b (40) -> y (60, from a and b)
  const Engine engine = test::engine_of(
      {layer_of("0", "A", "", {values("x", 100)}, {values("a", 10)}),
       layer_of("1", "A", "", {values("a", 10)}, {values("b", 20)}),
       layer_of("2", "A", "", {values("a", 10), values("b", 20)}, {values("y", 30)}),
       layer_of("3", "A", "", {values("b", 20)}, {values("z", 1)})},
      {binding_of("x"), binding_of("y"), binding_of("z")});
  const ActivationMemory memory = activation_memory(engine);
  // step 0: x a; 1: a b; 2: a b y; 3: b y z
  EXPECT_EQ(column(memory.steps, memory::live_bytes), (Values{220, 60, 120, 102}));
  EXPECT_EQ(column(memory.steps, memory::born_bytes), (Values{220, 40, 60, 2}));
  EXPECT_EQ(column(memory.steps, memory::freed_bytes), (Values{200, 0, 20, 102}));
  EXPECT_EQ(memory.total_bytes, 322);
  EXPECT_EQ(memory.peak_bytes, 220);
  EXPECT_EQ(memory.peak_layer, 0u);
  EXPECT_EQ(memory.unknown_regions, 0);
  EXPECT_FALSE(memory.lower_bound);
  EXPECT_EQ(memory.constant_bytes, std::nullopt);
}

TEST(ActivationMemory, TakesEndsForBindingsWhereNoneAreListed) {
  // x (200 B) -> a (20) -> z (2), and y (60): TensorRT 8.2.0 lists no bindings
  const Engine engine =
      test::engine_of({layer_of("0", "A", "", {values("x", 100)}, {values("y", 30)}),
                       layer_of("1", "A", "", {values("x", 100)}, {values("a", 10)}),
                       layer_of("2", "A", "", {values("a", 10)}, {values("z", 1)})},
                      {});
  const ActivationMemory memory = activation_memory(engine);
  // step 0: x y; 1: x y a; 2: y a z
  EXPECT_EQ(column(memory.steps, memory::live_bytes), (Values{260, 280, 82}));
  EXPECT_EQ(memory.total_bytes, 282);
  EXPECT_EQ(memory.constant_bytes, std::nullopt);
}

TEST(ActivationMemory, TakesTheWidestViewOfAConcat) {
  // two producers of 10 values each state their slice; the reader states all 20
  const Engine engine = test::engine_of(
      {layer_of("0", "A", "", {}, {values("c", 10)}), layer_of("1", "A", "", {}, {values("c", 10)}),
       layer_of("2", "A", "", {values("c", 20)}, {values("y", 1)})},
      {binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(memory.total_bytes, 42);
  EXPECT_EQ(column(memory.steps, memory::live_bytes), (Values{40, 40, 42}));
}

TEST(ActivationMemory, CountsScratchUsedAgainOnceAtATime) {
  // s is written, read, written again, read: two generations that never live together
  const Engine engine =
      test::engine_of({layer_of("0", "A", "", {}, {values("s", 50)}),
                       layer_of("1", "A", "", {values("s", 50)}, {values("a", 5)}),
                       layer_of("2", "A", "", {values("a", 5)}, {values("s", 50)}),
                       layer_of("3", "A", "", {values("s", 50)}, {values("y", 5)})},
                      {binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(memory.total_bytes, 220);  // s twice, a, y
  EXPECT_EQ(column(memory.steps, memory::live_bytes), (Values{100, 110, 110, 110}));
  EXPECT_EQ(memory.peak_layer, 1u);
}

TEST(ActivationMemory, WrittenInPlaceIsOneBuffer) {
  const Engine engine =
      test::engine_of({layer_of("0", "A", "", {}, {values("s", 50)}),
                       layer_of("1", "A", "", {values("s", 50)}, {values("s", 50)}),
                       layer_of("2", "A", "", {values("s", 50)}, {values("y", 5)})},
                      {binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(column(memory.steps, memory::live_bytes), (Values{100, 100, 110}));
  EXPECT_EQ(memory.peak_bytes, 110);
}

TEST(ActivationMemory, LeavesOutConstants) {
  const Engine engine = test::engine_of(
      {layer_of("c", "Constant", "Constant", {}, {values("w", 1000)}),
       layer_of("0", "A", "", {values("x", 10), values("w", 1000), values("k", 500)},
                {values("y", 10)})},
      {binding_of("x"), binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(memory.total_bytes, 40);
  EXPECT_EQ(memory.peak_bytes, 40);
  EXPECT_EQ(memory.constant_bytes, 1000);  // k: read, never written, no input of the engine
}

TEST(ActivationMemory, OfUnknownSizeIsALowerBound) {
  const Engine engine =
      test::engine_of({layer_of("0", "A", "", {values("x", 10)}, {tensor_of("d", {-1, 10})}),
                       layer_of("1", "A", "", {tensor_of("d", {-1, 10})}, {values("y", 10)})},
                      {binding_of("x"), binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(memory.unknown_regions, 1);
  EXPECT_TRUE(memory.lower_bound);
  EXPECT_EQ(memory.total_bytes, 40);

  const Engine half = test::engine_of({layer_of("0", "kgen", "", {tensor_of("x", {1, 10}, "Half")},
                                                {tensor_of("y", {1, 10}, "Half")})},
                                      {binding_of("x"), binding_of("y")});
  const ActivationMemory loose = activation_memory(half);
  EXPECT_EQ(loose.unknown_regions, 0);
  EXPECT_TRUE(loose.lower_bound);  // no layout, so padding is not known
  EXPECT_EQ(loose.total_bytes, 40);
}

TEST(ActivationMemory, WithoutTensorsIsUnknown) {
  for (const Engine& engine :
       {test::engine_of({}), test::engine_of({layer_of("0", "A", "", {}, {})})}) {
    const ActivationMemory memory = activation_memory(engine);
    EXPECT_EQ(memory.total_bytes, std::nullopt);
    EXPECT_EQ(memory.peak_bytes, std::nullopt);
    EXPECT_EQ(memory.peak_layer, std::nullopt);
    EXPECT_EQ(memory.steps.row_count(), engine.layer_count());
    for (Row row = 0; row < engine.layer_count(); ++row) {
      EXPECT_FALSE(memory.steps[memory::live_bytes][row]);
    }
  }
}

TEST(ActivationMemory, PastSixtyFourBitsIsUnknown) {
  const std::int64_t huge = std::int64_t{1} << 61;  // 2^62 bytes each
  const Engine engine = test::engine_of(
      {layer_of("0", "A", "", {values("x", huge), values("x2", huge)}, {values("y", 1)})},
      {binding_of("x"), binding_of("x2"), binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  EXPECT_EQ(memory.total_bytes, std::nullopt);
  EXPECT_EQ(memory.peak_bytes, std::nullopt);
  EXPECT_FALSE(memory.steps[memory::live_bytes][0]);
}

TEST(ActivationMemory, OfALoopLivesOverTheWholeLoop) {
  // "r" is read at 1, but written only at 2: it is carried into the next turn
  const Engine engine = test::engine_of(
      {layer_of("0", "A", "", {values("x", 10)}, {values("a", 10)}),
       layer_of("1", "A", "", {values("a", 10), values("r", 100)}, {values("b", 10)}),
       layer_of("2", "A", "", {values("b", 10)}, {values("r", 100)}),
       layer_of("3", "A", "", {values("b", 10)}, {values("y", 10)})},
      {binding_of("x"), binding_of("y")});
  const ActivationMemory memory = activation_memory(engine);
  // 0: x a; 1: a r b; 2: r b; 3: b y
  EXPECT_EQ(column(memory.steps, memory::live_bytes), (Values{40, 240, 220, 40}));
}

TEST(ActivationMemory, PartlyWrittenAgainStaysLive) {
  // c is filled by halves; after the first read only one half is written anew, so the other lives
  // on
  const Engine engine = test::engine_of(
      {layer_of("0", "A", "", {}, {values("c", 10)}), layer_of("1", "A", "", {}, {values("c", 10)}),
       layer_of("2", "A", "", {values("c", 20)}, {values("a", 1)}),
       layer_of("3", "A", "", {values("a", 1)}, {values("b", 1)}),
       layer_of("4", "A", "", {values("b", 1)}, {values("c", 10)}),
       layer_of("5", "A", "", {values("c", 20)}, {values("y", 1)})},
      {binding_of("y")});
  EXPECT_EQ(column(activation_memory(engine).steps, memory::live_bytes),
            (Values{40, 40, 42, 44, 42, 42}));
}

}  // namespace
}  // namespace trex
