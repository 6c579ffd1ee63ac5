// Files that are no plan graph, folders and links, damaged side files, and files of two engines.

// SPDX-License-Identifier: Apache-2.0
#include "tests/malformed.hpp"

namespace trex::test {
namespace {

using namespace std::string_literals;

const std::string graph = R"({"Layers": ["a", "b"]})";

Malformed file(const char* kind, const char* what, std::string text, std::string error,
               std::vector<std::string> notes = {}) {
  return {kind, what, {{"x.json", std::move(text)}}, std::move(error), std::move(notes)};
}

// A sound graph of the layers a and b, and another file beside it.
Malformed beside(const char* kind, const char* what, const std::string& name, std::string text,
                 std::vector<std::string> notes) {
  return {kind,
          what,
          {{"x.graph.json", R"({"Layers": ["a", "b"]})"}, {name, std::move(text)}},
          "",
          std::move(notes),
          {"x.graph.json"}};
}

void add_binaries(std::vector<Malformed>& cases) {
  const char* kind = "binary";
  const auto binary = [&](const char* what, const std::string& name, std::string bytes,
                          std::string error) {
    cases.push_back({kind, what, {{name, std::move(bytes)}}, std::move(error), {}, {name}});
  };
  binary("an engine", "x.engine", "ftrt\x01\0\0\0\x10\0\0\0\0\0\0\0"s,
         "x.engine: a serialized engine, which only TensorRT can read; write its JSON with: "
         "trtexec --loadEngine=x.engine --exportLayerInfo=x.engine.graph.json "
         "--profilingVerbosity=detailed --exportProfile=x.engine.profile.json --separateProfileRun "
         "--exportTimes=x.engine.timing.json (the engine must have been built with "
         "--profilingVerbosity=detailed)");
  binary("an engine with Ultralytics' header", "x.engine",
         "\x0c\0\0\0{\"task\":\"x\"}ftrt\0\0\0\0\0\0\0\0"s,
         "x.engine: a serialized engine, which only TensorRT can read; write its JSON with: "
         "trtexec --loadEngine=x.engine --exportLayerInfo=x.engine.graph.json "
         "--profilingVerbosity=detailed --exportProfile=x.engine.profile.json --separateProfileRun "
         "--exportTimes=x.engine.timing.json (the engine must have been built with "
         "--profilingVerbosity=detailed)");
  binary("an ONNX model", "x.onnx",
         "\x08\x08\x12\x07pytorch\x1a\x03"
         "2.1"s,
         "x.onnx: an ONNX model, not an engine; build one and write its JSON with: trtexec "
         "--onnx=x.onnx --profilingVerbosity=detailed --exportLayerInfo=x.onnx.engine.graph.json "
         "--exportProfile=x.onnx.engine.profile.json --separateProfileRun");
  binary("a zip archive", "x.tea", "PK\x03\x04\x14\0\0\0"s,
         "x.tea: not a zip archive that can be read (not a zip archive); copy it again");
  binary("a picture", "x.json", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s,
         "x.json: not recognised as a graph, profile, timing or metadata JSON or a trtexec log; "
         "the graph is what trtexec --exportLayerInfo writes");
  binary("random bytes", "x.json", "\x9e\x01\xfe{\"\x00[\x83\xc7\x11"s,
         "x.json: not recognised as a graph, profile, timing or metadata JSON or a trtexec log; "
         "the graph is what trtexec --exportLayerInfo writes");
}

void add_paths(std::vector<Malformed>& cases) {
  const char* kind = "path";
  cases.push_back({kind,
                   "no such file",
                   {{"y.graph.json", graph}},
                   "x.graph.json: no such file, did you mean 'y.graph.json'?",
                   {},
                   {"x.graph.json"}});
  cases.push_back({kind,
                   "an empty folder",
                   {{"d/", ""}},
                   "d: no engine in this folder: looked for graph, profile, timing and metadata "
                   "JSON and trtexec logs",
                   {},
                   {"d"}});
  cases.push_back({kind,
                   "a folder of text",
                   {{"d/", ""}, {"d/readme.txt", "hello"}},
                   "d: no engine in this folder: looked for graph, profile, timing and metadata "
                   "JSON and trtexec logs",
                   {},
                   {"d"}});
  cases.push_back({kind,
                   "a folder with only the engine",
                   {{"d/", ""}, {"d/x.engine", "ftrt\0\0\0\0\0\0\0\0"s}},
                   "d/x.engine: a serialized engine, which only TensorRT can read; write its JSON "
                   "with: trtexec --loadEngine=d/x.engine --exportLayerInfo=d/x.engine.graph.json "
                   "--profilingVerbosity=detailed --exportProfile=d/x.engine.profile.json "
                   "--separateProfileRun --exportTimes=d/x.engine.timing.json (the engine must "
                   "have been built with --profilingVerbosity=detailed)",
                   {},
                   {"d"}});
  cases.push_back({kind,
                   "a folder for --graph",
                   {{"d/", ""}},
                   "d: a folder, but --graph takes a file",
                   {},
                   {},
                   {.graph = "d"}});
  cases.push_back({kind,
                   "a link to itself",
                   {{"x.json@", "x.json"}},
                   "x.json: no such file; give a graph JSON, its folder or its stem",
                   {}});
  cases.push_back({kind,
                   "a link to nothing",
                   {{"x.json@", "y.json"}},
                   "x.json: no such file; give a graph JSON, its folder or its stem",
                   {}});
  cases.push_back({kind,
                   "a side file that is missing",
                   {{"x.json", graph}},
                   "y.json: no such file, did you mean 'x.json'?",
                   {},
                   {"x.json"},
                   {.profile = "y.json"}});
}

void add_gzip(std::vector<Malformed>& cases) {
  const char* kind = "gzip";
  // gzip of {"Layers": ["a"]}, with no name and no time
  const std::string whole =
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x56\xf2\x49\xac\x4c\x2d\x2a\x56\xb2\x52\x88\x56\x4a\x54\x8a\xad\x05\x00\xfd\x05\x3f\x13\x11\x00\x00\x00"s;
  const auto zipped = [&](const char* what, std::string bytes, std::string error) {
    cases.push_back(
        {kind, what, {{"x.json.gz", std::move(bytes)}}, std::move(error), {}, {"x.json.gz"}});
  };
  zipped("cut off", whole.substr(0, 20),
         "x.json.gz: the gzip stream ends too early; copy the file again");
  std::string flipped = whole;
  flipped[whole.size() - 6] ^= 1;
  zipped("a wrong checksum", flipped,
         "x.json.gz: the gzip stream is damaged (incorrect data check); copy or compress it again");
  zipped("only its magic number", whole.substr(0, 2),
         "x.json.gz: not recognised as a graph, profile, timing or metadata JSON or a trtexec log; "
         "the graph is what trtexec --exportLayerInfo writes");
  zipped("zeros behind the header", whole.substr(0, 10) + std::string(30, '\xff'),
         "x.json.gz: the gzip stream is damaged (invalid block type); copy or compress it again");
}

void add_wrong_files(std::vector<Malformed>& cases) {
  const char* kind = "wrong file";
  const auto as_graph = [&](const char* what, std::string text, std::string error) {
    cases.push_back(
        {kind, what, {{"x.json", std::move(text)}}, std::move(error), {}, {}, {.graph = "x.json"}});
  };
  as_graph("a profile as the graph",
           R"([{"count": 2}, {"name": "a", "timeMs": 1, "averageMs": 0.5, "percentage": 100}])",
           "x.json: a profile, not a graph; give it as such");
  as_graph("a timing file as the graph", R"([{"startEnqMs": 1, "latencyMs": 2, "computeMs": 1}])",
           "x.json: a timing, not a graph; give it as such");
  as_graph("metadata as the graph", R"({"device_information": {"Selected Device": "X"}})",
           "x.json: a metadata, not a graph; give it as such");
  as_graph("a log as the graph",
           "&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --onnx=x\n[I] === Model "
           "Options ===\n",
           "x.json: a trtexec log, not a graph; give it as such");
  as_graph(
      "an engine as the graph", "ftrt\0\0\0\0\0\0\0\0"s,
      "x.json: a serialized engine, which only TensorRT can read; write its JSON with: trtexec "
      "--loadEngine=x.json --exportLayerInfo=x.json.graph.json --profilingVerbosity=detailed "
      "--exportProfile=x.json.profile.json --separateProfileRun --exportTimes=x.json.timing.json "
      "(the engine must have been built with --profilingVerbosity=detailed)");
  as_graph("plain text as the graph", "hello\n",
           "x.json: no JSON in it: expected an object or a list");
  cases.push_back(file(kind, "a JSON file of something else",
                       R"({"name": "package", "version": "1.0"})",
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
  cases.push_back(file(kind, "plain text", "hello\n",
                       "x.json: not recognised as a graph, profile, timing or metadata JSON or a "
                       "trtexec log; the graph is what trtexec --exportLayerInfo writes"));
}

void add_wrong_pairs(std::vector<Malformed>& cases) {
  const char* kind = "wrong pair";
  const std::string other =
      R"([{"count": 2}, {"name": "p", "timeMs": 1, "averageMs": 0.5, "percentage": 50}, {"name": "q", "timeMs": 1, "averageMs": 0.5, "percentage": 50}, {"name": "r", "timeMs": 1, "averageMs": 0.5, "percentage": 50}])";
  cases.push_back(beside(kind, "a profile of another engine", "x.profile.json", other,
                         {"x.profile.json: : none of 3 profile rows names a layer of this graph, "
                          "so all times are unknown: probably two different engines; export graph "
                          "and profile in the same trtexec run"}));
  cases.push_back({kind,
                   "two graphs and a profile",
                   {{"x.json", graph}, {"y.json", graph}, {"z.json", other}},
                   "z.json: could belong to any of 'x.json', 'y.json'; name it after its graph, or "
                   "give one engine at a time with --profile",
                   {},
                   {"x.json", "y.json", "z.json"}});
  cases.push_back({kind,
                   "a graph and two profiles",
                   {{"x.json", graph}, {"y.json", other}, {"z.json", other}},
                   "two profile files for one engine: 'y.json' and 'z.json'; give one, or name "
                   "each after its graph",
                   {},
                   {"x.json", "y.json", "z.json"}});
  cases.push_back({kind,
                   "an optimization profile that is not there",
                   {{"x.json", R"({"Layers": ["a", "a [profile 1]"]})"}},
                   "x.json: no layer of optimization profile 2; the file has 0, 1: choose one of "
                   "them with --opt-profile",
                   {},
                   {"x.json"},
                   {.opt_profile = 2}});
}

void add_profiles(std::vector<Malformed>& cases) {
  const char* kind = "profile";
  const auto profile = [&](const char* what, std::string text, std::vector<std::string> notes) {
    cases.push_back(beside(kind, what, "x.profile.json", std::move(text), std::move(notes)));
  };
  const std::string a =
      R"({"name": "a", "timeMs": 2, "averageMs": 1, "medianMs": 1, "percentage": 50})";
  const std::string b =
      R"({"name": "b", "timeMs": 2, "averageMs": 1, "medianMs": 1, "percentage": 50})";
  profile("cut off", "[{\"count\": 2}, " + a + ", {\"name\": \"b\", \"tim",
          {"x.profile.json: line 1, column 111: the file is cut off here: what was whole before is "
           "kept, the rest is missing; copy or export it again",
           "x.profile.json: : 1 of 2 layers have no row in the profile, so their times are "
           "unknown: 'b'"});
  profile("nan",
          R"([{"count": 2}, )" + a +
              R"(, {"name": "b", "timeMs": nan, "averageMs": -nan, "percentage": nan}])",
          {"x.profile.json: /2: a time that is not a finite number counts as unknown (2 times, "
           "here first)"});
  profile("a negative time",
          R"([{"count": 2}, )" + a +
              R"(, {"name": "b", "timeMs": -2, "averageMs": -1, "percentage": 50}])",
          {"x.profile.json: /2: a negative time counts as unknown (2 times, here first)"});
  profile("a quote in a name",
          R"([{"count": 2}, )" + a +
              R"(, {"name": "b "x"", "timeMs": 2, "averageMs": 1, "percentage": 50}])",
          {"x.profile.json: line 1, column 105: a quote inside a string, not escaped; kept (2 "
           "times, here first)",
           "x.profile.json: : 1 of 2 profile rows name no layer of the graph: 'b \"x\"'",
           "x.profile.json: : profile rows without a layer take 50.0% of the time of all rows; it "
           "counts in the total",
           "x.profile.json: : 1 of 2 layers have no row in the profile, so their times are "
           "unknown: 'b'"});
  profile("a layer missing", "[{\"count\": 2}, " + a + "]",
          {"x.profile.json: : 1 of 2 layers have no row in the profile, so their times are "
           "unknown: 'b'"});
  profile("a layer twice", "[{\"count\": 2}, " + a + ", " + b + ", " + b + "]",
          {"x.profile.json: : 1 of 3 profile rows name no layer of the graph: 'b'",
           "x.profile.json: : profile rows without a layer take 33.3% of the time of all rows; it "
           "counts in the total"});
  profile("no rows", R"([{"count": 2}])",
          {"x.profile.json: : not used: no layer in this profile; run trtexec with "
           "--exportProfile, without --skipInference or --buildOnly"});
  profile(
      "a time as text",
      R"([{"count": 2}, )" + a + R"(, {"name": "b", "timeMs": "two", "averageMs": [1]}])",
      {"x.profile.json: /2: a time that is not a number counts as unknown (2 times, here first)"});
}

void add_timings(std::vector<Malformed>& cases) {
  const char* kind = "timing";
  const auto timing = [&](const char* what, std::string text, std::vector<std::string> notes) {
    cases.push_back({kind,
                     what,
                     {{"x.json", graph}, {"t.json", std::move(text)}},
                     "",
                     std::move(notes),
                     {"x.json"},
                     {.timing = "t.json"}});
  };
  const std::string one =
      R"({"startEnqMs": 0, "endEnqMs": 1, "h2dMs": 0.5, "computeMs": 1, "d2hMs": 0.5, "latencyMs": 2})";
  timing("cut off", "[" + one + ", {\"startEnqMs\": 0, \"end",
         {"t.json: : the file is cut short: only its 1 whole records are used; was the run stopped "
          "while it wrote?"});
  timing("nan", "[" + one + R"(, {"startEnqMs": nan, "latencyMs": -nan(ind)}])",
         {"t.json: /1/startEnqMs: a time that is not a finite number counts as unknown (2 times, "
          "here first)",
          "t.json: /1/endEnqMs: a record lacks a field that others have (4 times, here first)"});
  timing("a time as text", "[" + one + R"(, {"latencyMs": "2"}])",
         {"t.json: /1/latencyMs: a time that is not a number counts as unknown",
          "t.json: /1/startEnqMs: a record lacks a field that others have (5 times, here first)"});
  timing("no record", "[]",
         {"t.json: : not used: no timing record in this file; export it with trtexec "
          "--exportTimes, and --separateProfileRun when a profile is taken too"});
  timing("a negative latency", "[" + one + R"(, {"startEnqMs": 0, "latencyMs": -1}])",
         {"t.json: /1/endEnqMs: a record lacks a field that others have (4 times, here first)"});
}

void add_metadata(std::vector<Malformed>& cases) {
  const char* kind = "metadata";
  const auto metadata = [&](const char* what, std::string text, std::vector<std::string> notes) {
    cases.push_back({kind,
                     what,
                     {{"x.json", graph}, {"m.json", std::move(text)}},
                     "",
                     std::move(notes),
                     {"x.json"},
                     {.profile_metadata = "m.json"}});
  };
  metadata("cut off", R"({"device_information": {"Selected Device": "X", "SMs)",
           {"m.json: line 1, column 53: the file is cut off here: what was whole before is kept, "
            "the rest is missing; copy or export it again",
            "m.json: : not used: no section in this metadata file"});
  metadata("a list", "[1, 2]",
           {"m.json: : not used: metadata is an object of sections, or a list of devices"});
  metadata("not JSON", "hello\n",
           {"m.json: : not used: no JSON in it: expected an object or a list"});
}

void add_logs(std::vector<Malformed>& cases) {
  const char* kind = "log";
  const auto log = [&](const char* what, std::string text, std::vector<std::string> notes) {
    cases.push_back({kind,
                     what,
                     {{"x.json", graph}, {"l.log", std::move(text)}},
                     "",
                     std::move(notes),
                     {"x.json"},
                     {.profile_log = "l.log"}});
  };
  log("binary", "\x01\x02\xff\xfe\x00\x03"s,
      {"l.log: : not used: no line of a trtexec log in this file; save it with 'trtexec ... 2>&1 | "
       "tee FILE'"});
  log("empty", "",
      {"l.log: : not used: no line of a trtexec log in this file; save it with 'trtexec ... 2>&1 | "
       "tee FILE'"});
  log("a graph", graph,
      {"l.log: : not used: no line of a trtexec log in this file; save it with 'trtexec ... 2>&1 | "
       "tee FILE'"});
  log("text of something else", "hello\n",
      {"l.log: : not used: no line of a trtexec log in this file; save it with 'trtexec ... 2>&1 | "
       "tee FILE'"});
}

}  // namespace

std::vector<Malformed> malformed_files() {
  std::vector<Malformed> cases;
  add_binaries(cases);
  add_paths(cases);
  add_gzip(cases);
  add_wrong_files(cases);
  add_wrong_pairs(cases);
  add_profiles(cases);
  add_timings(cases);
  add_metadata(cases);
  add_logs(cases);
  return cases;
}

}  // namespace trex::test
