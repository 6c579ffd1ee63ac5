// What a file is, by its first bytes.

// SPDX-License-Identifier: Apache-2.0

#include "trex/load/sniff.hpp"

#include <gtest/gtest.h>

namespace trex {
namespace {

using namespace std::string_literals;

TEST(Sniff, KnowsEveryKind) {
  struct Case {
    const char* what;
    std::string head;
    FileKind kind;
  };
  const Case cases[] = {
      {"graph", R"({"Layers": [{"Name": "a", "LayerType": "Reformat")", FileKind::graph},
      {"graph, Bindings first", R"({"Bindings": ["a"], "Layers": [])", FileKind::graph},
      {"graph, 11.x keys first", R"({"ProfilingVerbosity": "kDETAILED", "Layers": [)",
       FileKind::graph},
      {"graph without layers", R"({"Layers": [], "Bindings": []})", FileKind::graph},
      {"bare list of layers", R"([{"Name": "a", "LayerType": "x", "Inputs": []}])",
       FileKind::graph},
      {"records one after the other", R"({"Name": "a", "LayerType": "x"} {"Name": "b"})",
       FileKind::graph},
      {"records with marker lines", "--- Layer 0 ---\n{\"Name\": \"a\", \"LayerType\": \"x\"}",
       FileKind::graph},
      {"records with a line before each", "An engine\nLayer 0:\n{\"Name\": \"a\", \"Inputs\": []}",
       FileKind::graph},
      {"prose around a profile", "See\n{\"a\": 0.5}", FileKind::unknown},
      {"names only", R"({"Layers": ["a", "b"], "Bindings": ["x"]})", FileKind::names_only_graph},
      {"bare list of names", R"(["a", "b"])", FileKind::names_only_graph},
      {"profile", R"([ { "count" : 5 } , { "name" : "a", "timeMs" : 1)", FileKind::profile},
      {"profile, cut early", "[\n  { \"count\" : 5 }\n", FileKind::profile},
      {"profile of 7.x without count", R"([{"name":"a","timeMs":1,"averageMs":1}])",
       FileKind::profile},
      {"profile, quotes in the first name", R"([{"name":"a "b" c","timeMs":1,"averageMs":1}])",
       FileKind::profile},
      {"Torch-TensorRT", R"({"[CONV]-[x]": [[0.5, "2024"], [0.4, "2024"]]})",
       FileKind::torch_tensorrt_profile},
      {"name to ms", R"({"a": 0.5, "b": 1.25})", FileKind::torch_tensorrt_profile},
      {"timing", R"([{"startEnqMs" : 1, "endEnqMs" : 2)", FileKind::timing},
      {"timing of 7.x", R"([{"inMs":1,"latencyMs":1,"endToEndMs":2}])", FileKind::timing},
      {"metadata", R"({"model_options": {"Format": "ONNX"}})", FileKind::metadata},
      {"device metadata", R"([{"name": "T4", "MULTIPROCESSOR_COUNT": 40}])", FileKind::metadata},
      {"log", "&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec\n", FileKind::trtexec_log},
      {"log that begins with a date", "[05/08/2024-14:05:14] [I] a\n[05/08/2024-14:05:14] [I] b\n",
       FileKind::trtexec_log},
      {"log after other output", "Loading...\n[I] [TRT] a\n[W] [TRT] b\n", FileKind::trtexec_log},
      {"log of PowerShell", "\xff\xfe[\0I\0]\0 \0[\0T\0R\0T\0]\0 \0a\0\n\0"s,
       FileKind::trtexec_log},
      {"ONNX", "\x08\x07\x12\x07pytorch\x1a\x05"s, FileKind::onnx},
      {"plan", "ftrt\0\0\0\0\x01\0\0\0\0\0\0\0"s, FileKind::serialized_engine},
      {"older plan", "ptrt\x02\0\0\0\0\0\0\0\0\0\0\0"s, FileKind::serialized_engine},
      {"plan behind JSON", "\x10\0\0\0{\"stride\": 32  }ftrt\0\0\0\0\0\0\0\0"s,
       FileKind::serialized_engine},
      {"plan behind JSON longer than the head", "\0\0\x02\0{\"description\": \"Ultra"s,
       FileKind::serialized_engine},
      {"zip", "PK\x03\x04\x14\0\0\0"s, FileKind::archive},
      {"process info", R"({"trex_process": 1})", FileKind::process_info},
      {"byte-order mark", "\xef\xbb\xbf{\"Layers\": [{\"Name\": \"a\"}]}", FileKind::graph},
      {"nothing", "", FileKind::empty},
      {"spaces", " \r\n\t", FileKind::empty},
      {"words", "hello world", FileKind::unknown},
      {"other JSON", R"({"version": 3, "name": "x"})", FileKind::unknown},
      {"whole numbers are no times", R"({"width": 3, "height": 4})", FileKind::unknown},
      {"empty list", "[]", FileKind::unknown},
      {"empty object", "{}", FileKind::unknown},
      {"list of numbers", "[1, 2, 3]", FileKind::unknown},
      {"binary",
       "\x7f"
       "ELF\x02\x01\x01\0"s,
       FileKind::unknown},
      {"the word ftrt", "ftrt is a word here", FileKind::unknown},
      {"deep", std::string(60000, '['), FileKind::unknown},
      {"deep objects",
       [] {
         std::string text;
         for (int i = 0; i < 9000; ++i) text += "{\"a\":";
         return text;
       }(),
       FileKind::unknown},
      {"an open string", "{\"Layers", FileKind::unknown},
      {"a backslash at the end", "{\"a\\", FileKind::unknown},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(file_kind_name(sniff(c.head)), file_kind_name(c.kind));
  }
}

}  // namespace
}  // namespace trex
