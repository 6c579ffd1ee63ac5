// Archives: read in place as an engine, listed, verified, unpacked, made; and nothing else touched.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/archive.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "trex/base/error.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/base/text.hpp"
#include "trex/base/zip.hpp"
#include "trex/load/archive_manifest.hpp"
#include "trex/load/test_folder.hpp"

namespace trex {
namespace {

using test::TestFolder;

struct Member {
  std::string name;
  std::string_view text;
};

std::string zip(const TestFolder& folder, const std::vector<Member>& members) {
  const std::string path = folder / "x.tea";
  ZipWriter writer(path);
  for (const Member& member : members) {
    writer.add(member.name, Bytes::from(std::string(member.text)), true);
  }
  writer.commit();
  return path;
}

std::string error_of(const TestFolder& folder, const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return folder.shorten(error.what());
  }
  return "no error";
}

std::string found(const TestFolder& folder, const std::vector<std::string>& arguments,
                  const EngineFiles& explicit_files = {}) {
  std::string text;
  for (const EngineFiles& engine : find_engine_files(arguments, explicit_files)) {
    text += engine.name + ":";
    for (const std::string& path :
         {engine.graph, engine.profile, engine.timing, engine.build_log}) {
      text += path.empty() ? " -" : " " + folder.shorten(path);
    }
    text += "\n";
  }
  return text;
}

std::string manifest_of(const std::vector<Member>& members) {
  Manifest manifest{"x", {}};
  for (const Member& member : members) {
    manifest.rows.push_back({member.name, "graph", sha256(member.text), member.text.size()});
  }
  return manifest_text(manifest);
}

std::string problems_of(const ArchiveContents& contents) {
  std::string text;
  for (const std::string& problem : contents.problems) text += problem + "\n";
  for (const ArchiveMember& member : contents.members) {
    if (!member.problem.empty()) text += member.name + ": " + member.problem + "\n";
  }
  return text;
}

TEST(Archive, IsAnEngine) {
  struct Case {
    const char* what;
    std::vector<Member> members;
    std::string expected;
  };
  const Case cases[] = {
      {"as trex writes it",
       {{"a.graph.json", test::graph_text},
        {"a.profile.json", test::profile_text},
        {"a.build.log", test::build_log_text}},
       "a: x.tea/a.graph.json x.tea/a.profile.json - x.tea/a.build.log\n"},
      {"as TREx does: with the paths that the files had, and files of its own",
       {{"/home/u/out/a.engine.graph.json", test::graph_text},
        {"/home/u/out/a.engine.timing.json", test::timing_text},
        {"build_cfg.json", "{\"flags\": 1}"},
        {"timing.cache", "abc"}},
       "a.engine: x.tea/home/u/out/a.engine.graph.json - x.tea/home/u/out/a.engine.timing.json "
       "-\n"},
      {"no graph, but a profile", {{"p.json", test::profile_text}}, "p: - x.tea/p.json - -\n"},
      {"two engines in two folders",
       {{"1/m.graph.json", test::graph_text}, {"2/m.graph.json", test::names_text}},
       "1/m: x.tea/1/m.graph.json - - -\n2/m: x.tea/2/m.graph.json - - -\n"},
      {"a name that could lead out is left alone",
       {{"a.json", test::graph_text}, {"../a.profile.json", test::profile_text}},
       "a: x.tea/a.json - - -\n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const TestFolder folder;
    const std::string path = zip(folder, c.members);
    const std::string before(read_stored_file(path).view());
    EXPECT_EQ(found(folder, {path}), c.expected);
    EXPECT_EQ(read_stored_file(path).view(), before);
    EXPECT_EQ(list_directory(folder.path()), std::vector<std::string>{"x.tea"});
  }
}

TEST(Archive, ItsFilesAreNamedAsInAFolder) {
  const TestFolder folder;
  const std::string path = zip(folder, {{"a.graph.json", test::graph_text},
                                        {"b.graph.json", test::graph_text},
                                        {"b.profile.json", test::profile_text}});
  const std::string b = "b: x.tea/b.graph.json x.tea/b.profile.json - -\n";
  EXPECT_EQ(found(folder, {path + "/b.graph.json"}), b);
  EXPECT_EQ(found(folder, {path + "/b"}), b);
  EngineFiles explicit_files;
  explicit_files.graph = path + "/b.graph.json";
  EXPECT_EQ(found(folder, {}, explicit_files), b);
  EXPECT_EQ(error_of(folder, [&] { found(folder, {path + "/c.json"}); }),
            "x.tea/c.json: no such file; give a graph JSON, its folder or its stem");
  const Engine engine = load_engine(find_engine_files({path + "/b"}, {})[0]);
  EXPECT_EQ(engine.layer_count(), 2u);
  EXPECT_TRUE(engine.profile.present);
}

TEST(Archive, WithoutAnEngineSaysWhatItHas) {
  const TestFolder folder;
  const std::string path = zip(folder, {{"a.txt", "x"}, {"in/b.engine", test::plan_text}});
  EXPECT_EQ(error_of(folder, [&] { found(folder, {path}); }),
            "x.tea: no engine in this archive: looked for graph, profile, timing and metadata JSON "
            "and trtexec logs; it has 'a.txt', 'in/b.engine'");
  folder.write("no.tea", "PK\x03\x04 cut");
  EXPECT_EQ(error_of(folder, [&] { found(folder, {folder / "no.tea"}); }),
            "no.tea: not a zip archive that can be read (not a zip archive); copy it again");
}

TEST(Archive, VerifyFindsEveryChange) {
  const std::vector<Member> sound = {{"a", "one"}, {"b", "two"}};
  struct Case {
    const char* what;
    std::vector<Member> members;
    std::string expected;
  };
  const std::string manifest = manifest_of(sound);
  const Case cases[] = {
      {"nothing", {{"trex-manifest.json", manifest}, {"a", "one"}, {"b", "two"}}, ""},
      {"other contents",
       {{"trex-manifest.json", manifest}, {"a", "onE"}, {"b", "two"}},
       "a: its SHA-256 is not that of the manifest: changed later\n"},
      {"another size",
       {{"trex-manifest.json", manifest}, {"a", "one"}, {"b", "twoo"}},
       "b: 4 bytes, the manifest says 3\n"},
      {"one less", {{"trex-manifest.json", manifest}, {"b", "two"}}, "a: missing\n"},
      {"one more",
       {{"trex-manifest.json", manifest}, {"a", "one"}, {"b", "two"}, {"c", ""}},
       "c: not in the manifest: added later\n"},
      {"no manifest", {{"a", "one"}}, ""},
      {"a manifest that is none",
       {{"trex-manifest.json", "{}"}, {"a", "one"}},
       "x.tea/trex-manifest.json: not a manifest of trex\n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const TestFolder folder;
    const ArchiveContents contents = verify_archive(zip(folder, c.members));
    EXPECT_EQ(folder.shorten(problems_of(contents)), c.expected);
    EXPECT_EQ(contents.is_sound(), c.expected.empty());
  }
}

TEST(Archive, VerifyFindsDamage) {
  const TestFolder folder;
  const std::string path = zip(folder, {{"a", "a text of some length"}, {"b", "x"}});
  std::string bytes(read_stored_file(path).view());
  bytes[bytes.find('a', 30) + 6] = '\x55';  // in the packed bytes of the first member
  write_file(path, bytes);
  const ArchiveContents contents = verify_archive(path);
  EXPECT_FALSE(contents.is_sound());
  EXPECT_TRUE(starts_with(folder.shorten(problems_of(contents)), "a: x.tea: a: damaged ("))
      << problems_of(contents);
}

TEST(Archive, ManifestRejects) {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "f: not a manifest of trex"},
      {R"({"trex_archive": 2, "engine": "x", "files": []})",
       "f: made by a newer trex (version 2 of the manifest, this one knows 1)"},
      {R"({"trex_archive": 1, "files": []})", "f: no text 'engine'"},
      {R"({"trex_archive": 1, "engine": "x", "files": [{"name": "a", "size": -1}]})",
       "f: no whole number 'size'"},
      {R"({"trex_archive": 1, "engine": "x", "files": [{"name": "a", "kind": "", "sha256": "", "size": 1}, {"name": "a", "kind": "", "sha256": "", "size": 1}]})",
       "f: lists a name twice"},
  };
  for (const auto& [text, expected] : cases) {
    try {
      parse_manifest(text, "f");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), expected);
    }
  }
}

