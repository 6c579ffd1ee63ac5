// Zip archives: what goes in comes out; what is damaged, hostile or a bomb is refused in one line.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/zip.hpp"

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>

#include "trex/base/error.hpp"
#include "trex/base/mount.hpp"
#include "trex/base/text.hpp"
#include "trex/base/zip_directory.hpp"

namespace trex {
namespace {

std::string path_of(const std::string& name) {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  const std::string folder = testing::TempDir() + "trex_zip_" + info->name();
  make_directories(folder);
  return folder + "/" + name;
}

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    const std::string text = error.what();
    return text.substr(text.rfind('/') + 1);
  }
  return "no error";
}

struct Member {
  std::string name, text;
};

std::string write_archive(const std::vector<Member>& members, bool compress = true) {
  const std::string path = path_of("x.zip");
  ZipWriter writer(path);
  for (const Member& member : members) {
    writer.add(member.name, Bytes::from(member.text), compress);
  }
  writer.commit();
  return path;
}

std::string text_of(const ZipReader& reader) {
  std::string text;
  for (const ZipEntry& entry : reader.entries()) {
    text += entry.name + "=" + std::string(reader.read(entry).view()) + ";";
  }
  for (const ZipRefused& refused : reader.refused()) {
    text += refused.name + ": " + refused.why + ";";
  }
  return text;
}

TEST(Zip, GivesBackWhatWentIn) {
  std::string large;
  for (int i = 0; i < 200000; ++i) large += std::to_string(i);
  for (const bool compress : {false, true}) {
    const std::string path =
        write_archive({{"a.json", "{}"}, {"b/c.json", large}, {"e", ""}}, compress);
    const ZipReader reader(read_file(path), path);
    EXPECT_EQ(text_of(reader), "a.json={};b/c.json=" + large + ";e=;");
    EXPECT_EQ(reader.read_head(reader.entries()[1], 5), "01234");
  }
}

TEST(Zip, SameMembersGiveTheSameBytes) {
  const std::string first(read_file(write_archive({{"a", "x"}, {"b", "y"}})).view());
  EXPECT_EQ(read_file(write_archive({{"a", "x"}, {"b", "y"}})).view(), first);
}

TEST(Zip, LeavesNothingBehindWithoutCommit) {
  const std::string path = path_of("x.zip");
  std::filesystem::remove(path);
  { ZipWriter(path).add("a", Bytes::from("x"), true); }
  EXPECT_TRUE(std::filesystem::is_empty(std::filesystem::path(path).parent_path()));
}

TEST(Zip, ANameCannotLeaveItsFolder) {
  const std::pair<std::string, std::optional<std::string>> cases[] = {
      {"a.json", "a.json"},
      {"./a//b/./c", "a/b/c"},
      {"/tmp/x/a.json", "tmp/x/a.json"},
      {"..", std::nullopt},
      {"a/../../b", std::nullopt},
      {"a/..", std::nullopt},
      {"...", "..."},
      {"", std::nullopt},
      {"/", std::nullopt},
      {".", std::nullopt},
      {"a\\b", std::nullopt},
      {"C:/a", std::nullopt},
      {"a\nb", std::nullopt},
      {"a\x1b[2Jb", std::nullopt},
      {std::string(255, 'a'), std::string(255, 'a')},
      {std::string(256, 'a'), std::nullopt},
      {std::string(33, 'a').replace(1, 1, "/"), "a/" + std::string(31, 'a')},
  };
  for (const auto& [stated, expected] : cases) {
    EXPECT_EQ(safe_member_name(stated), expected) << printable(stated);
  }
  std::string deep;
  for (int i = 0; i < 33; ++i) deep += "a/";
  EXPECT_EQ(safe_member_name(deep), std::nullopt);
}

TEST(Zip, RefusesMembersThatCouldDoHarm) {
  std::vector<ZipEntry> entries;
  std::vector<ZipRefused> refused;
  const std::string path = "x.tea";
  ZipDirectory directory(path, 1000, 9);
  directory.add({"a/b", 1, 1, 0});
  directory.add({"a/", 0, 0, 1});  // a folder of its own
  directory.add({"a", 1, 1, 2});
  directory.add({"a/b/c", 1, 1, 3});
  directory.add({"./a/b", 1, 1, 4});
  directory.add({"../x", 1, 1, 5});
  directory.add({"link", 1, 1, 6, true});
  directory.add({"locked", 1, 1, 7, false, true});
  directory.add({"odd", 1, 1, 8, false, false, false, " (98)"});
  directory.finish(entries, refused);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].name, "a/b");
  std::string text;
  for (const ZipRefused& one : refused) text += one.name + ": " + one.why + "\n";
  EXPECT_EQ(text,
            "a: a file where another member has a folder\n"
            "a/b/c: a folder where another member is a file\n"
            "./a/b: a second file of this name\n"
            "../x: a name that could lead out of the folder\n"
            "link: a link, which could point anywhere\n"
            "locked: encrypted\n"
            "odd: packed by an unknown method (98)\n");
}

