// Plan graphs that are cut off, hold the wrong things, or are hardly JSON.

// SPDX-License-Identifier: Apache-2.0
#include "tests/malformed.hpp"

namespace trex::test {
namespace {

using namespace std::string_literals;

Malformed plan(const char* kind, const char* what, std::string text, std::string error,
               std::vector<std::string> notes = {}) {
  return {kind, what, {{"x.json", std::move(text)}}, std::move(error), std::move(notes)};
}

std::string layer(const std::string& fields) {
  return R"({"Layers": [{"Name": "a", "LayerType": "NoOp", )" + fields + "}]}";
}

void add_truncated(std::vector<Malformed>& cases) {
  const char* kind = "truncated plan";
  const std::string two = R"({"Layers": [{"Name": "a", "LayerType": "NoOp"}, {"Name": "b", )";
  cases.push_back(plan(kind, "in the first key", "{\"Lay",
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
  cases.push_back(plan(kind, "in the first layer", R"({"Layers": [{"Name": "a", "LayerType)",
                       "x.json: line 1, column 37: the file is cut off before its first layer is "
                       "whole; copy or export it again"));
  cases.push_back(plan(kind, "in a name",
                       R"({"Layers": [{"Name": "a", "LayerType": "NoOp"}, {"Name": "b)", "",
                       {"x.json: line 1, column 60: the file is cut off here: what was whole "
                        "before is kept, the rest is missing; copy or export it again"}));
  cases.push_back(plan(kind, "in the dimensions",
                       two + R"("Inputs": [{"Name": "x", "Dimensions": [1,)", "",
                       {"x.json: line 1, column 105: the file is cut off here: what was whole "
                        "before is kept, the rest is missing; copy or export it again"}));
  cases.push_back(plan(kind, "in an escape", two + R"("Metadata": "x\u00)", "",
                       {"x.json: line 1, column 77: a backslash that escapes nothing; kept",
                        "x.json: line 1, column 81: the file is cut off here: what was whole "
                        "before is kept, the rest is missing; copy or export it again"}));
  cases.push_back(plan(kind, "between two layers",
                       "{\"Layers\": [\n{\"Name\": \"a\", \"LayerType\": \"NoOp\"},\n", "",
                       {"x.json: line 3, column 1: the file is cut off here: what was whole before "
                        "is kept, the rest is missing; copy or export it again"}));
  cases.push_back(plan(kind, "in the bindings", R"({"Layers": ["a", "b"], "Bindings": ["x", "y)",
                       "",
                       {"x.json: line 1, column 44: the file is cut off here: what was whole "
                        "before is kept, the rest is missing; copy or export it again"}));
  cases.push_back(plan(kind, "in a lone layer", R"({"Name": "a", "LayerType": "NoOp", "Inputs": [)",
                       "x.json: line 1, column 47: the file is cut off before its first layer is "
                       "whole; copy or export it again"));
}

void add_wrong_types(std::vector<Malformed>& cases) {
  const char* kind = "wrong type";
  cases.push_back(plan(kind, "Layers is text", R"({"Layers": "a"})",
                       "x.json: /Layers: expected a list of layers, got text; write it with "
                       "trtexec --exportLayerInfo=FILE --profilingVerbosity=detailed"));
  cases.push_back(plan(kind, "Layers is null", R"({"Layers": null, "Bindings": ["x"]})",
                       "x.json: /Layers: expected a list of layers, got null; write it with "
                       "trtexec --exportLayerInfo=FILE --profilingVerbosity=detailed"));
  cases.push_back(
      plan(kind, "Layers is a list of numbers", R"({"Layers": [1, 2]})",
           "x.json: /Layers: nothing in the list is a layer (an object or a name); write it with "
           "trtexec --exportLayerInfo=FILE --profilingVerbosity=detailed"));
  cases.push_back(
      plan(kind, "Inputs is a number", layer(R"("Inputs": 5)"), "",
           {"x.json: /Layers/0/Inputs: expected a list of tensors, got a number; it is left out"}));
  cases.push_back(plan(
      kind, "tensors are lists", layer(R"("Inputs": [["x", [1]]])"), "",
      {"x.json: /Layers/0/Inputs/0: expected a tensor (an object), got a list; it is left out"}));
  cases.push_back(plan(kind, "Dimensions is text",
                       layer(R"("Inputs": [{"Name": "x", "Dimensions": "1x3"}])"), "",
                       {"x.json: /Layers/0/Inputs/0/Dimensions: expected a list of numbers, got "
                        "text; it is left out"}));
  cases.push_back(plan(kind, "a name is a list",
                       R"({"Layers": [{"Name": ["a"], "LayerType": "NoOp"}]})", "",
                       {"x.json: /Layers/0/Name: expected text, got a list; it is left out",
                        "x.json: /Layers/0: a layer without a name"}));
  cases.push_back(plan(kind, "bindings are numbers",
                       R"({"Layers": ["a"], "Bindings": [1, {"Name": 2}]})", "",
                       {"x.json: /Bindings/0: expected a name or an object, got a number; it is "
                        "left out (2 times, here first)"}));
}

