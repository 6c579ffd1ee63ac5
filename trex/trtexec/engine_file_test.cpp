// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/engine_file.hpp"

#include <gtest/gtest.h>

namespace trex::trtexec {
namespace {

std::string with_header(const std::string& json, std::string_view plan) {
  std::string file;
  for (std::size_t i = 0; i < 4; ++i) file += static_cast<char>(json.size() >> 8 * i & 0xFF);
  return file + json + std::string(plan);
}

TEST(EngineFile, FindsThePlanBehindAHeader) {
  const auto header = read_engine_header(with_header(R"({"task": "detect"})", "ftrt1234"));
  ASSERT_TRUE(header);
  EXPECT_EQ(header->json, R"({"task": "detect"})");
  EXPECT_EQ(header->size, 22u);
  // The length has more than one byte.
  const std::string names = "{\"names\": \"" + std::string(70000, 'x') + "\"}";
  ASSERT_TRUE(read_engine_header(with_header(names, "ftrt")));
  EXPECT_EQ(read_engine_header(with_header(names, "ftrt"))->size, names.size() + 4);
}

TEST(EngineFile, TakesNothingElseForAHeader) {
  for (const std::string& file :
       {std::string(), std::string("ftrt"), std::string("{\"Layers\": []}"),
        with_header("{broken", "ftrt"), with_header("[1]", "ftrt"),
        with_header("{}", "").substr(0, 5), std::string("\xff\xff\xff\x7f{}", 6),
        std::string("\xff\xff\xff\xff{}", 6)}) {
    EXPECT_FALSE(read_engine_header(file));
  }
}

TEST(EngineFile, TellsEnginesFromModels) {
  EXPECT_TRUE(is_engine_file("ftrt....", "model.onnx"));
  EXPECT_TRUE(is_engine_file("ptrt....", "x"));
  EXPECT_TRUE(is_engine_file("", "model.engine"));
  EXPECT_TRUE(is_engine_file("", "model.plan"));
  EXPECT_FALSE(is_engine_file("\x08\x07", "model.onnx"));
  EXPECT_FALSE(is_engine_file("", "MODEL.ONNX"));
}

}  // namespace
}  // namespace trex::trtexec