std::string tree_of(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    names.push_back(entry.path().string().substr(folder.size() + 1));
  }
  std::sort(names.begin(), names.end());
  return join(names, " ");
}

TEST(Archive, ExtractsAllOrNothing) {
  struct Case {
    const char* what;
    std::vector<Member> members;
    std::string already;  // a file that is there before
    bool overwrite;
    std::string expected_error, expected_tree;
  };
  const std::string manifest = manifest_of({{"a", "one"}, {"in/b", "two"}});
  const Case cases[] = {
      {"sound",
       {{"trex-manifest.json", manifest}, {"a", "one"}, {"in/b", "two"}},
       "",
       false,
       "no error",
       "a in in/b"},
      {"the last one is not what the manifest says",
       {{"trex-manifest.json", manifest}, {"a", "one"}, {"in/b", "2"}},
       "",
       false,
       "x.tea: 'in/b': its SHA-256 is not that of the manifest; nothing was extracted",
       ""},
      {"a name that leads out",
       {{"a", "one"}, {"../b", "two"}},
       "",
       false,
       "x.tea: '../b': a name that could lead out of the folder; nothing was extracted",
       ""},
      {"a file is there",
       {{"0", "zero"}, {"a", "one"}},
       "a",
       false,
       "out/a: is already there; extract to another folder, or overwrite with --force",
       "a"},
      {"and may go", {{"0", "zero"}, {"a", "one"}}, "a", true, "no error", "0 a"},
      {"a folder is there, which stays",
       {{"0", "zero"}, {"in", "one"}},
       "in/x",
       true,
       "out/in: is already there; it is no plain file, so it is not overwritten",
       "in in/x"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const TestFolder folder;
    const std::string path = zip(folder, c.members);
    if (!c.already.empty()) folder.write("out/" + c.already, "old");
    EXPECT_EQ(error_of(folder, [&] { extract_archive(path, folder / "out", c.overwrite); }),
              c.expected_error);
    make_directories(folder / "out");
    EXPECT_EQ(tree_of(folder / "out"), c.expected_tree);
  }
}

TEST(Archive, FollowsNoLinkOutOfTheFolder) {
  const TestFolder folder;
  const std::string path = zip(folder, {{"in/a", "new"}, {"b", "new"}});
  folder.write("elsewhere/a", "old");
  folder.write("elsewhere/b", "old");
  make_directories(folder / "out1");
  std::filesystem::create_symlink(folder / "elsewhere", folder / "out1/in");
  EXPECT_EQ(error_of(folder, [&] { extract_archive(path, folder / "out1", true); }),
            "out1/in: a link where the archive has a folder; nothing was extracted");
  make_directories(folder / "out2");
  std::filesystem::create_symlink(folder / "elsewhere/b", folder / "out2/b");
  EXPECT_EQ(error_of(folder, [&] { extract_archive(path, folder / "out2", true); }),
            "out2/b: is already there; it is no plain file, so it is not overwritten");
  EXPECT_EQ(read_file(folder / "elsewhere/a").view(), "old");
  EXPECT_EQ(read_file(folder / "elsewhere/b").view(), "old");
}

std::string names_of(const std::vector<ArchiveInput>& files) {
  std::string text;
  for (const ArchiveInput& file : files) text += file.name + "=" + file.kind + " ";
  return text;
}

TEST(Archive, TakesWhatBelongsToTheEngine) {
  const TestFolder folder;
  for (const auto& [name, text] : std::initializer_list<std::pair<const char*, std::string>>{
           {"a.onnx", test::onnx_text},
           {"a.onnx.engine", test::plan_text},
           {"a.onnx.engine.graph.json", test::graph_text},
           {"a.onnx.engine.build.log", test::build_log_text},
           {"a.onnx.engine.svg", "<svg/>"},
           {"timing.cache", "abc"},
           {".hidden", "no"},
           {"old.tea", "PK\x03\x04"}}) {
    folder.write(name, text);
  }
  const EngineFiles engine = find_engine_files({folder / "a.onnx.engine"}, {})[0];
  EXPECT_EQ(names_of(files_to_archive(engine, "", {})),
            "a.onnx=ONNX model a.onnx.engine=serialized engine a.onnx.engine.build.log=build log "
            "a.onnx.engine.graph.json=graph a.onnx.engine.svg=unknown file ");
  ArchiveChoice choice{.engine = false, .onnx = false, .extra = {folder / "timing.cache"}};
  EXPECT_EQ(names_of(files_to_archive(engine, "", choice)),
            "a.onnx.engine.build.log=build log a.onnx.engine.graph.json=graph "
            "a.onnx.engine.svg=unknown file timing.cache=unknown file ");
  EXPECT_TRUE(contains(names_of(files_to_archive(engine, folder.path(), {})), "timing.cache="));

  const ArchiveContents made =
      write_archive(folder / "new.tea", engine.name, files_to_archive(engine, "", {}));
  EXPECT_TRUE(made.is_sound());
  EXPECT_TRUE(verify_archive(folder / "new.tea").is_sound());
  EXPECT_EQ(found(folder, {folder / "new.tea"}),
            "a.onnx.engine: new.tea/a.onnx.engine.graph.json - - "
            "new.tea/a.onnx.engine.build.log\n");
  EXPECT_EQ(
      error_of(folder,
               [&] { write_archive(folder / "timing.cache", "x", std::vector<ArchiveInput>{}); }),
      "timing.cache: is there and no archive, so it is not overwritten; name the archive "
      "first");
}

TEST(Archive, TwoFilesOfOneNameAreAnError) {
  const TestFolder folder;
  const std::string a = folder.write("1/a", "x"), b = folder.write("2/a", "y");
  EXPECT_EQ(error_of(folder,
                     [&] {
                       write_archive(folder / "n.tea", "x", {{a, "a", ""}, {b, "a", ""}});
                     }),
            "'1/a' and '2/a' have one name; an archive holds one engine, of one folder");
  EXPECT_FALSE(file_exists(folder / "n.tea"));
}

}  // namespace
}  // namespace trex