void add_numbers(std::vector<Malformed>& cases) {
  const char* kind = "impossible number";
  cases.push_back(plan(
      kind, "a count past 64 bits",
      layer(R"("Weights": {"Type": "Half", "Count": 123456789012345678901234567890})"), "",
      {"x.json: /Layers/0/Weights/Count: expected a whole number of 64 bits; it is left out"}));
  cases.push_back(plan(
      kind, "a count past a double", layer(R"("Weights": {"Type": "Half", "Count": 1e999})"), "",
      {"x.json: line 1, column 85: a number too large for 64 bits; read as unknown (null)"}));
  cases.push_back(plan(kind, "a negative count",
                       layer(R"("Weights": {"Type": "Half", "Count": -1})"), "",
                       {"x.json: /Layers/0/Weights/Count: a negative count; it is left out"}));
  cases.push_back(plan(kind, "half a dimension",
                       layer(R"("Inputs": [{"Name": "x", "Dimensions": [1.5]}])"), "",
                       {"x.json: /Layers/0/Inputs/0/Dimensions: expected a whole number of 64 "
                        "bits; it is left out"}));
  cases.push_back(plan(
      kind, "dimensions whose product is past 64 bits",
      layer(
          R"("Inputs": [{"Name": "x", "Dimensions": [4294967296, 4294967296], "Format/Datatype": "Half"}])"),
      "", {"x.json: : tensor 'x' has more bytes than a number can hold: its size is unknown"}));
  cases.push_back(
      plan(kind, "a kernel of zero", layer(R"("Kernel": [0, 3])"), "",
           {"x.json: /Layers/0/Kernel: expected at most 8 numbers of 1 or more; it is left out"}));
  cases.push_back(
      plan(kind, "not a number", layer(R"("StreamId": -nan(ind))"), "",
           {"x.json: line 1, column 60: '-nan(ind)', which is no JSON; read as unknown (null)"}));
  cases.push_back(
      plan(kind, "numbers as text", layer(R"("StreamId": "0", "TacticValue": 7)"), "",
           {"x.json: /Layers/0/StreamId: a number written as text; it is read as one",
            "x.json: /Layers/0/TacticValue: expected text, got a number; kept as text"}));
}

