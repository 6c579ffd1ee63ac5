// A folder of small files that is gone after the test.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "trex/base/file.hpp"

namespace trex::test {

inline constexpr const char* graph_text =
    R"({"Layers":[{"Name":"a","LayerType":"Convolution","Inputs":[],"Outputs":[]},)"
    R"({"Name":"b","LayerType":"Reformat","Inputs":[],"Outputs":[]}],"Bindings":[]})";
inline constexpr const char* names_text = R"({"Layers":["a","b"],"Bindings":["x"]})";
inline constexpr const char* profile_text =
    R"([{"count":10},{"name":"a","timeMs":30,"averageMs":3,"medianMs":2},)"
    R"({"name":"b","timeMs":10,"averageMs":1,"medianMs":1}])";
inline constexpr const char* timing_text = R"([{"latencyMs":1},{"latencyMs":3}])";
inline constexpr const char* profile_metadata_text =
    R"({"performance_summary":{"Throughput":5},"device_information":{"Selected Device":"T4"}})";
inline constexpr const char* build_metadata_text = R"({"build_options":{"Precision":"FP16"}})";
inline constexpr const char* build_log_text =
    "[I] === Build Options ===\n[I] Precision: INT8\n[I] Engine built in 2 sec.\n"
    "[I] [TRT] [DlaLayer] a\n";
inline constexpr const char* profile_log_text =
    "[I] === Performance summary ===\n[I] Throughput: 7 qps\n"
    "[I] Latency: min = 1 ms, max = 3 ms, mean = 2 ms, median = 2 ms\n";
inline const std::string plan_text("ftrt\0\0\0\0\0\0\0\0\0\0\0\0", 16);
inline const std::string onnx_text("\x08\x07\x12\x07pytorch", 11);

class TestFolder {
 public:
  TestFolder() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    path_ = testing::TempDir() + "trex_" + info->test_suite_name() + "_" + info->name();
    std::filesystem::remove_all(path_);
    make_directories(path_);
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, std::string_view text) const {
    const std::string path = *this / name;
    make_directories(directory_of(path));
    write_file(path, text);
    return path;
  }
  // Without the folder's own path, to compare with short names.
  std::string shorten(std::string text) const {
    for (std::size_t at = text.find(path_); at != std::string::npos; at = text.find(path_)) {
      const bool inside = at + path_.size() < text.size() && text[at + path_.size()] == '/';
      text.replace(at, path_.size() + (inside ? 1 : 0), inside ? "" : "DIR");
    }
    return text;
  }

 private:
  std::string path_;
};

}  // namespace trex::test
