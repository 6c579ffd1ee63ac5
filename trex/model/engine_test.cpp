// SPDX-License-Identifier: Apache-2.0
#include "trex/model/engine.hpp"

#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {
namespace {

Engine engine_of(std::string text, std::int64_t offset, std::int64_t length) {
  EngineBuilder builder;
  RawLayer raw;
  raw.name = "the name";
  raw.byte_offset = offset;
  raw.byte_length = length;
  builder.add_layer(raw);
  Engine engine = builder.finish();
  engine.graph_text = Bytes::from(std::move(text));
  return engine;
}

TEST(Attributes, TheLayersOwnJsonInItsOrder) {
  const std::string layer = R"({"Name":"a","Zeta":[1,2],"Alpha":{"x":null}})";
  const Engine engine = engine_of("[" + layer + "]", 1, static_cast<std::int64_t>(layer.size()));
  EXPECT_EQ(attributes(engine, 0).dump(), layer);
}

TEST(Attributes, OnlyTheNameWhereThereIsNoJson) {
  const char* expected = R"({"Name":"the name"})";
  EXPECT_EQ(attributes(engine_of("{}", null_integer, null_integer), 0).dump(), expected);
  EXPECT_EQ(attributes(engine_of("{}", 0, 0), 0).dump(), expected);
  EXPECT_EQ(attributes(engine_of("{}", -1, 2), 0).dump(), expected);
  EXPECT_EQ(attributes(engine_of("{}", 1, 2), 0).dump(), expected);
  EXPECT_EQ(attributes(engine_of("{}", 0, INT64_MAX), 0).dump(), expected);
  EXPECT_EQ(attributes(engine_of("{}", INT64_MAX, INT64_MAX), 0).dump(), expected);
  EXPECT_EQ(attributes(engine_of("\"just a name\"", 0, 13), 0).dump(), expected);
}

TEST(Attributes, InvalidUtf8IsMended) {
  EXPECT_EQ(attributes(engine_of("{\"a\":\"\xff\"}", 0, 9), 0).dump(), "{\"a\":\"\xef\xbf\xbd\"}");
}

TEST(Attributes, BrokenJsonIsAnError) {
  EXPECT_THROW(attributes(engine_of("{\"a\":", 0, 5), 0), Error);
}

TEST(FindLayer, TheFirstOfThatName) {
  const Engine engine = engine_text("a NoOp\nb NoOp\nb NoOp x:Half\n");
  EXPECT_EQ(find_layer(engine, "b"), Row{1});
  EXPECT_EQ(find_layer(engine, "x"), std::nullopt);  // a tensor's name
  EXPECT_EQ(find_layer(engine, "c"), std::nullopt);
}

TEST(Metadata, FindsBySectionAndKey) {
  Metadata metadata;
  metadata.entries.push_back({"build_options", "Precision", Json("FP32+FP16"), ""});
  metadata.latencies.push_back({"Latency", 1, 3, 2, 2, {}});
  ASSERT_NE(metadata.find("build_options", "Precision"), nullptr);
  EXPECT_EQ(*metadata.find("build_options", "Precision")->text(), "FP32+FP16");
  EXPECT_EQ(metadata.find("model_options", "Precision"), nullptr);
  ASSERT_NE(metadata.latency("Latency"), nullptr);
  EXPECT_EQ(metadata.latency("Latency")->max, 3);
  EXPECT_EQ(metadata.latency("H2D Latency"), nullptr);
}

}  // namespace
}  // namespace trex
