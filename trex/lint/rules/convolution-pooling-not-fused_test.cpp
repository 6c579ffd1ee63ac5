// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/support/lint_messages.hpp"
#include "trex/load/plan.hpp"

namespace trex::lint::convolution_pooling_not_fused_test {
namespace {

using test::messages;
using test::Messages;

// Pooling's window is an attribute of the file, so this one needs a file.
Messages of_window(const std::string& window, const std::string& type) {
  const auto tensor = [](const std::string& name, const std::string& t) {
    return R"([{"Name":")" + name + R"(","Dimensions":[1,8,8,8],"Format/Datatype":")" + t +
           R"("}])";
  };
  const std::string text =
      R"({"Layers":[{"Name":"c","LayerType":"CaskConvolution","ParameterType":"Convolution","Inputs":)" +
      tensor("x", "Half") + R"(,"Outputs":)" + tensor("y", "Half") +
      R"(},{"Name":"p","LayerType":"CaskPooling","ParameterType":"Pooling","WindowSize":)" +
      window + R"(,"Inputs":)" + tensor("y", "Half") + R"(,"Outputs":)" + tensor("z", type) +
      R"(}],"Bindings":["x","z"]})";
  return messages("convolution-pooling-not-fused",
                  load_plan(Bytes::from(text), "plan.json", std::nullopt));
}

TEST(ConvolutionPoolingNotFused, FiresOnSmallWindowsInOnePrecision) {
  EXPECT_EQ(of_window("[3,3]", "Half"), Messages{"'p' did not fuse into 'c'"});
  EXPECT_TRUE(of_window("[8,8]", "Half").empty());   // global
  EXPECT_TRUE(of_window("[1,1]", "Half").empty());   // nothing to pool
  EXPECT_TRUE(of_window("[3,3]", "Float").empty());  // precisions differ
  EXPECT_TRUE(of_window("\"wide\"", "Half").empty());
}

}  // namespace
}  // namespace trex::lint::convolution_pooling_not_fused_test
