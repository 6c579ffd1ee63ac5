// TREx's own results on an engine, beside the engine as we load it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "trex/base/file.hpp"
#include "trex/base/json.hpp"
#include "trex/load/load.hpp"

namespace trex::test {

inline std::string shared_path(const std::string& path) {
  return std::string(TREX_SOURCE_DIR "/../shared/") + path;
}

// The engine of a graph file with all files beside it.
inline Engine load_with_siblings(const std::string& graph) {
  return load_engine(find_engine_files({graph}, {}).at(0));
}

struct Golden {
  Json trex;               // what TREx 0.2.1 computes
  Engine engine;           // what we load
  std::vector<Row> shown;  // rows of the layers that are shown by default
};

struct GoldenName {
  const char* golden;
  const char* graph;
};
inline constexpr GoldenName golden_names[] = {
    {"goldens/tests_mobilenet.qat.json", "corpus/trex-tests/mobilenet.qat.onnx.engine.graph.json"},
    {"goldens/tests_mobilenet_v2_residuals.qat.json",
     "corpus/trex-tests/mobilenet_v2_residuals.qat.onnx.engine.graph.json"},
};

inline bool has_golden(const GoldenName& name) {
  return file_exists(shared_path(name.golden)) && file_exists(shared_path(name.graph));
}

inline Golden load_golden(const GoldenName& name) {
  const std::string path = shared_path(name.golden);
  const Bytes text = read_file(path);
  Golden golden{parse_json(text.view(), path), load_with_siblings(shared_path(name.graph)), {}};
  const auto hidden = golden.engine.layers[layer::hidden];
  for (Row row = 0; row < golden.engine.layer_count(); ++row) {
    if (!hidden.is_true(row)) golden.shown.push_back(row);
  }
  return golden;
}

// Accessors that fail loudly: a golden without the key is a broken test.
inline const Json& at(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  if (found == nullptr) throw std::out_of_range(std::string(key));
  return *found;
}
inline const Json::Array& rows_of(const Json& json, std::string_view key) {
  return *at(json, key).array();
}
inline std::int64_t integer_at(const Json& json, std::string_view key) {
  return std::llround(at(json, key).number().value());
}
inline double real_at(const Json& json, std::string_view key) {
  return at(json, key).number().value();
}
inline const std::string& text_at(const Json& json, std::string_view key) {
  return *at(json, key).text();
}

inline void expect_close(double actual, double expected, double relative = 1e-9) {
  EXPECT_NEAR(actual, expected, relative * std::abs(expected));
}

// Both goldens, one after the other, each loaded once; skipped where the shared folder is not
// there.
class GoldenTest : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    static std::unique_ptr<const Golden> loaded[std::size(golden_names)];
    const std::size_t i = static_cast<std::size_t>(GetParam());
    if (!has_golden(golden_names[i])) GTEST_SKIP() << "no " << shared_path(golden_names[i].golden);
    if (!loaded[i]) loaded[i] = std::make_unique<const Golden>(load_golden(golden_names[i]));
    golden_ = loaded[i].get();
  }
  const Engine& engine() const { return golden_->engine; }
  const Json& trex() const { return golden_->trex; }
  const std::vector<Row>& shown() const { return golden_->shown; }

 private:
  const Golden* golden_ = nullptr;
};

}  // namespace trex::test
