// SPDX-License-Identifier: Apache-2.0
#include "trex/base/file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <thread>

#include "trex/base/error.hpp"
#include "trex/base/gzip.hpp"

namespace trex {
namespace {

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "trex-file-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

std::string error_of(const std::string& path) {
  try {
    read_file(path);
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

std::string text_of(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 23);
  return text;
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST_F(FileTest, ReadsEverySizeWithPadding) {
  const std::size_t page = 4096, large = std::size_t{1} << 20;  // where mapping begins
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{63}, page - 1, page, page + 1, large - 1, large,
        large + 1, large + page, large + page - 1, large + page - 63}) {
    SCOPED_TRACE(size);
    const std::string text = text_of(size);
    write_file(path("a"), text);
    const Bytes bytes = read_file(path("a"));
    EXPECT_EQ(bytes.view(), text);
    if (size == 0) continue;
    const char* end = bytes.view().data() + size;
    EXPECT_EQ(std::accumulate(end, end + Bytes::padding, 0), 0);  // readable, and zeros
  }
}

TEST_F(FileTest, BytesOfATextHavePadding) {
  const Bytes bytes = Bytes::from("abc");
  EXPECT_EQ(bytes.view(), "abc");
  EXPECT_EQ(bytes.view().data()[3 + Bytes::padding - 1], '\0');
  const Bytes copy = bytes;
  EXPECT_EQ(copy.view().data(), bytes.view().data());
}

TEST_F(FileTest, NamesWhatCannotBeRead) {
  EXPECT_EQ(error_of(path("none")), path("none") + ": cannot be read: no such file or directory");
  EXPECT_EQ(error_of(folder_), folder_ + ": is a directory, not a file");
  EXPECT_EQ(error_of(""), "cannot read a file whose name is empty");
  EXPECT_EQ(error_of("a\x1b"
                     "b"),
            "a\\x1bb: cannot be read: no such file or directory");
  EXPECT_EQ(error_of(std::string("a\0b", 3)), "a\\x00b: a file name cannot hold a 0 byte");
  EXPECT_EQ(error_of(std::string(5000, 'x')),
            std::string(5000, 'x') + ": cannot be read: file name too long");
}

TEST_F(FileTest, DecompressesByContent) {
  const std::string small = text_of(100), large = text_of(3000000);
  const std::string empty_member = gzip("");
  struct Case {
    const char* what;
    std::string stored;
    std::string expected;
  };
  const Case cases[] = {
      {"one member", gzip(small), small},
      {"large", gzip(large), large},
      {"several members", gzip(small) + gzip(large) + gzip("x"), small + large + "x"},
      {"an empty member", empty_member, ""},
      {"an empty member between", gzip("a") + empty_member + gzip("b"), "ab"},
      {"padded with zeros", gzip(small) + std::string(512, '\0'), small},
      {"not gzip", "\x1f\x8b but not", "\x1f\x8b but not"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    write_file(path("a.json"), c.stored);
    const Bytes bytes = read_file(path("a.json"));
    EXPECT_EQ(bytes.view(), c.expected);
    EXPECT_EQ(read_head(path("a.json"), 7), c.expected.substr(0, 7));
  }
}

TEST_F(FileTest, DamagedGzipIsAnError) {
  const std::string whole = gzip(text_of(100000));
  std::string flipped = whole;
  flipped[whole.size() - 6] ^= 1;  // the checksum
  std::string broken = whole;
  broken[10] = '\xff';  // the first deflate block: a type that does not exist
  struct Case {
    const char* what;
    std::string stored;
    std::string expected;
  };
  const Case cases[] = {
      {"cut in the data", whole.substr(0, whole.size() / 2),
       "the gzip stream ends too early; copy the file again"},
      {"cut in the checksum", whole.substr(0, whole.size() - 3),
       "the gzip stream ends too early; copy the file again"},
      {"cut in the header", whole.substr(0, 5),
       "the gzip stream ends too early; copy the file again"},
      {"wrong checksum", flipped,
       "the gzip stream is damaged (incorrect data check); copy or compress it again"},
      {"wrong block", broken,
       "the gzip stream is damaged (invalid block type); copy or compress it again"},
      {"something behind", whole + "hello",
       "5 bytes that are not gzip follow the gzip stream; copy or compress it again"},
      {"second member cut", whole + whole.substr(0, 20),
       "the gzip stream ends too early; copy the file again"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    write_file(path("a.gz"), c.stored);
    EXPECT_EQ(error_of(path("a.gz")), path("a.gz") + ": " + c.expected);
  }
  write_file(path("a.gz"), whole.substr(0, whole.size() / 2));
  EXPECT_EQ(read_head(path("a.gz"), 10), text_of(10));  // enough to see what it is
}

TEST_F(FileTest, GzipHasALimit) {
  const std::string stored = gzip(std::string(1000000, 'x'));
  EXPECT_EQ(inflate_gzip(stored, "f", 1000000).size(), 1000000u);
  try {
    inflate_gzip(stored, "f", 999999);
    FAIL();
  } catch (const Error& e) {
    EXPECT_STREQ(e.what(),
                 "f: decompresses to more than 976.6 KiB; decompress it and look at what it is");
  }
}

TEST_F(FileTest, APipeIsReadOnceAndKept) {
  const std::string fifo = path("pipe");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const std::string text = text_of(300000);
  std::thread writer([&] {
    const int out = open(fifo.c_str(), O_WRONLY);
    for (std::size_t at = 0; at < text.size();) {
      const ssize_t n = write(out, text.data() + at, std::min<std::size_t>(5000, text.size() - at));
      if (n <= 0) break;
      at += static_cast<std::size_t>(n);
    }
    close(out);
  });
  EXPECT_EQ(read_head(fifo, 10), text.substr(0, 10));
  writer.join();
  EXPECT_EQ(read_file(fifo).view(), text);  // would wait for ever if it opened the pipe again
}

TEST_F(FileTest, StandardInputIsReadOnceAndKept) {
  std::string stored = gzip(text_of(1000));
  stored.pop_back();  // damaged, to see how messages call it
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  ASSERT_EQ(write(ends[1], stored.data(), stored.size()), static_cast<ssize_t>(stored.size()));
  close(ends[1]);
  const int input = dup(STDIN_FILENO);
  dup2(ends[0], STDIN_FILENO);
  EXPECT_EQ(read_head("-", 4), text_of(4));
  EXPECT_EQ(error_of("-"), "standard input: the gzip stream ends too early; copy the file again");
  dup2(input, STDIN_FILENO);
  close(input);
  close(ends[0]);
}

TEST_F(FileTest, ProcFilesSayZeroButHoldText) {
  if (!file_exists("/proc/self/status")) GTEST_SKIP() << "no /proc";
  EXPECT_GT(read_file("/proc/self/status").size(), 100u);
}

TEST_F(FileTest, WithoutCommitNothingChanges) {
  write_file(path("a"), "old");
  {
    AtomicFile file(path("a"));
    file.write("new");
    EXPECT_EQ(read_file(path("a")).view(), "old");
    EXPECT_EQ(list_directory(folder_).size(), 2u);
  }
  EXPECT_EQ(read_file(path("a")).view(), "old");
  EXPECT_EQ(list_directory(folder_), std::vector<std::string>{"a"});
}

TEST_F(FileTest, CommitReplaces) {
  write_file(path("a"), "old");
  AtomicFile file(path("a"));
  const std::string large = text_of(1000000);
  file.write("new");
  file.write(large);
  file.commit();
  EXPECT_EQ(read_file(path("a")).view(), "new" + large);
  EXPECT_EQ(list_directory(folder_), std::vector<std::string>{"a"});
}

TEST_F(FileTest, PermissionsAreTheUmasksOrTheOldFiles) {
  const mode_t umask_before = umask(027);
  write_file(path("a"), "x");
  struct stat status {};
  ASSERT_EQ(stat(path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
  ASSERT_EQ(chmod(path("a").c_str(), 0604), 0);
  write_file(path("a"), "y");
  ASSERT_EQ(stat(path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0604U);
  umask(umask_before);
}

TEST_F(FileTest, ASymbolicLinkStaysOne) {
  write_file(path("target"), "old");
  std::filesystem::create_symlink("target", path("link"));
  write_file(path("link"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(path("link")));
  EXPECT_EQ(read_file(path("target")).view(), "new");
}

TEST_F(FileTest, DevicesAreWrittenInPlace) {
  write_file("/dev/null", "x");
  struct stat status {};
  ASSERT_EQ(stat("/dev/null", &status), 0);
  EXPECT_TRUE(S_ISCHR(status.st_mode));
}

TEST_F(FileTest, NamesWhatCannotBeWritten) {
  const auto error = [](const std::string& path) {
    try {
      write_file(path, "x");
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(error(path("no/such")),
            path("no/such") + ": cannot be written: no such file or directory");
  EXPECT_EQ(error(folder_), folder_ + ": cannot be written: is a directory");
  EXPECT_EQ(error(""), "cannot write a file whose name is empty");
  if (file_exists("/dev/full")) {
    EXPECT_EQ(error("/dev/full"), "/dev/full: cannot be written: no space left on device");
  }
}

TEST_F(FileTest, MakesAndListsDirectories) {
  make_directories(path("a/b/c"));
  make_directories(path("a/b/c"));
  EXPECT_TRUE(is_directory(path("a/b/c")));
  write_file(path("a/z"), "");
  write_file(path("a/.hidden"), "");
  EXPECT_EQ(list_directory(path("a")), (std::vector<std::string>{".hidden", "b", "z"}));
  EXPECT_THROW(make_directories(path("a/z/d")), Error);
  EXPECT_THROW(list_directory(path("none")), Error);
  EXPECT_FALSE(is_directory(path("a/z")));
  EXPECT_TRUE(file_exists(path("a/z")));
  EXPECT_FALSE(file_exists(path("a/y")));
}

TEST(Path, SplitsAndJoins) {
  struct Case {
    const char* path;
    const char* directory;
    const char* name;
  };
  const Case cases[] = {
      {"a/b.json", "a", "b.json"}, {"b.json", ".", "b.json"}, {"/b", "/", "b"}, {"/", "/", ""},
      {"a/b/", "a", "b"},          {"a//b", "a", "b"},        {"", ".", ""},    {"//x", "/", "x"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.path);
    EXPECT_EQ(directory_of(c.path), c.directory);
    EXPECT_EQ(file_name_of(c.path), c.name);
  }
  EXPECT_EQ(join_path("a", "b"), "a/b");
  EXPECT_EQ(join_path("a/", "b"), "a/b");
  EXPECT_EQ(join_path("/", "b"), "/b");
  EXPECT_EQ(join_path(".", "b"), "b");
  EXPECT_EQ(join_path(".", "-"), "./-");
  EXPECT_EQ(join_path("", "b"), "b");
  EXPECT_EQ(join_path("a", "/b"), "/b");
}

TEST(ReadFile, RefusesDevices) {
  for (const char* path : {"/dev/zero", "/dev/full", "/dev/null"}) {
    SCOPED_TRACE(path);
    try {
      read_head(path, 10);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()),
                std::string(path) +
                    ": is a device, not a file; give a file, a pipe, or '-' for "
                    "standard input");
    }
  }
}

}  // namespace
}  // namespace trex
