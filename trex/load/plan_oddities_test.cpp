// Plan graphs with something wrong in them: what is kept, and what is said of it.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "trex/load/plan_test.hpp"

namespace trex {
namespace {

TEST(Plan, NotesWhatIsOddAndKeepsTheLayer) {
  const struct {
    const char* what;
    const char* fields;  // of layer "a"
    Strings notes, tensors;
  } cases[] = {
      {"numbers as text",
       R"("StreamId": "3", "Inputs": [{"Name": "x", "Dimensions": ["1", "3.0"]}])",
       {"/Layers/0/StreamId: a number written as text; it is read as one (3 times, here first)"},
       {"input x  1x3"}},
      {"reals that are whole",
       R"("StreamId": 3.0, "Inputs": [{"Name": "x", "Dimensions": [1e2]}])",
       {"/Layers/0/StreamId: a whole number written as a real; it is read as one (2 times, here "
        "first)"},
       {"input x  100"}},
      {"numbers that are not whole or too large",
       R"("StreamId": 1.5, "Inputs": [{"Name": "x", "Dimensions": [18446744073709551615]},
          {"Name": "y", "Dimensions": [123456789012345678901234567890]}])",
       {"/Layers/0/StreamId: expected a whole number of 64 bits; it is left out (3 times, here "
        "first)"},
       {"input x  ?", "input y  ?"}},
      {"a negative count",
       R"("Weights": {"Type": "Half", "Count": -5}, "Kernel": [1], "OutMaps": -1)",
       {"/Layers/0/Weights/Count: a negative count; it is left out (2 times, here first)"},
       {}},
      {"null is not known, and no oddity",
       R"("StreamId": null, "Inputs": null, "TacticName": null, "Kernel": null, "Weights": null)",
       {},
       {}},
      {"fields of the wrong type",
       R"("LayerType": ["x"], "Kernel": "3x3", "HasResidual": "maybe")",
       {"/Layers/0/LayerType: expected text, got a list; it is left out (3 times, here first)"},
       {}},
      {"a number for text",
       R"("TacticValue": 123)",
       {"/Layers/0/TacticValue: expected text, got a number; kept as text"},
       {}},
      {"Inputs is text",
       R"("Inputs": "x", "Outputs": [{"Name": "y"}])",
       {"/Layers/0/Inputs: expected a list of tensors, got text; it is left out"},
       {"output y  ?"}},
      {"Inputs is one tensor",
       R"("Inputs": {"Name": "x", "Dimensions": [2]})",
       {"/Layers/0/Inputs: expected a list of tensors, got an object; read as its only tensor"},
       {"input x  2"}},
      {"tensors as names",
       R"("Inputs": ["x", "y"])",
       {"/Layers/0/Inputs/0: expected a tensor (an object), got text; read as its name (2 times, "
        "here first)"},
       {"input x  ?", "input y  ?"}},
      {"a tensor that is none",
       R"("Inputs": [{"Name": "x"}, 5])",
       {"/Layers/0/Inputs/1: expected a tensor (an object), got a number; it is left out"},
       {"input x  ?"}},
      {"a tensor without a name",
       R"("Inputs": [{"Dimensions": [2]}, {"Name": "x"}])",
       {"/Layers/0/Inputs/0: a tensor without a name; it is left out"},
       {"input x  ?"}},
      {"dimensions that are none",
       R"("Inputs": [{"Name": "x", "Dimensions": "1x3"}, {"Name": "y", "Dimensions": [[1]]},
          {"Name": "z", "Dimensions": []}])",
       {"/Layers/0/Inputs/0/Dimensions: expected a list of numbers, got text; it is left out (2 "
        "times, here first)"},
       {"input x  ?", "input y  ?", "input z  "}},
      {"a dimension below -1",
       R"("Inputs": [{"Name": "x", "Dimensions": [-2, -1]}])",
       {"/Layers/0/Inputs/0/Dimensions: a dimension below -1, which means nothing; its bytes are "
        "not known"},
       {"input x  -2x-1"}},
      {"a key twice",
       R"("LayerType": "p", "LayerType": "q", "New": 1, "New": 2, "Weights":
          {"Type": "Half", "Count": 1}, "Weights": {"Type": "Half", "Count": 2})",
       {"/Layers/0/LayerType: the object has this key twice; the last one counts (3 times, here "
        "first)"},
       {}},
      {"a tensor's key twice",
       R"("Inputs": [{"Name": "x", "Name": "y"}])",
       {"/Layers/0/Inputs/0/Name: the object has this key twice; the last one counts"},
       {"input y  ?"}},
      {"eight kernel dimensions, nine strides",
       R"("Kernel": [1,1,1,1,1,1,1,1], "Stride": [1,1,1,1,1,1,1,1,1])",
       {"/Layers/0/Stride: expected at most 8 numbers of 1 or more; it is left out"},
       {}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = load(std::string(R"({"Layers": [{"Name": "a", )") + c.fields + "}]}");
    EXPECT_EQ(names_of(engine), Strings{"a"});
    EXPECT_EQ(notes_of(engine), c.notes);
    EXPECT_EQ(tensors_of(engine, 0), c.tensors);
  }
}

