// Loads every malformed file of the tables, and counts them.

// SPDX-License-Identifier: Apache-2.0
#include "tests/malformed.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <map>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"

namespace trex::test {
namespace {

namespace fs = std::filesystem;

class Malformation : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("trex_malformed_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path_of(const std::string& name) const { return (folder_ / name).string(); }
  std::string without_folder(const std::string& text) const {
    return replace_all(text, folder_.string() + "/", "");
  }

  // "NAME/" is a folder; "NAME@" is a link to what its content says.
  void write(const std::string& name, const std::string& content) const {
    if (ends_with(name, "/")) {
      fs::create_directories(path_of(name));
    } else if (ends_with(name, "@")) {
      fs::create_symlink(content, path_of(name.substr(0, name.size() - 1)));
    } else {
      write_file(path_of(name), content);
    }
  }

  void check(const Malformed& c) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    for (const auto& [name, content] : c.files) write(name, content);
    std::vector<std::string> arguments;
    for (const std::string& name : c.arguments) arguments.push_back(path_of(name));
    EngineFiles options = c.options;
    for (std::string EngineFiles::*file :
         {&EngineFiles::graph, &EngineFiles::profile, &EngineFiles::timing,
          &EngineFiles::profile_metadata, &EngineFiles::build_metadata, &EngineFiles::profile_log,
          &EngineFiles::build_log}) {
      if (!(options.*file).empty()) options.*file = path_of(options.*file);
    }
    std::string error;
    std::vector<std::string> notes;
    try {
      for (const EngineFiles& files : find_engine_files(arguments, options)) {
        for (const Note& note : load_engine(files).notes) {
          notes.push_back(without_folder(note.file + ": " + note.path + ": " + note.message));
        }
      }
    } catch (const Error& e) {
      error = without_folder(e.what());
    }
    EXPECT_EQ(error, c.error);
    EXPECT_EQ(notes, c.notes);
    EXPECT_EQ(error.find('\n'), std::string::npos);
    EXPECT_FALSE(c.error.empty() && c.notes.empty()) << "a case must expect something";
  }

  fs::path folder_;
};

std::vector<Malformed> all_cases() {
  std::vector<Malformed> cases = malformed_plans();
  for (Malformed& c : malformed_files()) cases.push_back(std::move(c));
  return cases;
}

TEST_F(Malformation, GivesOneErrorOrNotes) {
  for (const Malformed& c : all_cases()) {
    SCOPED_TRACE(std::string(c.kind) + ": " + c.what);
    check(c);
  }
}

TEST_F(Malformation, IsOfManyKinds) {
  std::map<std::string, int> kinds;
  for (const Malformed& c : all_cases()) ++kinds[c.kind];
  EXPECT_GE(all_cases().size(), 60u);
  EXPECT_GE(kinds.size(), 12u);
  for (const auto& [kind, count] : kinds) EXPECT_LE(count, 8) << kind;
}

}  // namespace
}  // namespace trex::test
