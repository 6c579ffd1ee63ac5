// Every name makes a folder that file systems and other readers take, and reads back as itself.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_partition.hpp"

#include <gtest/gtest.h>

#include <set>

#include "trex/base/sha256.hpp"

namespace trex::store {
namespace {

using Text = std::optional<std::string>;

TEST(DatasetPartition, EncodesWhatAPathCannotHold) {
  struct Case {
    const char* what;
    Text value;
    std::string encoded;
  };
  const Case cases[] = {
      {"plain", "resnet50-v1.5_fp16~a,b@(c)", "resnet50-v1.5_fp16~a,b@(c)"},
      {"unknown", std::nullopt, "__HIVE_DEFAULT_PARTITION__"},
      {"a space and a slash", "NVIDIA A10/MIG", "NVIDIA%20A10%2FMIG"},
      {"parent folder", "..", "%2E."},
      {"dots further on stay", "10.3.0", "10.3.0"},
      {"percent, equals, colon, plus", "a%b=c:d+e", "a%25b%3Dc%3Ad%2Be"},
      {"what globs and SQL mean something by", "*?[x]{y}'\"#\\",
       "%2A%3F%5Bx%5D%7By%7D%27%22%23%5C"},
      {"NUL, newline, DEL", std::string("a\0b\n\x7f", 5), "a%00b%0A%7F"},
      {"not ASCII", "é模型", "é模型"},
      {"a text that looks like Hive's null", "__HIVE_DEFAULT_PARTITION__",
       "%5F_HIVE_DEFAULT_PARTITION__"},
      {"a text that DuckDB takes for null", "Null", "%4Eull"},
      {"a text that looks encoded", "%20", "%2520"},
      {"HTML", "</script>", "%3C%2Fscript%3E"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(encode_partition_value(c.value), c.encoded);
    EXPECT_EQ(decode_partition_value(c.encoded), c.value);
  }
  EXPECT_EQ(encode_partition_value(""), unknown_partition);
  EXPECT_EQ(encode_partition_value("a\xff"), "a\xef\xbf\xbd");  // U+FFFD
}

TEST(DatasetPartition, DecodesOnlyWholeEscapes) {
  EXPECT_EQ(decode_partition_value("100%"), "100%");
  EXPECT_EQ(decode_partition_value("%4"), "%4");
  EXPECT_EQ(decode_partition_value("%4g%41%6a"), "%4gAj");
}

TEST(DatasetPartition, CutsLongNamesAndKeepsThemApart) {
  const std::string a(1'000'000, 'a');
  const std::string encoded = encode_partition_value(a);
  EXPECT_EQ(encoded, std::string(183, 'a') + "~" + sha256(a).substr(0, 16));
  EXPECT_NE(encode_partition_value(a + "b"), encoded);
  EXPECT_EQ(encode_partition_value(std::string(200, 'a')), std::string(200, 'a'));

  // 183 bytes are 60 whole escapes and one that would be cut; 3-byte characters, 61 whole ones.
  EXPECT_EQ(
      encode_partition_value("ab" + std::string(300, '/')).substr(0, 184), "ab" + [] {
        std::string escapes;
        for (int i = 0; i < 60; ++i) escapes += "%2F";
        return escapes;
      }() + "~" + sha256("ab" + std::string(300, '/')).substr(0, 1));
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "模";
  EXPECT_EQ(encode_partition_value("a" + wide).substr(0, 182), "a" + wide.substr(0, 180) + "~");
}

TEST(DatasetPartition, PathsReadBack) {
  const Partition partition{"a/b", std::nullopt, "10.3.0", "2026-03"};
  const std::string path = partition_path(partition);
  EXPECT_EQ(path, "model=a%2Fb/gpu=__HIVE_DEFAULT_PARTITION__/trt=10.3.0/date=2026-03");
  EXPECT_EQ(partition_of("layers/" + path + "/x.parquet"), partition);
  EXPECT_EQ(partition_of("layers/model=a/gpu=b/x.parquet"), std::nullopt);
}

}  // namespace
}  // namespace trex::store
