// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "tests/support/lint_messages.hpp"

namespace trex::lint::other_gpu_test {
namespace {

using test::messages;
using test::Messages;

TEST(OtherGpu, ComparesBuildAndRun) {
  const auto run = [](std::string built, std::string ran, std::string built_with,
                      std::string ran_with) {
    Engine engine = engine_text("a Convolution x:Half -> y:Half\n");
    engine.build_metadata.entries.push_back(
        {"device_information", "Selected Device", Json(std::move(built)), "b"});
    engine.profile_metadata.entries.push_back(
        {"device_information", "Selected Device", Json(std::move(ran)), "p"});
    engine.build_metadata.tensorrt_version = std::move(built_with);
    engine.profile_metadata.tensorrt_version = std::move(ran_with);
    return messages("other-gpu", engine);
  };
  EXPECT_EQ(run("A100", "T4", "8.6.1", "8.6.1"), Messages{"built on 'A100' but profiled on 'T4'"});
  EXPECT_EQ(run("T4", "T4", "8.6.1", "10.0.0"),
            Messages{"built with TensorRT '8.6.1' but profiled with TensorRT '10.0.0'"});
  EXPECT_TRUE(run("T4", "T4", "8.6.1", "8.6.1").empty());
  EXPECT_TRUE(run("", "T4", "", "8.6.1").empty());  // unknown is not different
}

}  // namespace
}  // namespace trex::lint::other_gpu_test
