// Names, sizes and spellings of datatypes.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/datatype.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace trex {
namespace {

struct Spec {
  Datatype type;
  std::string_view name;
  int bits;
};

constexpr Spec specs[] = {
    {Datatype::unknown, "", 0},     {Datatype::fp64, "FP64", 64},   {Datatype::fp32, "FP32", 32},
    {Datatype::tf32, "TF32", 32},   {Datatype::fp16, "FP16", 16},   {Datatype::bf16, "BF16", 16},
    {Datatype::fp8, "FP8", 8},      {Datatype::fp4, "FP4", 4},      {Datatype::int8, "INT8", 8},
    {Datatype::int4, "INT4", 4},    {Datatype::uint8, "UINT8", 8},  {Datatype::int32, "INT32", 32},
    {Datatype::int64, "INT64", 64}, {Datatype::boolean, "BOOL", 8},
};

struct Spelling {
  std::string_view word;  // lower case, without "k", '_' and '-'
  Datatype type;
};

// Sorted by word. TensorRT's enum and words, ONNX's, numpy's, PyTorch's and TREx's. E8M0 is the
// eight-bit scale type of block formats: an FP8 in size and kind.
constexpr Spelling spellings[] = {
    {"bf16", Datatype::bf16},
    {"bfloat", Datatype::bf16},
    {"bfloat16", Datatype::bf16},
    {"bool", Datatype::boolean},
    {"boolean", Datatype::boolean},
    {"double", Datatype::fp64},
    {"e2m1", Datatype::fp4},
    {"e4m3", Datatype::fp8},
    {"e4m3fn", Datatype::fp8},
    {"e5m2", Datatype::fp8},
    {"e8m0", Datatype::fp8},
    {"f16", Datatype::fp16},
    {"f32", Datatype::fp32},
    {"f64", Datatype::fp64},
    {"float", Datatype::fp32},
    {"float16", Datatype::fp16},
    {"float32", Datatype::fp32},
    {"float4", Datatype::fp4},
    {"float4e2m1", Datatype::fp4},
    {"float4e2m1fn", Datatype::fp4},
    {"float4e2m1fnx2", Datatype::fp4},
    {"float64", Datatype::fp64},
    {"float8", Datatype::fp8},
    {"float8e4m3", Datatype::fp8},
    {"float8e4m3fn", Datatype::fp8},
    {"float8e5m2", Datatype::fp8},
    {"float8e8m0", Datatype::fp8},
    {"float8e8m0fnu", Datatype::fp8},
    {"fp16", Datatype::fp16},
    {"fp32", Datatype::fp32},
    {"fp4", Datatype::fp4},
    {"fp4e2m1", Datatype::fp4},
    {"fp64", Datatype::fp64},
    {"fp8", Datatype::fp8},
    {"fp8e4m3", Datatype::fp8},
    {"fp8e4m3fn", Datatype::fp8},
    {"fp8e5m2", Datatype::fp8},
    {"fp8e8m0", Datatype::fp8},
    {"half", Datatype::fp16},
    {"i32", Datatype::int32},
    {"i4", Datatype::int4},
    {"i64", Datatype::int64},
    {"i8", Datatype::int8},
    {"int", Datatype::int32},
    {"int32", Datatype::int32},
    {"int4", Datatype::int4},
    {"int64", Datatype::int64},
    {"int8", Datatype::int8},
    {"long", Datatype::int64},
    {"mxfp4", Datatype::fp4},
    {"mxfp8", Datatype::fp8},
    {"nvfp4", Datatype::fp4},
    {"s32", Datatype::int32},
    {"s4", Datatype::int4},
    {"s64", Datatype::int64},
    {"s8", Datatype::int8},
    {"single", Datatype::fp32},
    {"tensorfloat32", Datatype::tf32},
    {"tf32", Datatype::tf32},
    {"u8", Datatype::uint8},
    {"uint8", Datatype::uint8},
};

constexpr bool is_sorted_table() {
  for (std::size_t i = 1; i < std::size(spellings); ++i) {
    if (!(spellings[i - 1].word < spellings[i].word)) return false;
  }
  return true;
}
static_assert(is_sorted_table());

constexpr std::size_t longest_word = 16;

Datatype look_up(std::string_view word) {
  const auto* found =
      std::lower_bound(std::begin(spellings), std::end(spellings), word,
                       [](const Spelling& s, std::string_view text) { return s.word < text; });
  return found != std::end(spellings) && found->word == word ? found->type : Datatype::unknown;
}

}  // namespace

std::string_view datatype_name(Datatype type) { return specs[static_cast<std::size_t>(type)].name; }

std::optional<int> datatype_bits(Datatype type) {
  if (type == Datatype::unknown) return std::nullopt;
  return specs[static_cast<std::size_t>(type)].bits;
}

Datatype parse_datatype(std::string_view word) {
  // "DataType.HALF", "torch.float16", "DataType::kHALF", "tensor(float16)": the last part counts.
  if (!word.empty() && word.back() == ')') word.remove_suffix(1);
  const std::size_t scope = word.find_last_of(".:(");
  if (scope != std::string_view::npos) word.remove_prefix(scope + 1);

  std::array<char, longest_word + 1> buffer{};
  std::size_t size = 0;
  for (const char c : word) {
    if (c == '_' || c == '-' || c == ' ') continue;
    if (size == buffer.size()) return Datatype::unknown;
    buffer[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const std::string_view text(buffer.data(), size);
  const Datatype type = look_up(text);
  if (type != Datatype::unknown || text.empty() || text[0] != 'k') return type;
  return look_up(text.substr(1));
}

bool is_floating_point(Datatype type) {
  switch (type) {
    case Datatype::fp64:
    case Datatype::fp32:
    case Datatype::tf32:
    case Datatype::fp16:
    case Datatype::bf16:
    case Datatype::fp8:
    case Datatype::fp4:
      return true;
    default:
      return false;
  }
}

}  // namespace trex