void add_nesting(std::vector<Malformed>& cases) {
  const char* kind = "deep nesting";
  const auto nest = [](const char* open, const char* close, int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += open;
    text += "1";
    for (int i = 0; i < depth; ++i) text += close;
    return text;
  };
  cases.push_back(
      plan(kind, "lists in a layer", layer("\"X\": " + nest("[", "]", 100'000)),
           "x.json: nested deeper than 500 levels, as no plan graph is; export it again"));
  cases.push_back(
      plan(kind, "objects in a layer", layer("\"X\": " + nest("{\"y\": ", "}", 600)),
           "x.json: nested deeper than 500 levels, as no plan graph is; export it again"));
  cases.push_back(
      plan(kind, "lists without their ends", layer("\"X\": " + nest("[", "", 100'000)),
           "x.json: nested deeper than 500 levels, as no plan graph is; export it again"));
  cases.push_back(plan(kind, "at the top", nest("[", "]", 100'000),
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
}

void add_encoding(std::vector<Malformed>& cases) {
  const char* kind = "encoding";
  cases.push_back(
      plan(kind, "a byte-order mark", "\xEF\xBB\xBF{\"Layers\": [\"a\"]}", "",
           {"x.json: line 1, column 1: a byte-order mark, which JSON has not; skipped"}));
  cases.push_back(plan(kind, "UTF-16",
                       "\xFF\xFE{\0\"\0L\0a\0y\0e\0r\0s\0\"\0:\0[\0\"\0a\0\"\0]\0}\0"s, "",
                       {"x.json: : UTF-16 text, as PowerShell's '>' writes it; read as such"}));
  cases.push_back(plan(kind, "invalid UTF-8 in a name", "{\"Layers\": [\"a\xFF\xC3(\"]}", "",
                       {"x.json: line 1, column 15: a byte that is no UTF-8; read as U+FFFD (2 "
                        "times, here first)"}));
  cases.push_back(plan(kind, "half of a surrogate pair", R"({"Layers": ["\ud83d"]})", "",
                       {"x.json: line 1, column 14: half of a surrogate pair; read as U+FFFD"}));
  cases.push_back(plan(kind, "a NUL at the end", "{\"Layers\": [\"a\"]}\0"s, "",
                       {"x.json: line 1, column 18: control bytes between the values; skipped"}));
  cases.push_back(plan(kind, "raw separators in a name",
                       "{\"Layers\": [\"a\x1e"
                       "b\x1f"
                       "c\"]}",
                       "",
                       {"x.json: line 1, column 15: a raw control byte (0x1e) in a string; kept (2 "
                        "times, here first)"}));
}

void add_syntax(std::vector<Malformed>& cases) {
  const char* kind = "JSON syntax";
  cases.push_back(plan(kind, "brackets that do not match", R"({"Layers": [{"Name": "a"]})",
                       "x.json: line 1, column 25: expected '}', got ']': the brackets do not "
                       "match; the file is damaged, export it again"));
  cases.push_back(plan(kind, "commas left over", R"({"Layers": ["a",], "Bindings": ["x"],})", "",
                       {"x.json: line 1, column 17: a comma before the closing bracket; left out "
                        "(2 times, here first)"}));
  cases.push_back(plan(kind, "no colon", R"({"Layers" ["a"]})",
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
  cases.push_back(plan(kind, "comments", "{\"Layers\": [\"a\" /* first */]} // end", "",
                       {"x.json: line 1, column 17: a comment, which JSON has not; skipped",
                        "x.json: line 1, column 31: a line that is no JSON; skipped"}));
  cases.push_back(plan(kind, "quotes in a name",
                       R"({"Layers": [{"Name": "say "hi"", "LayerType": "NoOp"}]})", "",
                       {"x.json: line 1, column 27: a quote inside a string, not escaped; kept (2 "
                        "times, here first)"}));
  cases.push_back(plan(kind, "a string without its end",
                       "{\"Layers\": [{\"Name\": \"a,\n\"LayerType\": \"NoOp\"}]}", "",
                       {"x.json: line 1, column 25: a raw control byte (0x0a) in a string; kept",
                        "x.json: line 2, column 1: a quote inside a string, not escaped; kept (3 "
                        "times, here first)"}));
  cases.push_back(plan(
      kind, "Python's print", R"({'Layers': [{'Name': 'a', 'LayerType': 'NoOp', 'X': True}]})", "",
      {"x.json: line 1, column 2: single quotes around a string (6 times, here first)",
       "x.json: line 1, column 53: 'True' for 'true'"}));
  cases.push_back(plan(kind, "more text behind", R"({"Layers": ["a"]} and more)", "",
                       {"x.json: line 1, column 19: a line that is no JSON; skipped"}));
}

void add_repeats(std::vector<Malformed>& cases) {
  const char* kind = "repeated";
  cases.push_back(plan(kind, "keys of a layer",
                       layer(R"("StreamId": 1, "StreamId": 2, "X": 1, "X": 1)"), "",
                       {"x.json: /Layers/0/StreamId: the object has this key twice; the last one "
                        "counts (2 times, here first)"}));
  cases.push_back(plan(kind, "names of layers", R"({"Layers": ["a", "b", "a"]})", "",
                       {"x.json: /Layers/2: 'a' is the name of an earlier layer, too"}));
  cases.push_back(plan(kind, "lists of layers", R"({"Layers": ["a"], "Layers": ["b"]})", "",
                       {"x.json: /Layers: a second list of layers; only the first is read"}));
  cases.push_back(plan(kind, "engines", "{\"Layers\": [\"a\"]}\n{\"Layers\": [\"b\"]}\n", "",
                       {"x.json: : 2 JSON documents in one file",
                        "x.json: /1: this document is read no more: another engine, or a layer "
                        "beside a whole engine"}));
}

void add_nothing(std::vector<Malformed>& cases) {
  const char* kind = "nothing in it";
  cases.push_back(
      plan(kind, "no byte", "", "x.json: the file is empty; was trtexec stopped before it wrote?"));
  cases.push_back(plan(kind, "only blanks", " \n\t\n",
                       "x.json: the file is empty; was trtexec stopped before it wrote?"));
  cases.push_back(plan(kind, "an empty list of layers", R"({"Layers": [], "Bindings": ["x"]})",
                       "x.json: /Layers: the list of layers is empty, as TensorRT leaves it for an "
                       "engine built with profiling verbosity 'none'; write it with trtexec "
                       "--exportLayerInfo=FILE --profilingVerbosity=detailed"));
  cases.push_back(plan(kind, "only bindings", R"({"Bindings": ["x"]})",
                       "x.json: no plan graph: there are no 'Layers' in it; write it with trtexec "
                       "--exportLayerInfo=FILE --profilingVerbosity=detailed"));
  cases.push_back(
      plan(kind, "layers that say nothing", R"({"Layers": [{}, {}]})",
           "x.json: /Layers: nothing in the list is a layer (an object or a name); write it with "
           "trtexec --exportLayerInfo=FILE --profilingVerbosity=detailed"));
  cases.push_back(plan(kind, "an empty object", "{}",
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
  cases.push_back(plan(kind, "an empty list", "[]",
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
}

}  // namespace

std::vector<Malformed> malformed_plans() {
  std::vector<Malformed> cases;
  add_truncated(cases);
  add_wrong_types(cases);
  add_numbers(cases);
  add_nesting(cases);
  add_encoding(cases);
  add_syntax(cases);
  add_repeats(cases);
  add_nothing(cases);
  return cases;
}

}  // namespace trex::test
