// ENGINE arguments to files: what is found, what is refused, and what is said.

// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <span>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/load.hpp"
#include "trex/load/test_folder.hpp"

namespace trex {
namespace {

using test::TestFolder;

const std::pair<const char*, std::string> all_texts[] = {
    {"G", test::graph_text},
    {"N", test::names_text},
    {"P", test::profile_text},
    {"T", test::timing_text},
    {"M", test::profile_metadata_text},
    {"B", test::build_metadata_text},
    {"L", test::build_log_text},
    {"R", test::profile_log_text},
    {"A", std::string(test::build_log_text) + test::profile_log_text},
    {"E", test::plan_text},
    {"O", test::onnx_text},
    {"Z", "PK\x03\x04"},
    {"U", "nothing known"},
    {"0", ""},
};

std::string text_of(const std::string& letter) {
  for (const auto& [name, text] : all_texts) {
    if (letter == name) return text;
  }
  return "?";
}

// "name=LETTER name=LETTER ...": writes the files.
void write_files(const TestFolder& folder, const std::string& files) {
  for (const std::string_view file : split(files, ' ')) {
    const auto parts = split(file, '=');
    folder.write(std::string(parts[0]), text_of(std::string(parts[1])));
  }
}

// An engine a line: "name: graph=x profile=y(how) ...".
std::string described(const std::vector<EngineFiles>& engines, const TestFolder& folder) {
  std::string result;
  for (const EngineFiles& engine : engines) {
    result += engine.name + ":";
    for (const FileRole& role : file_roles()) {
      const std::string& path = engine.*role.path;
      if (path.empty()) continue;
      std::string how = "?";
      for (const SourceFile& source : engine.how) {
        if (source.kind == role.kind && source.path == path) how = source.how;
      }
      result +=
          " " + replace_all(role.kind, " ", "-") + "=" + folder.shorten(path) + "(" + how + ")";
    }
    result += "\n";
  }
  return result;
}

TEST(FileNames, EngineNames) {
  const std::pair<const char*, const char*> cases[] = {
      {"resnet.onnx.engine.graph.json", "resnet.onnx.engine"},
      {"resnet.graph.json.gz", "resnet"},
      {"a.layers.json", "a"},
      {"a.json", "a"},
      {"layers_a.json", "layers_a"},
      {"a.profile.json", "a"},
      {"a.profile.metadata.json", "a"},
      {"a.build.log", "a"},
      {"a", "a"},
      {"a.b", "a.b"},
  };
  for (const auto& [file, name] : cases) EXPECT_EQ(engine_name_of(file), name) << file;
}

TEST(FileNames, Families) {
  const std::vector<std::vector<const char*>> families = {
      {"resnet.onnx.engine.graph.json", "resnet.onnx.engine.profile.json",
       "resnet.onnx.engine.timing.json", "resnet.onnx.engine.profile.metadata.json",
       "resnet.onnx.engine.build.log", "resnet.onnx.engine", "resnet.onnx"},
      {"layers_a.json", "profile_a.json", "A.timing.json.gz", "a_layer_info.json", "a.engine"},
      {"graph.json", "profile.json", "build.log", "engine_info.json"},
      {"jetson.net_v2.engine_info.json", "jetson.net_v2.layer_latency.json"},
      {"a.b.graph.json", "a_b-times.json"},
  };
  for (const auto& family : families) {
    for (const char* name : family) EXPECT_EQ(family_of(name), family_of(family[0])) << name;
  }
  EXPECT_NE(family_of("a.graph.json"), family_of("b.graph.json"));
  EXPECT_NE(family_of("net.graph.json"), family_of("net.int8.graph.json"));
  EXPECT_NE(family_of("engine_a.graph.json"), family_of("a.graph.json"));
}

struct Case {
  const char* what;
  const char* files;
  std::vector<std::string> arguments;  // within the folder; "DIR" is the folder itself
  const char* expected;                // described(), or the error
};

std::string run(const Case& c, const TestFolder& folder) {
  write_files(folder, c.files);
  std::vector<std::string> arguments;
  for (const std::string& a : c.arguments) {
    arguments.push_back(a == "DIR" ? folder.path() : a == "-" || a.empty() ? a : folder / a);
  }
  try {
    return described(find_engine_files(arguments, {}), folder);
  } catch (const Error& error) {
    return "error: " + folder.shorten(error.what());
  }
}

void expect_all(std::span<const Case> cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const TestFolder folder;
    EXPECT_EQ(run(c, folder), c.expected);
  }
}

TEST(FindFiles, OneGraphAndItsSiblings) {
  const Case cases[] = {
      {"alone", "x.graph.json=G", {"x.graph.json"}, "x: graph=x.graph.json(named)\n"},
      {"TREx's names",
       "x.onnx.engine.graph.json=G x.onnx.engine.profile.json=P x.onnx.engine.timing.json=T "
       "x.onnx.engine.profile.metadata.json=M x.onnx.engine.build.metadata.json=B "
       "x.onnx.engine.build.log=L x.onnx.engine.profile.log=R x.onnx=O other.profile.json=P",
       {"x.onnx.engine.graph.json"},
       "x.onnx.engine: graph=x.onnx.engine.graph.json(named) "
       "profile=x.onnx.engine.profile.json(sibling) timing=x.onnx.engine.timing.json(sibling) "
       "profile-metadata=x.onnx.engine.profile.metadata.json(sibling) "
       "build-metadata=x.onnx.engine.build.metadata.json(sibling) "
       "profile-log=x.onnx.engine.profile.log(sibling) build-log=x.onnx.engine.build.log(sibling) "
       "ONNX-model=x.onnx(sibling)\n"},
      {"suffix pairs",
       "layers_a.json=G profile_a.json=P layers_b.json=G profile_b.json=P",
       {"layers_b.json"},
       "layers_b: graph=layers_b.json(named) profile=profile_b.json(sibling)\n"},
      {"plain words",
       "graph.json=G profile.json=P",
       {"graph.json"},
       "graph: graph=graph.json(named) profile=profile.json(sibling)\n"},
      {"names that lie about the content",
       "x.graph.json=G x.profile.json=T x.timing.json=P",
       {"x.graph.json"},
       "x: graph=x.graph.json(named) profile=x.timing.json(sibling) "
       "timing=x.profile.json(sibling)\n"},
      {"names only",
       "x.json=N x.profile.json=P",
       {"x.json"},
       "x: graph=x.json(named) profile=x.profile.json(sibling)\n"},
      {"TREx's name before another",
       "x.graph.json=G x.profile.json=P x_profile.json=P",
       {"x.graph.json"},
       "x: graph=x.graph.json(named) profile=x.profile.json(sibling)\n"},
      {"neither is TREx's name",
       "x.graph.json=G profile_x.json=P x_profile.json=P",
       {"x.graph.json"},
       "error: x.graph.json: several profile files fit: 'profile_x.json', 'x_profile.json'; choose "
       "one with --profile"},
      {"one log of both",
       "x.graph.json=G x.log=A",
       {"x.graph.json"},
       "x: graph=x.graph.json(named) profile-log=x.log(sibling) build-log=x.log(sibling)\n"},
      {"stem",
       "x.graph.json=G x.profile.json=P xy.graph.json=G",
       {"x"},
       "x: graph=x.graph.json(sibling) profile=x.profile.json(sibling)\n"},
      {"stem of an engine file that is there",
       "x.engine=E x.engine.graph.json=G",
       {"x.engine"},
       "x.engine: graph=x.engine.graph.json(sibling)\n"},
      {"engine file named without its extension",
       "x.engine=E x.graph.json=G",
       {"x.engine"},
       "x: graph=x.graph.json(sibling)\n"},
      {"model beside the JSON of its engine",
       "x.onnx=O x.onnx.engine.graph.json=G",
       {"x.onnx"},
       "x.onnx.engine: graph=x.onnx.engine.graph.json(sibling) ONNX-model=x.onnx(sibling)\n"},
      {"standard input", "x.graph.json=G", {"-"}, "standard input: graph=-(named)\n"},
  };
  expect_all(cases);
}

TEST(FindFiles, SeveralArguments) {
  const Case cases[] = {
      {"any names, one graph",
       "p.json=P q.json=G r.json=T",
       {"p.json", "q.json", "r.json"},
       "q: graph=q.json(named) profile=p.json(content) timing=r.json(content)\n"},
      {"two engines with their files",
       "a.json=G a.profile.json=P b.json=G b.profile.json=P",
       {"a.json", "b.json", "b.profile.json", "a.profile.json"},
       "a: graph=a.json(named) profile=a.profile.json(content)\n"
       "b: graph=b.json(named) profile=b.profile.json(content)\n"},
      {"same names in two folders",
       "a/graph.json=G a/profile.json=P b/graph.json=G b/profile.json=P",
       {"a/graph.json", "b/graph.json", "b/profile.json"},
       "a/graph: graph=a/graph.json(named) profile=a/profile.json(sibling)\n"
       "b/graph: graph=b/graph.json(named) profile=b/profile.json(content)\n"},
      {"whose profile?",
       "a.json=G b.json=G p.json=P",
       {"a.json", "b.json", "p.json"},
       "error: p.json: could belong to any of 'a.json', 'b.json'; name it after its graph, or give "
       "one engine at a time with --profile"},
      {"two profiles",
       "a.json=G p.json=P q.json=P",
       {"a.json", "p.json", "q.json"},
       "error: two profile files for one engine: 'p.json' and 'q.json'; give one, or name each "
       "after its graph"},
      {"the model with its graph",
       "a.json=G m.onnx=O",
       {"a.json", "m.onnx"},
       "a: graph=a.json(named) ONNX-model=m.onnx(content)\n"},
      {"profile alone",
       "a.profile.json=P",
       {"a.profile.json"},
       "a: profile=a.profile.json(content)\n"},
      {"profile whose graph is beside it",
       "a.profile.json=P a.graph.json=G a.timing.json=T",
       {"a.profile.json"},
       "a: graph=a.graph.json(sibling) profile=a.profile.json(content) "
       "timing=a.timing.json(sibling)\n"},
      {"profile and timing without graph",
       "p.json=P t.json=T",
       {"p.json", "t.json"},
       "p: profile=p.json(content) timing=t.json(content)\n"},
      {"two profiles without graphs",
       "a.profile.json=P b.profile.json=P",
       {"a.profile.json", "b.profile.json"},
       "a: profile=a.profile.json(content)\nb: profile=b.profile.json(content)\n"},
      {"a log alone", "x.log=R", {"x.log"}, "x: profile-log=x.log(content)\n"},
  };
  expect_all(cases);
}

TEST(FindFiles, Folders) {
  const Case cases[] = {
      {"one engine, any names",
       "my_layers.json=G measured.json=P runs.json=T notes.txt=U",
       {"DIR"},
       "my_layers: graph=my_layers.json(content) profile=measured.json(sibling) "
       "timing=runs.json(sibling)\n"},
      {"several engines",
       "b.graph.json=G b.profile.json=P a.graph.json=G stray.profile.json=P",
       {"DIR"},
       "a: graph=a.graph.json(content)\n"
       "b: graph=b.graph.json(content) profile=b.profile.json(sibling)\n"},
      {"only a profile", "a.profile.json=P", {"DIR"}, "a: profile=a.profile.json(content)\n"},
      {"two profiles for the one graph",
       "g.json=G p.json=P q.json=P",
       {"DIR"},
       "error: g.json: several profile files fit: 'p.json', 'q.json'; choose one with --profile"},
      {"nothing",
       "readme.md=U sub/x.json=G",
       {"DIR"},
       "error: DIR: no engine in this folder: looked for graph, profile, timing and metadata JSON "
       "and trtexec logs; it has folders: 'sub'"},
  };
  expect_all(cases);
}

TEST(FindFiles, ClaimsByNameWhatIsDamaged) {
  const Case cases[] = {
      {"not recognised, but named as the graph's",
       "a.graph.json=G a.profile.json=U a.timing.json=0 a.notes.json=U",
       {"a.graph.json"},
       "a: graph=a.graph.json(named) profile=a.profile.json(sibling) "
       "timing=a.timing.json(sibling)\n"},
  };
  expect_all(cases);
}

// Nobody writes to the pipes: opening one would wait for ever.
TEST(FindFiles, PipesInAFolderAreLeftAlone) {
  const TestFolder folder;
  write_files(folder, "a.graph.json=G");
  ASSERT_EQ(mkfifo((folder / "a.profile.json").c_str(), 0600), 0);
  ASSERT_EQ(mkfifo((folder / "b.json").c_str(), 0600), 0);
  for (const std::string& argument : {folder.path(), folder / "a.graph.json", folder / "a"}) {
    const std::vector<EngineFiles> found = find_engine_files({argument}, {});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].graph, folder / "a.graph.json");
    EXPECT_EQ(found[0].profile, "");
  }
}

