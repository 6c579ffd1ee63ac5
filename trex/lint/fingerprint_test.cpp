// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/fingerprint.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"

namespace trex::lint {
namespace {

constexpr std::string_view reformats =
    "r1 Reformat x:Float[1x8x4x4] -> y:Half[1x8x4x4] @0.25\n"
    "c Convolution y:Half[1x8x4x4] -> z:Half[1x8x4x4] kernel=1x1 maps=8 @0.75\n"
    "r2 Reformat z:Half[1x8x4x4] -> w:Float[1x8x4x4] @0.25\n";

Finding finding(std::string_view rule, std::vector<Row> layers,
                std::vector<std::string> source_ops = {}) {
  Finding result;
  result.rule = rule;
  result.layers = std::move(layers);
  result.source_ops = std::move(source_ops);
  return result;
}

std::string one(const Engine& engine, const Finding& f) { return fingerprints(engine, {f})[0]; }

TEST(Fingerprint, OfSourceOpsNeitherNamesNorOrderMatter) {
  const Engine engine = engine_text(reformats);
  const std::string print = one(engine, finding("r", {0}, {"a", "b"}));
  EXPECT_EQ(print.size(), 16u);
  EXPECT_EQ(print, one(engine, finding("r", {1, 2}, {"b", "a"})));
  EXPECT_EQ(print, one(engine, finding("r", {0}, {"b", "a", "a"})));
  EXPECT_NE(print, one(engine, finding("s", {0}, {"a", "b"})));
  EXPECT_NE(print, one(engine, finding("r", {0}, {"a"})));
  EXPECT_NE(print, one(engine, finding("r", {0}, {"ab"})));
}

TEST(Fingerprint, IsTheSameInEveryRelease) {
  // FNV-1a of "r" 0xff "a" 0xff: baselines in people's repositories hold such figures.
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const unsigned char c : {'r', '\xff', 'a', '\xff'}) hash = (hash ^ c) * 0x100000001b3u;
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  EXPECT_EQ(one(engine_text(reformats), finding("r", {0}, {"a"})), text);
}

TEST(Fingerprint, WithoutSourceOpsIsOfTypesAndShapes) {
  const Engine engine = engine_text(reformats);
  const Engine renamed = engine_text(
      "other Reformat in:Float[1x8x4x4] -> out:Half[1x8x4x4] @9\n"
      "larger Reformat in:Float[2x8x4x4] -> out2:Half[2x8x4x4] @9\n");
  EXPECT_EQ(one(engine, finding("r", {0})), one(renamed, finding("r", {0})));
  EXPECT_NE(one(engine, finding("r", {0})), one(renamed, finding("r", {1})));
  EXPECT_NE(one(engine, finding("r", {0})), one(engine, finding("r", {2})));
}

TEST(Fingerprint, NumbersTwinsInTheOrderOfTheirLayers) {
  const Engine engine = engine_text(reformats);
  const std::vector<std::string> prints = fingerprints(
      engine, {finding("r", {2}, {"a"}), finding("r", {0}, {"a"}), finding("s", {1}, {"a"})});
  EXPECT_EQ(prints[0], prints[1] + "-2");
  EXPECT_EQ(prints[1].size(), 16u);
}

}  // namespace
}  // namespace trex::lint