TEST(Plan, TheLastOfSeveralValuesCounts) {
  const Engine engine = load(R"({"Layers": [{"Name": "a", "Name": "b", "Inputs": [{"Name": "x"}],
    "Inputs": [{"Name": "y"}], "W": {"Type": "Half", "Count": 1}, "B": {"Type": "Half", "Count": 3},
    "W": {"Type": "Half", "Count": 2}}]})");
  EXPECT_EQ(names_of(engine), Strings{"b"});
  EXPECT_EQ(tensors_of(engine, 0), Strings{"input y  ?"});
  ASSERT_EQ(engine.weights_of(0).size(), 2u);
  EXPECT_EQ(engine.weights_of(0)[0].count, 3);
  EXPECT_EQ(engine.weights_of(0)[1].count, 2);
}

TEST(Plan, NotesOddLayers) {
  const struct {
    const char* what;
    const char* layers;
    Strings names, notes;
    std::vector<std::int64_t> indices;
  } cases[] = {
      {"not a layer",
       R"(["a", 5, null, ["b"], "c"])",
       {"a", "c"},
       {"/Layers/1: expected a layer (an object or a name), got a number; it is left out (3 times, "
        "here first)"},
       {0, 4}},
      {"no field of a layer",
       R"([{}, {"x": 1}, "c"])",
       {"c"},
       {"/Layers/0: no field of a layer in it; it is left out (2 times, here first)"},
       {2}},
      {"no name", R"([{"LayerType": "NoOp"}])", {""}, {"/Layers/0: a layer without a name"}, {0}},
      {"repeated names",
       R"(["a", "b", "a", "a", "b"])",
       {"a", "b", "a", "a", "b"},
       {"/Layers/2: 'a' is the name of an earlier layer, too (3 such layers, here first)"},
       {0, 1, 2, 3, 4}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = load(std::string(R"({"Layers": )") + c.layers + "}");
    EXPECT_EQ(names_of(engine), c.names);
    EXPECT_EQ(notes_of(engine), c.notes);
    for (Row row = 0; row < engine.layer_count(); ++row) {
      EXPECT_EQ(engine.layers[layer::index][row], c.indices[row]);
    }
  }
}

TEST(Plan, LocatesEachLayersText) {
  const std::string mark = "\xEF\xBB\xBF";
  const std::string text =
      mark + "{\"Layers\": [ {\"Name\":\"a\",\n\"X\":[{}]}  ,\"n\",{\"Name\":\"b\"}\n]}";
  const Engine engine = load(text);
  ASSERT_EQ(engine.layer_count(), 3u);
  const auto text_of = [&](Row row) {
    return engine.graph_text.view().substr(
        static_cast<std::size_t>(engine.layers[layer::byte_offset][row].value_or(0)),
        static_cast<std::size_t>(engine.layers[layer::byte_length][row].value_or(0)));
  };
  EXPECT_EQ(text_of(0), "{\"Name\":\"a\",\n\"X\":[{}]}");
  EXPECT_EQ(engine.layers[layer::byte_offset][1], std::nullopt);
  EXPECT_EQ(text_of(2), "{\"Name\":\"b\"}");
  EXPECT_EQ(load(" {\"Name\":\"a\"} ").layers[layer::byte_offset][0], 1);
  EXPECT_EQ(load(" {\"Name\":\"a\"} ").layers[layer::byte_length][0], 12);
}

TEST(Plan, MendsDamage) {
  const struct {
    const char* what;
    std::string text;
    Strings names, notes;
  } cases[] = {
      {"8.6 EA wrote separators raw",
       "{\"Layers\": [\"a\x1e"
       "b\"]}",
       {"a\x1e"
        "b"},
       {"line 1, column 15: a raw control byte (0x1e) in a string; kept"}},
      {"a quote",
       R"({"Layers": [{"Name": "say "hi"", "LayerType": "NoOp"}]})",
       {"say \"hi\""},
       {"line 1, column 27: a quote inside a string, not escaped; kept (2 times, here first)"}},
      {"a lone surrogate",
       R"({"Layers": ["\ud83d"]})",
       {"\xEF\xBF\xBD"},
       {"line 1, column 14: half of a surrogate pair; read as U+FFFD"}},
      {"NaN in a field nobody reads",
       R"({"Layers": [{"Name": "a", "Alpha": NaN}]})",
       {"a"},
       {"line 1, column 36: 'NaN', which is no JSON; read as unknown (null)"}},
      {"a comma left over",
       R"({"Layers": ["a",]})",
       {"a"},
       {"line 1, column 17: a comma before the closing bracket; left out"}},
      {"text after the end",
       R"({"Layers": ["a"]} x)",
       {"a"},
       {"line 1, column 19: a line that is no JSON; skipped"}},
      {"cut off in a layer",
       R"({"Layers": [{"Name": "a"}, {"Name": "b", "Inp)",
       {"a"},
       {"line 1, column 46: the file is cut off here: what was whole before is kept, the rest is "
        "missing; copy or export it again"}},
      {"cut off in the bindings",
       R"({"Layers": ["a", "b"], "Bindings": ["x", "y)",
       {"a", "b"},
       {"line 1, column 44: the file is cut off here: what was whole before is kept, the rest is "
        "missing; copy or export it again"}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.what);
    const Engine engine = load(c.text);
    EXPECT_EQ(names_of(engine), c.names);
    EXPECT_EQ(notes_of(engine), c.notes);
    for (Row row = 0; row < engine.layer_count(); ++row) {
      EXPECT_NO_THROW(attributes(engine, row));
    }
  }
}

}  // namespace
}  // namespace trex