TEST(FindFiles, SaysWhatIsWrongAndHowToMendIt) {
  const Case cases[] = {
      {"serialized engine",
       "x.engine=E",
       {"x.engine"},
       "error: x.engine: a serialized engine, which only TensorRT can read; write its JSON with: "
       "trtexec --loadEngine=x.engine --exportLayerInfo=x.engine.graph.json "
       "--profilingVerbosity=detailed --exportProfile=x.engine.profile.json --separateProfileRun "
       "--exportTimes=x.engine.timing.json (the engine must have been built with "
       "--profilingVerbosity=detailed)"},
      {"serialized engine in a folder",
       "x.plan=E",
       {"DIR"},
       "error: x.plan: a serialized engine, which only TensorRT can read; write its JSON with: "
       "trtexec --loadEngine=x.plan --exportLayerInfo=x.plan.graph.json "
       "--profilingVerbosity=detailed --exportProfile=x.plan.profile.json --separateProfileRun "
       "--exportTimes=x.plan.timing.json (the engine must have been built with "
       "--profilingVerbosity=detailed)"},
      {"model",
       "x.onnx=O",
       {"x.onnx"},
       "error: x.onnx: an ONNX model, not an engine; build one and write its JSON with: trtexec "
       "--onnx=x.onnx --profilingVerbosity=detailed --exportLayerInfo=x.onnx.engine.graph.json "
       "--exportProfile=x.onnx.engine.profile.json --separateProfileRun"},
      {"empty",
       "x.json=0",
       {"x.json"},
       "error: x.json: the file is empty; was trtexec stopped before it wrote?"},
      {"zip",
       "x.tea=Z",
       {"x.tea"},
       "error: x.tea: not a zip archive that can be read (not a zip archive); copy it again"},
      {"anything",
       "x.json=U",
       {"x.json"},
       "error: x.json: not recognised as a graph, profile, timing or metadata JSON or a trtexec "
       "log; the graph is what trtexec --exportLayerInfo writes"},
      {"mistyped",
       "resnet50.graph.json=G",
       {"resnet5.graph.json"},
       "error: resnet5.graph.json: no such file, did you mean 'resnet50.graph.json'?"},
      {"nothing like it",
       "resnet50.graph.json=G",
       {"vit"},
       "error: vit: no such file; looked for vit.graph.json, vit.layers.json and files beside "
       "them; give a graph JSON, its folder or its stem"},
      {"no folder", "a.json=G", {"no/a.json"}, "error: no/a.json: there is no folder 'no'"},
      {"several graphs of a stem",
       "x.a.json=G x.b.json=G",
       {"x"},
       "error: x: several graphs fit: 'x.a.json', 'x.b.json'; give one of them"},
      {"no argument",
       "a.json=G",
       {},
       "error: no engine given; give a graph JSON, a folder or a stem"},
      {"an empty argument",
       "a.json=G",
       {""},
       "error: an ENGINE argument is empty; give a graph JSON, a folder or a stem"},
  };
  expect_all(cases);
}

