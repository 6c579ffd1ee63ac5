// The page's readers of deflate, gzip and zip against zlib and libzip.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/inflate.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "trex/base/error.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/gzip_format.hpp"
#include "trex/base/random.hpp"
#include "trex/base/zip.hpp"
#include "trex/base/zip_format.hpp"

namespace trex {
namespace {

// window_bits: -15 is bare deflate, 31 gzip.
std::string compressed(std::string_view text, int level, int strategy, int window_bits) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, level, Z_DEFLATED, window_bits, 9, strategy), Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string inflated(std::string_view packed) {
  std::string text;
  const Inflated result = inflate(packed, [&](std::string_view piece) {
    text += piece;
    return true;
  });
  if (!result.problem.empty()) return "problem: " + result.problem;
  EXPECT_EQ(result.used, packed.size());
  return text;
}

std::vector<std::string> texts() {
  Random random(1, "inflate");
  std::string noise, words, far;
  for (int i = 0; i < 70000; ++i) noise += static_cast<char>(random.next() & 0xff);
  for (int i = 0; i < 20000; ++i) words += "layer" + std::to_string(random.next() % 900) + ",";
  far = noise.substr(0, 32768) + noise.substr(0, 32768) + noise.substr(1, 32767);
  return {"", "a", "abcabcabcabcabc", std::string(300000, 'x'), noise, words, far};
}

TEST(Inflate, UnpacksWhatZlibPacks) {
  for (const std::string& text : texts()) {
    for (const int level : {0, 1, 6, 9}) {
      for (const int strategy : {Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE}) {
        EXPECT_TRUE(inflated(compressed(text, level, strategy, -15)) == text)
            << text.size() << " bytes, level " << level << ", strategy " << strategy;
      }
    }
    EXPECT_EQ(crc32(text), ::crc32(0, reinterpret_cast<const Bytef*>(text.data()),
                                   static_cast<uInt>(text.size())));
  }
}

TEST(Inflate, StopsWhenItHasEnough) {
  const std::string packed = compressed(std::string(1000000, 'x'), 6, Z_DEFAULT_STRATEGY, -15);
  std::size_t got = 0;
  const Inflated result = inflate(packed, [&](std::string_view piece) {
    got += piece.size();
    return false;
  });
  EXPECT_EQ(result.problem, "");
  EXPECT_LT(got, 100000u);
}

TEST(Inflate, SaysWhatIsDamaged) {
  // Bits from the lowest of the first byte: last block 1, kind (2 bits), then what the kind has.
  const std::pair<std::string, const char*> cases[] = {
      {"", "damaged (ends too early)"},
      {"\x07", "damaged (an unknown kind of block)"},  // kind 3
      {std::string("\x01\x05\x00\x00\x00", 5), "damaged (a stored block of unclear size)"},
      {std::string("\x01\x05\x00\xfa\xff"
                   "ab",
                   7),
       "damaged (ends too early)"},
      {"\x03\x02", "damaged (a copy from before the beginning)"},  // fixed: length 3, distance 1
      {"\xfd\xff\xff", "damaged (more codes than there are symbols)"},  // 31 + 257 literals
  };
  for (const auto& [packed, expected] : cases) {
    EXPECT_EQ(inflate(packed, [](std::string_view) { return true; }).problem, expected);
  }
}

TEST(Inflate, ReadsGzipAsZlibDoes) {
  for (const std::string& text : texts()) {
    const std::string one = compressed(text, 6, Z_DEFAULT_STRATEGY, 31);
    const std::string two = one + compressed("more", 1, Z_FIXED, 31) + std::string(20, '\0');
    for (const std::string& packed : {one, two}) {
      std::string got;
      EXPECT_EQ(unpack_gzip(packed,
                            [&](std::string_view piece) {
                              got += piece;
                              return true;
                            }),
                "");
      EXPECT_TRUE(got == inflate_gzip(packed, "f", 1 << 30).view()) << text.size();
    }
  }
  const std::string packed = compressed("some text, some text", 6, Z_DEFAULT_STRATEGY, 31);
  const auto problem_of = [](const std::string& bytes) {
    return unpack_gzip(bytes, [](std::string_view) { return true; });
  };
  for (std::size_t size = 3; size < packed.size(); ++size) {
    EXPECT_NE(problem_of(packed.substr(0, size)), "") << "cut after " << size;
  }
  EXPECT_EQ(problem_of(packed + "x"), "is followed by bytes that are not gzip");
}

struct Parts {
  std::string text;
  bool sound = true;
};

// Both readers, as far as they get.
Parts read_by_libzip(const std::string& bytes) {
  Parts parts;
  try {
    const ZipReader reader(Bytes::from(bytes), "x.zip");
    for (const ZipEntry& entry : reader.entries()) {
      parts.text += entry.name + "=" + std::string(reader.read(entry).view()) + ";";
    }
  } catch (const Error&) {
    parts.sound = false;
  }
  return parts;
}
Parts read_by_ours(const std::string& bytes) {
  Parts parts;
  const std::string path = "x.zip";
  try {
    const ZipListing listing = list_zip(bytes, path);
    ZipDirectory directory(path, bytes.size(), listing.members.size());
    for (const ZipStated& stated : listing.members) directory.add(stated);
    std::vector<ZipEntry> entries;
    std::vector<ZipRefused> refused;
    directory.finish(entries, refused);
    for (const ZipEntry& entry : entries) {
      std::string text;
      const std::string problem =
          unpack_zip_member(bytes, listing.places[static_cast<std::size_t>(entry.number)],
                            [&](std::string_view piece) {
                              text += piece;
                              return text.size() <= entry.size;
                            });
      if (!problem.empty() || text.size() != entry.size) fail("{}", problem);
      parts.text += entry.name + "=" + text + ";";
    }
  } catch (const Error&) {
    parts.sound = false;
  }
  return parts;
}

std::string archive() {
  const std::string path = testing::TempDir() + "trex_zip_format.zip";
  ZipWriter writer(path);
  writer.add("a.json", Bytes::from(R"({"a": 1, "b": 1, "c": 1, "d": 1})"), true);
  writer.add("in/b", Bytes::from("stored"), false);
  writer.add("large", Bytes::from(texts()[5].substr(0, 20000)), true);
  writer.commit();
  return std::string(read_file(path).view());
}

TEST(ZipFormat, ReadsWhatLibzipReads) {
  const std::string whole = archive();
  const Parts libzip = read_by_libzip(whole), ours = read_by_ours(whole);
  EXPECT_TRUE(libzip.sound && ours.sound);
  EXPECT_TRUE(libzip.text == ours.text);
  EXPECT_TRUE(read_by_ours("something before it" + whole).text == ours.text);
}

// Damage never gives other contents: an error, or what libzip reads as well.
TEST(ZipFormat, DamageIsAnError) {
  std::string whole = archive();
  for (std::size_t size = 0; size < whole.size(); size += size < 300 ? 1 : 97) {
    EXPECT_FALSE(read_by_ours(whole.substr(0, size)).sound) << "cut after " << size;
  }
  for (std::size_t at = 0; at < whole.size(); at += at < 200 || at + 300 > whole.size() ? 1 : 97) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x21);
    const Parts libzip = read_by_libzip(bytes), ours = read_by_ours(bytes);
    if (libzip.sound && ours.sound) {
      EXPECT_TRUE(libzip.text == ours.text)
          << "byte " << at << ": " << libzip.text.substr(0, 60) << " / " << ours.text.substr(0, 60);
    }
  }
}

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 0xff);
  return text;
}

