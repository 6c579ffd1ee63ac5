// The story of the samples: what the residual branches cost, and that Q/DQ on them removes it.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "trex/lint/lint.hpp"
#include "trex/lint/reformat_reason.hpp"
#include "trex/load/load.hpp"
#include "trex/sample/sample.hpp"

namespace trex::lint {
namespace {

using Counts = std::map<std::string, int>;

// Visible Reformats of a sample by reason, those a float residual causes apart.
Counts reasons_of(const std::string& name) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / ("reformat_samples_" + name);
  sample::Options options;
  options.directory = folder.string();
  options.only = {name};
  options.records = 10;
  options.force = true;
  sample::write_samples(options);
  const auto files =
      find_engine_files({(folder / (name + ".onnx.engine.graph.json")).string()}, {});
  const Engine engine = load_engine(files.at(0));
  std::filesystem::remove_all(folder);
  const Thresholds thresholds;
  const Context c(engine, thresholds);
  Counts counts;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    const ReformatReason reason = reformat_reason(c, row);
    ++counts[std::string(cause_title(reason.cause)) +
             (reason.residual == no_row ? "" : " (float residual)")];
  }
  return counts;
}

TEST(ReformatSamples, TheResidualBranchesAreTheCause) {
  // 1 of the input, 8 behind or beside a float residual, the residual operand itself, the global
  // pool's layout and the Quantize behind it: 12.
  EXPECT_EQ(reasons_of("resnet18.qat"), (Counts{{"Q/DQ", 2},
                                                {"Q/DQ (float residual)", 8},
                                                {"kernel constraint", 1},
                                                {"precision boundary (float residual)", 1}}));
}

TEST(ReformatSamples, QuantizedResidualsLeaveTheInputsOnly) {
  EXPECT_EQ(reasons_of("resnet18.qat-residual-gap"), (Counts{{"Q/DQ", 1}}));
}

}  // namespace
}  // namespace trex::lint