TEST(FindFiles, ExplicitOptionsWin) {
  const TestFolder folder;
  write_files(folder, "x.graph.json=G x.profile.json=P other.json=P y.graph.json=G");
  EngineFiles options;
  options.profile = folder / "other.json";
  options.name = "mine";
  options.opt_profile = 2;
  const auto engines = find_engine_files({folder / "x.graph.json"}, options);
  EXPECT_EQ(described(engines, folder),
            "mine: graph=x.graph.json(named) profile=other.json(named)\n");
  EXPECT_EQ(engines[0].opt_profile, 2);

  const auto with_argument =
      find_engine_files({folder / "x.graph.json", folder / "x.profile.json"}, options);
  EXPECT_EQ(described(with_argument, folder),
            "mine: graph=x.graph.json(named) profile=other.json(named)\n");

  options = {};
  options.graph = folder / "y.graph.json";
  options.profile = folder / "x.profile.json";
  EXPECT_EQ(described(find_engine_files({}, options), folder),
            "y: graph=y.graph.json(named) profile=x.profile.json(named)\n");
  EXPECT_THROW(find_engine_files({folder / "x.graph.json"}, options), Error);  // two engines

  options = {};
  options.timing = folder / "x.timming.json";
  try {
    find_engine_files({folder / "x.graph.json"}, options);
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_TRUE(contains(error.what(), "x.timming.json: no such file")) << error.what();
  }
  options.timing = folder.path();
  EXPECT_THROW(find_engine_files({folder / "x.graph.json"}, options), Error);
}

TEST(FindFiles, AllEnginesOfALargeFolder) {
  const TestFolder folder;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "net" + std::to_string(i);
    folder.write(name + ".graph.json", test::graph_text);
    folder.write(name + ".profile.json", test::profile_text);
  }
  const auto engines = find_engine_files({folder.path()}, {});
  ASSERT_EQ(engines.size(), 300u);
  for (const EngineFiles& engine : engines) {
    EXPECT_EQ(engine.profile, folder / (engine.name + ".profile.json"));
  }
}

}  // namespace
}  // namespace trex