TEST(Zip, RefusesBombs) {
  struct Case {
    const char* what;
    std::uint64_t archive_bytes, size, packed_size, members;
    const char* expected;
  };
  constexpr std::uint64_t mib = 1 << 20, gib = 1 << 30;
  const Case cases[] = {
      {"1 GiB of anything is harmless", mib, gib, 1000, 1, "no error"},
      {"a large engine", gib, 10 * gib, gib / 10, 1, "no error"},
      {"201 to 1 past a GiB", 10 * mib, 2010 * mib, mib, 1,
       "x.tea: 10.0 MiB would unpack to 2.0 GiB: a bomb, it seems; not opened"},
      {"sizes that overflow when added", mib, ~std::uint64_t{0}, 1, 2,
       "x.tea: 1.0 MiB would unpack to 8.0 EiB: a bomb, it seems; not opened"},
      {"members that share their bytes", 1000, 5000, 501, 2,
       "x.tea: the members claim more bytes than the archive has: damaged, or a bomb; not opened"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const std::string path = "x.tea";
    EXPECT_EQ(error_of([&] {
                ZipDirectory directory(path, c.archive_bytes, c.members);
                for (std::uint64_t i = 0; i < c.members; ++i) {
                  directory.add({std::to_string(i), c.size, c.packed_size, i});
                }
                std::vector<ZipEntry> entries;
                std::vector<ZipRefused> refused;
                directory.finish(entries, refused);
              }),
              c.expected);
  }
  EXPECT_EQ(error_of([] { ZipDirectory("x.tea", 1, 10001); }),
            "x.tea: the archive has 10001 members, more than the 10000 that any engine needs; not "
            "opened");
}

// Wherever the archive is cut or changed: an error, or what was there.
TEST(Zip, DamageIsAnErrorOrHarmless) {
  const std::string path =
      write_archive({{"a.json", "{\"a\": 1, \"b\": 1, \"c\": 1}"}, {"b", "text"}});
  const std::string whole(read_file(path).view());
  const std::string sound = text_of(ZipReader(Bytes::from(whole), path));
  const auto reads_as = [&](const std::string& bytes) {
    try {
      return text_of(ZipReader(Bytes::from(bytes), path));
    } catch (const Error& error) {
      EXPECT_TRUE(contains(error.what(), "x.zip: ")) << error.what();
      return std::string("error");
    }
  };
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(reads_as(whole.substr(0, size)), "error") << "cut after " << size;
  }
  int changed_contents = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int bit : {0, 5}) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ 1 << bit);
      const std::string got = reads_as(bytes);
      // A changed name is not seen here: that is what the manifest is for.
      const bool same_text = contains(got, "=text;") || !contains(got, "b=");
      if (!same_text) ++changed_contents;
    }
  }
  EXPECT_EQ(changed_contents, 0);
}

TEST(Zip, SaysWhichMemberIsDamaged) {
  const std::string path = write_archive({{"a.json", "{\"a\": 1}"}}, false);
  std::string bytes(read_file(path).view());
  bytes[bytes.find("{\"a\"") + 2] = 'b';
  const ZipReader reader(Bytes::from(bytes), path);
  EXPECT_EQ(error_of([&] { reader.read(reader.entries()[0]); }),
            "x.zip: a.json: damaged (crc error); copy or make the archive again");
  EXPECT_EQ(error_of([&] { ZipReader(Bytes::from("PK no zip"), path); }),
            "x.zip: not a zip archive that can be read (not a zip archive); copy it again");
}

TEST(Mount, AnArchiveIsAFolder) {
  const std::string path =
      write_archive({{"a.json", "{}"}, {"in/b", "x"}, {"in/a", "y"}, {"in-c", ""}});
  EXPECT_FALSE(is_directory(path));
  mount_archive(path);
  EXPECT_TRUE(is_directory(path));
  EXPECT_TRUE(is_regular_file(path));
  EXPECT_EQ(list_directory(path), (std::vector<std::string>{"a.json", "in", "in-c"}));
  EXPECT_EQ(list_directory(path + "/in"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(is_directory(path + "/in"));
  EXPECT_FALSE(is_directory(path + "/in-"));
  EXPECT_TRUE(file_exists(path + "/in/a"));
  EXPECT_FALSE(file_exists(path + "/in/c"));
  EXPECT_FALSE(is_regular_file(path + "/in"));
  EXPECT_EQ(read_file(path + "/in/b").view(), "x");
  EXPECT_EQ(read_head(path + "/a.json", 1), "{");
  EXPECT_EQ(error_of([&] { read_file(path + "/none"); }), "none: no such file in the archive");
  EXPECT_THROW(write_file(path + "/a.json", "z"), Error);
  EXPECT_EQ(read_file(path + "/a.json").view(), "{}");
}

}  // namespace
}  // namespace trex
