// Layers that are all shapes, and the work expected of them: for GEMM and attention.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "trex/analyze/test_engines.hpp"
#include "trex/analyze/work.hpp"

namespace trex::test {

inline constexpr std::int64_t unknown = null_integer;

struct ShapeCase {
  const char* what;
  std::vector<Shape> inputs;
  Shape output;
  std::int64_t macs = unknown, m = unknown, n = unknown, k = unknown, count = unknown;
  const char* reason = nullptr;
  std::vector<Shape> constants = {};
};

inline RawLayer layer_from(const ShapeCase& c, const char* layer_type, const char* parameter_type,
                           std::vector<std::string>& names) {
  RawLayer layer = layer_of("l", layer_type, parameter_type, {}, {});
  names.reserve(64);
  const auto name = [&] {
    return std::string_view(names.emplace_back(std::to_string(names.size())));
  };
  for (const Shape& shape : c.inputs) layer.inputs.push_back(tensor_of(name(), shape));
  for (const Shape& shape : c.constants) layer.constants.push_back(tensor_of(name(), shape));
  layer.outputs.push_back(tensor_of("out", c.output));
  return layer;
}

inline void expect_work(const Table& work, const ShapeCase& c, const char* kind) {
  EXPECT_EQ(work[work::kind][0], kind);
  EXPECT_EQ(work[work::macs][0].value_or(unknown), c.macs);
  EXPECT_EQ(work[work::m][0].value_or(unknown), c.m);
  EXPECT_EQ(work[work::n][0].value_or(unknown), c.n);
  EXPECT_EQ(work[work::k][0].value_or(unknown), c.k);
  EXPECT_EQ(work[work::gemm_count][0].value_or(unknown), c.count);
  if (c.reason != nullptr) {
    EXPECT_EQ(work[work::reason][0], c.reason);
  }
}

}  // namespace trex::test