// One stored member "a" of the text "xyz", every size and place in the fields of zip64.
TEST(ZipFormat, ReadsZip64) {
  const std::uint32_t crc = crc32("xyz");
  const std::string full = little(0xffffffff, 4);
  const std::string member = "PK\x03\x04" + little(45, 2) + std::string(8, '\0') + little(crc, 4) +
                             little(3, 4) + little(3, 4) + little(1, 2) + little(0, 2) + "axyz";
  const std::string extra =
      little(1, 2) + little(24, 2) + little(3, 8) + little(3, 8) + little(0, 8);
  const std::string entry = "PK\x01\x02" + little(45, 2) + little(45, 2) + std::string(8, '\0') +
                            little(crc, 4) + full + full + little(1, 2) + little(extra.size(), 2) +
                            std::string(8, '\0') + std::string(2, '\0') + full + "a" + extra;
  const std::string end64 = "PK\x06\x06" + little(44, 8) + little(45, 2) + little(45, 2) +
                            little(0, 8) + little(1, 8) + little(1, 8) + little(entry.size(), 8) +
                            little(member.size(), 8);
  const std::string locator =
      "PK\x06\x07" + little(0, 4) + little(member.size() + entry.size(), 8) + little(1, 4);
  const std::string end = "PK\x05\x06" + little(0, 4) + little(0xffff, 2) + little(0xffff, 2) +
                          full + full + little(0, 2);
  const std::string whole = member + entry + end64 + locator + end;
  EXPECT_EQ(read_by_ours(whole).text, "a=xyz;");
  EXPECT_EQ(read_by_libzip(whole).text, "a=xyz;");
}

}  // namespace
}  // namespace trex
