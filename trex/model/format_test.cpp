// SPDX-License-Identifier: Apache-2.0
#include "trex/model/format.hpp"

#include <gtest/gtest.h>

#include <span>

#include <cstdint>

namespace trex {
namespace {

TEST(Datatype, SpellingsOfAllProducers) {
  struct Case {
    const char* word;
    Datatype type;
  };
  const Case cases[] = {
      {"Float", Datatype::fp32},
      {"FP32", Datatype::fp32},
      {"kFLOAT", Datatype::fp32},
      {"DataType.FLOAT", Datatype::fp32},
      {"torch.float32", Datatype::fp32},
      {"tensor(float)", Datatype::fp32},
      {"Half", Datatype::fp16},
      {"DataType::kHALF", Datatype::fp16},
      {"float16", Datatype::fp16},
      {"BFloat16", Datatype::bf16},
      {"kBF16", Datatype::bf16},
      {"FP8", Datatype::fp8},
      {"E4M3", Datatype::fp8},
      {"FLOAT8E4M3FN", Datatype::fp8},
      {"float8_e4m3fn", Datatype::fp8},
      {"E8M0", Datatype::fp8},
      {"FP4E2M1", Datatype::fp4},
      {"kFP4", Datatype::fp4},
      {"Int8", Datatype::int8},
      {"INT8", Datatype::int8},
      {"kINT8", Datatype::int8},
      {"Int4", Datatype::int4},
      {"UInt8", Datatype::uint8},
      {"Int32", Datatype::int32},
      {"Int64", Datatype::int64},
      {"Bool", Datatype::boolean},
      {"double", Datatype::fp64},
      {"TF32", Datatype::tf32},
      {"", Datatype::unknown},
      {"None", Datatype::unknown},
      {"Complex32", Datatype::unknown},
      {"k", Datatype::unknown},
      {"Floaty", Datatype::unknown},
      {"FP", Datatype::unknown},
      {"averyveryverylongword", Datatype::unknown},
  };
  for (const Case& c : cases) EXPECT_EQ(parse_datatype(c.word), c.type) << c.word;
}

TEST(Datatype, NamesReadBackAndHaveBits) {
  for (int i = 1; i <= static_cast<int>(Datatype::boolean); ++i) {
    const auto type = static_cast<Datatype>(i);
    EXPECT_EQ(parse_datatype(datatype_name(type)), type) << datatype_name(type);
    EXPECT_TRUE(datatype_bits(type).has_value()) << datatype_name(type);
  }
  EXPECT_EQ(datatype_name(Datatype::unknown), "");
  EXPECT_EQ(datatype_bits(Datatype::unknown), std::nullopt);
  EXPECT_EQ(datatype_bits(Datatype::tf32), 32);
  EXPECT_EQ(datatype_bits(Datatype::fp4), 4);
  EXPECT_EQ(datatype_bits(Datatype::boolean), 8);
  EXPECT_TRUE(is_floating_point(Datatype::bf16));
  EXPECT_FALSE(is_floating_point(Datatype::int8));
}

using F = LayoutFamily;

struct FormatCase {
  const char* text;
  const char* short_name;
  F family;
  int width;
  int spatial_rank;
};

void expect_formats(std::span<const FormatCase> cases) {
  for (const FormatCase& c : cases) {
    SCOPED_TRACE(c.text);
    const Format format = parse_format(c.text);
    EXPECT_EQ(format.short_name(), c.short_name);
    EXPECT_EQ(format.family, c.family);
    EXPECT_EQ(format.vector_width, c.width);
    EXPECT_EQ(format.spatial_rank, c.spatial_rank);
    EXPECT_EQ(format.raw, c.text);
    EXPECT_TRUE(format.recognised);
    EXPECT_FALSE(format.dynamic);
  }
}

TEST(Format, SentencesOfEveryEra) {
  const FormatCase cases[] = {
      {"Row major linear FP32", "FP32 NCHW", F::linear, 1, 2},
      {"Row major linear FP32 format", "FP32 NCHW", F::linear, 1, 2},
      {"Row major linear FP16 format", "FP16 NCHW", F::linear, 1, 2},
      {"Row major linear Int32", "INT32 NCHW", F::linear, 1, 2},
      {"Row major Int8 format", "INT8 NCHW", F::linear, 1, 2},
      {"Row major INT8 format", "INT8 NCHW", F::linear, 1, 2},
      {"Row major linear BFloat16 format", "BF16 NCHW", F::linear, 1, 2},
      {"Row major linear BF16 format", "BF16 NCHW", F::linear, 1, 2},
      {"Row major linear BOOL", "BOOL NCHW", F::linear, 1, 2},
      {"Row major linear UInt8 format", "UINT8 NCHW", F::linear, 1, 2},
      {"Row major linear Int64", "INT64 NCHW", F::linear, 1, 2},
      {"Row major linear INT4 format", "INT4 NCHW", F::linear, 1, 2},
      {"Row major linear FP8 format (kLINEAR)", "FP8 NCHW", F::linear, 1, 2},
      {"Row major linear FP32 format (kLINEAR)", "FP32 NCHW", F::linear, 1, 2},
      {"Row major linear FP4E2M1 format (kLINEAR)", "FP4 NCHW", F::linear, 1, 2},
      {"Row major linear FP16 format with 3 spatial dimensions", "FP16 NCDHW", F::linear, 1, 3},
      {"Channel major FP32 format", "FP32 NHWC", F::channel_major, 1, 2},
      {"Channel major FP16 format where channel % 2 == 0", "FP16 NHWC2", F::channel_major, 2, 2},
      {"Channel major FP16 format where channel % 4 == 0", "FP16 NHWC4", F::channel_major, 4, 2},
      {"Channel major FP32 format where channel % 4 == 0", "FP32 NHWC4", F::channel_major, 4, 2},
      {"Channel major FP16 format where channel % 8 == 0", "FP16 NHWC8", F::channel_major, 8, 2},
      {"Channel major FP16 format where channel % 16 == 0", "FP16 NHWC16", F::channel_major, 16, 2},
      {"Channel major INT8 format where channel % 32 == 0", "INT8 NHWC32", F::channel_major, 32, 2},
      {"Channel major FP16 format where channel % 8 == 0 with 3 spatial dimensions", "FP16 NDHWC8",
       F::channel_major, 8, 3},
      {"Channel major FP32 format where channel % 4 == 0 with three spatial dimensions",
       "FP32 NDHWC4", F::channel_major, 4, 3},
      {"Channel major FP16 format where channel%8==0 (kHWC8)", "FP16 NHWC8", F::channel_major, 8,
       2},
      {"Channel major FP16 format where channel % 8 == 0 with 1 spatial dimension", "FP16 NWC8",
       F::channel_major, 8, 1},
      {"Channel major FP8 format where channel % 16 == 0 (kHWC16)", "FP8 NHWC16", F::channel_major,
       16, 2},
      {"Two wide channel vectorized row major FP16 format", "FP16 NC/2HW2", F::vectorized, 2, 2},
      {"Four wide channel vectorized row major Int8 format", "INT8 NC/4HW4", F::vectorized, 4, 2},
      {"Four wide channel vectorized row major FP32 format", "FP32 NC/4HW4", F::vectorized, 4, 2},
      {"Eight wide channel vectorized row major FP16 format", "FP16 NC/8HW8", F::vectorized, 8, 2},
      {"Sixteen wide channel vectorized row major FP16 format", "FP16 NC/16HW16", F::vectorized, 16,
       2},
      {"Thirty-two wide channel vectorized row major Int8 format", "INT8 NC/32HW32", F::vectorized,
       32, 2},
      {"Thirty-two wide channel vectorized row major FP16 format", "FP16 NC/32HW32", F::vectorized,
       32, 2},
      {"Thirty-two wide channel vectorized row major FP32 format", "FP32 NC/32HW32", F::vectorized,
       32, 2},
      {"Thirty-two wide channel vectorized row major INT8 format with 3 spatial dimensions",
       "INT8 NC/32DHW32", F::vectorized, 32, 3},
      {"thirty two wide channel vectorised row major int8 format", "INT8 NC/32HW32", F::vectorized,
       32, 2},
      {"Sixty-four wide channel vectorized row major FP8 format", "FP8 NC/64HW64", F::vectorized,
       64, 2},
      {"One hundred twenty-eight wide channel vectorized row major Int8 format", "INT8 NC/128HW128",
       F::vectorized, 128, 2},
      {"32 wide channel vectorized row major Int8 format (kCHW32)", "INT8 NC/32HW32", F::vectorized,
       32, 2},
  };
  expect_formats(cases);
}

TEST(Format, EnumsAndOptionSpellings) {
  const FormatCase cases[] = {
      {"kLINEAR", "NCHW", F::linear, 1, 2},
      {"kCHW2", "NC/2HW2", F::vectorized, 2, 2},
      {"kCHW4", "NC/4HW4", F::vectorized, 4, 2},
      {"kCHW16", "NC/16HW16", F::vectorized, 16, 2},
      {"kCHW32", "NC/32HW32", F::vectorized, 32, 2},
      {"kHWC", "NHWC", F::channel_major, 1, 2},
      {"kHWC4", "NHWC4", F::channel_major, 4, 2},
      {"kHWC8", "NHWC8", F::channel_major, 8, 2},
      {"kHWC16", "NHWC16", F::channel_major, 16, 2},
      {"kDHWC8", "NDHWC8", F::channel_major, 8, 3},
      {"kDHWC", "NDHWC", F::channel_major, 1, 3},
      {"kCDHW32", "NC/32DHW32", F::vectorized, 32, 3},
      {"TensorFormat.CHW32", "NC/32HW32", F::vectorized, 32, 2},
      {"fp16:chw32", "FP16 NC/32HW32", F::vectorized, 32, 2},
      {"fp16:hwc8", "FP16 NHWC8", F::channel_major, 8, 2},
      {"int8:chw", "INT8 NCHW", F::linear, 1, 2},
      {"fp32:dhwc", "FP32 NDHWC", F::channel_major, 1, 3},
      {"NCHW", "NCHW", F::linear, 1, 2},
      {"FP16 NHWC8", "FP16 NHWC8", F::channel_major, 8, 2},
      {"INT8 NC/32HW32", "INT8 NC/32HW32", F::vectorized, 32, 2},
      {"INT8 NC/32DHW32", "INT8 NC/32DHW32", F::vectorized, 32, 3},
      {"Half/NHWC8", "FP16 NHWC8", F::channel_major, 8, 2},
      {"kDLA_LINEAR", "DLA linear", F::dla, 1, 2},
      {"int8:dla_linear", "INT8 DLA linear", F::dla, 1, 2},
      {"kDLA_HWC4", "DLA HWC4", F::dla, 4, 2},
      {"fp16:dla_hwc4", "FP16 DLA HWC4", F::dla, 4, 2},
      {"FP16 where channel == 4 and column stride % 32 == 0", "FP16 DLA HWC4", F::dla, 4, 2},
      {"DLA planar INT8 format", "INT8 DLA", F::dla, 1, 2},
      {"Row major INT8 format where column stride % 64 == 0", "INT8 DLA linear", F::dla, 1, 2},
      {"Channel major FP16 format where channel == 4 and column stride % 32 == 0", "FP16 DLA HWC4",
       F::dla, 4, 2},
  };
  expect_formats(cases);
}

TEST(Format, ShortWordsAndWhatIsOnlyPartlyUnderstood) {
  const FormatCase cases[] = {
      {"Half", "FP16", F::unknown, 1, 2},
      {"Float", "FP32", F::unknown, 1, 2},
      {"BFloat16", "BF16", F::unknown, 1, 2},
      {"FP8", "FP8", F::unknown, 1, 2},
      {"FP4E2M1", "FP4", F::unknown, 1, 2},
      {"Int64", "INT64", F::unknown, 1, 2},
      {"Bool", "BOOL", F::unknown, 1, 2},
      {"Zigzag swizzled FP16 format", "FP16", F::unknown, 1, 2},
      {"Umpteen wide channel vectorized row major FP16 format", "FP16", F::unknown, 1, 2},
      {"Channel major FP16 format where channel % zero == 0", "FP16", F::unknown, 1, 2},
      {"Channel major FP16 format where channel % 99999999999 == 0", "FP16", F::unknown, 1, 2},
      {"Channel major Quux format where channel % 8 == 0", "NHWC8", F::channel_major, 8, 2},
  };
  expect_formats(cases);
}

TEST(Format, NotUnderstoodKeepsTheText) {
  for (const char* text :
       {"", "None", "A", "complexity", "wide", "%", "== 0", "c/", "nc/32", "/"}) {
    const Format format = parse_format(text);
    EXPECT_EQ(format.datatype, Datatype::unknown) << text;
    EXPECT_EQ(format.family, F::unknown) << text;
    EXPECT_EQ(format.layout, "") << text;
    EXPECT_EQ(format.short_name(), text);
  }
  EXPECT_FALSE(parse_format("A").recognised);
  EXPECT_FALSE(parse_format(std::string(1 << 20, 'x')).recognised);
}

TEST(Format, DynamicShapes) {
  const Format format = parse_format("N/A due to dynamic shapes");
  EXPECT_TRUE(format.dynamic);
  EXPECT_TRUE(format.recognised);
  EXPECT_EQ(format.datatype, Datatype::unknown);
  EXPECT_EQ(format.short_name(), "N/A due to dynamic shapes");
  const Format typed = parse_format("N/A due to dynamic shapes", "Half");
  EXPECT_TRUE(typed.dynamic);
  EXPECT_EQ(typed.short_name(), "FP16");
}

// Two numbers an element: the part's type must not be taken for the element's.
TEST(Format, ComplexTypesAreUnknown) {
  for (const char* text :
       {"Complex-32 bits Row major linear FP16 format", "complex64", "Complex32"}) {
    const Format format = parse_format(text);
    EXPECT_EQ(format.datatype, Datatype::unknown) << text;
    EXPECT_TRUE(format.recognised) << text;
    EXPECT_EQ(tensor_bytes(std::vector<std::int64_t>{1, 2}, format).bytes, std::nullopt) << text;
  }
}

TEST(Format, SeparateDatatypeOf11) {
  struct Case {
    const char *format, *datatype, *short_name, *raw;
  };
  const Case cases[] = {
      {"Row major linear FP32 format (kLINEAR)", "Float", "FP32 NCHW",
       "Row major linear FP32 format (kLINEAR)"},
      {"kHWC8", "Half", "FP16 NHWC8", "kHWC8"},
      {"Channel major FP16 format where channel % 8 == 0", "BFloat16", "BF16 NHWC8",
       "Channel major FP16 format where channel % 8 == 0"},
      {"", "FP8", "FP8", "FP8"},
      {"", "", "", ""},
      {"Half", "", "FP16", "Half"},
      {"Half", "mystery", "FP16", "Half"},
      {"kLINEAR", "Complex64", "NCHW", "kLINEAR"},
  };
  for (const Case& c : cases) {
    const Format format = parse_format(c.format, c.datatype);
    EXPECT_EQ(format.short_name(), c.short_name) << c.format << " | " << c.datatype;
    EXPECT_EQ(format.raw, c.raw);
  }
}

TEST(TensorBytes, VolumeWithPaddedChannels) {
  struct Case {
    const char* what;
    std::vector<std::int64_t> dims;
    const char* format;
    std::optional<std::int64_t> bytes;
    bool lower_bound;
  };
  const Case cases[] = {
      {"linear: 3 * 224 * 224 * 4", {1, 3, 224, 224}, "Row major linear FP32", 602112, false},
      {"3 channels are stored as 32",
       {1, 3, 224, 224},
       "Thirty-two wide channel vectorized row major Int8 format",
       1605632,
       false},
      {"3 channels are stored as 4",
       {1, 3, 224, 224},
       "Four wide channel vectorized row major Int8 format",
       200704,
       false},
      {"64 is a multiple of 8", {2, 64, 7, 7}, "kHWC8 Half", 12544, false},
      {"65 becomes 72: 2 * 72 * 49 * 2", {2, 65, 7, 7}, "kHWC8 Half", 14112, false},
      {"3-D: 1 * 8 * 4 * 5 * 6 * 2", {1, 3, 4, 5, 6}, "fp16:dhwc8", 1920, false},
      {"axis 1 also at rank 3: 2 * 8 * 10 * 2", {2, 3, 10}, "fp16:hwc8", 320, false},
      {"not at rank 2: 2 * 3 * 2", {2, 3}, "fp16:hwc8", 12, false},
      {"no layout: dense, a lower bound", {1, 3, 4, 4}, "Half", 96, true},
      {"four bits, rounded up: ceil(15 / 2)", {3, 5}, "FP4E2M1", 8, true},
      {"INT4: ceil(9 / 2)", {9}, "Row major linear Int4", 5, false},
      {"a scalar", {}, "Float", 4, true},
      {"BF16, BOOL, FP8 have sizes too", {10}, "BFloat16", 20, true},
      {"bool", {10}, "Bool", 10, true},
      {"int64", {10}, "Int64", 80, true},
      {"empty", {0, 5}, "Half", 0, true},
      {"empty although its product overflows", {1LL << 40, 1LL << 40, 0}, "Half", 0, true},
      {"dynamic", {-1, 3, 224, 224}, "Row major linear FP32", std::nullopt, false},
      {"negative nonsense", {1, -7}, "Half", std::nullopt, false},
      {"dynamic beside an empty axis", {-1, 0}, "Half", std::nullopt, false},
      {"unknown type", {1, 3}, "kLINEAR", std::nullopt, false},
      {"dynamic format", {1, 3}, "N/A due to dynamic shapes", std::nullopt, false},
      {"DLA pitch is not counted", {1, 3, 2, 2}, "int8:dla_hwc4", 16, true},
      {"2^62 bytes fit", {1LL << 31, 1LL << 29}, "Float", 1LL << 62, true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const TensorBytes result = tensor_bytes(c.dims, parse_format(c.format));
    EXPECT_EQ(result.bytes, c.bytes);
    EXPECT_EQ(result.lower_bound, c.lower_bound);
    EXPECT_FALSE(result.overflow);
  }
}

TEST(TensorBytes, OverflowIsUnknownAndSaid) {
  const std::vector<std::int64_t> cases[] = {
      {1LL << 40, 1LL << 40},  // elements
      {1LL << 61, 1},          // bytes: 2^61 * 4
      {1, INT64_MAX, 1},       // padding
  };
  for (const auto& dims : cases) {
    const TensorBytes result = tensor_bytes(dims, parse_format("fp32:hwc4"));
    EXPECT_EQ(result.bytes, std::nullopt);
    EXPECT_TRUE(result.overflow);
  }
}

}  // namespace
}  // namespace trex
