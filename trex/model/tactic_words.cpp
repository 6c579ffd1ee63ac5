// Splitting kernel names into words, types, instructions and extents.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/tactic_words.hpp"
#include "trex/model/ascii.hpp"

#include "trex/base/text.hpp"

namespace trex {
namespace {

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }

bool all_hex(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
  }
  return true;
}

// "0x08c9457380ca50d5", or sixteen and more bare hexadecimal digits.
bool is_hash(std::string_view word) {
  if (starts_with(word, "0x")) return word.size() > 2 && all_hex(word.substr(2));
  return word.size() >= 16 && all_hex(word);
}

struct TypeWord {
  std::string_view word;
  Datatype type;
};
// Longest first where one begins another. CUTLASS and cuBLAS write s8 and u8 too.
constexpr TypeWord type_words[] = {
    {"bf16", Datatype::bf16}, {"tf32", Datatype::tf32}, {"fp16", Datatype::fp16},
    {"fp32", Datatype::fp32}, {"fp64", Datatype::fp64}, {"fp8", Datatype::fp8},
    {"fp4", Datatype::fp4},   {"ue4m3", Datatype::fp8}, {"ue8m0", Datatype::fp8},
    {"e4m3", Datatype::fp8},  {"e5m2", Datatype::fp8},  {"e2m1", Datatype::fp4},
    {"int8", Datatype::int8}, {"int4", Datatype::int4}, {"int32", Datatype::int32},
    {"f16", Datatype::fp16},  {"f32", Datatype::fp32},  {"f64", Datatype::fp64},
    {"i32", Datatype::int32}, {"i8", Datatype::int8},   {"i4", Datatype::int4},
    {"s32", Datatype::int32}, {"s8", Datatype::int8},   {"s4", Datatype::int4},
    {"u8", Datatype::int8},   {"u4", Datatype::int4},   {"half", Datatype::fp16},
};

const TypeWord* type_at(std::string_view text) {
  for (const TypeWord& t : type_words) {
    if (starts_with(text, t.word)) return &t;
  }
  return nullptr;
}

// "tf32f32" -> TF32, FP32. A block-scaled operand is written scale x element ("ue4m3xe2m1"): the
// element counts.
std::vector<Datatype> types_of(std::string_view word) {
  std::vector<Datatype> types;
  while (!word.empty()) {
    const TypeWord* t = type_at(word);
    if (t == nullptr) return {};
    word.remove_prefix(t->word.size());
    if (!word.empty() && word[0] == 'x' && t->type == Datatype::fp8) {
      word.remove_prefix(1);
      if (word.empty()) return {};
      continue;
    }
    types.push_back(t->type);
  }
  return types;
}

constexpr std::string_view shapes[] = {"16816", "16832", "16864", "1688",
                                       "8816",  "8832",  "1684",  "884"};

}  // namespace

void read_tactic_words(std::string_view name, TacticWords& result) {
  result.lowered = lower(name);
  result.words.clear();
  const std::string_view lowered = result.lowered;
  std::size_t start = 0;
  while (start <= lowered.size()) {
    const std::size_t end = std::min(lowered.find('_', start), lowered.size());
    const std::string_view word = lowered.substr(start, end - start);
    if (!word.empty() && !is_hash(word)) {
      result.words.push_back({name.substr(start, end - start), word, types_of(word)});
    }
    start = end + 1;
  }
}

std::optional<MatrixInstruction> find_matrix_instruction(std::string_view word) {
  for (std::size_t i = 0; i + 1 < word.size(); ++i) {
    const char letter = word[i];
    if (letter != 'h' && letter != 's' && letter != 'i' && letter != 'd') continue;
    if (i > 0 && is_small_letter(word[i - 1])) continue;  // "gemms884" is no instruction
    const std::string_view rest = word.substr(i + 1);
    for (const std::string_view shape : shapes) {
      if (!starts_with(rest, shape)) continue;
      if (rest.size() == shape.size() || !is_digit(rest[shape.size()])) {
        return MatrixInstruction{letter, word.substr(i, 1 + shape.size())};
      }
    }
  }
  return std::nullopt;
}

std::optional<int> leading_number(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == 0 || end > 6) return std::nullopt;
  return static_cast<int>(*parse_integer(text.substr(0, end)));
}

std::vector<int> parse_extents(std::string_view text) {
  std::vector<int> extents;
  while (true) {
    const std::size_t end = std::min(text.find('x'), text.size());
    const auto value = leading_number(text);
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) ++length;
    if (!value || length != end || *value == 0 || extents.size() == 4) return {};
    extents.push_back(*value);
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  if (extents.size() < 2) return {};
  return extents;
}

Datatype leading_type(std::string_view word) {
  const TypeWord* t = type_at(word);
  return t == nullptr ? Datatype::unknown : t->type;
}

}  // namespace trex
