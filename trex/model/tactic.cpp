// How a kernel's name is read.
//
// Fields of xmma names: "f16f32_tf32f32_f32" = (input, output), (math operand, accumulator),
// epilogue. So the first type of the second pair is the math; without a second pair the first
// type of the first field is. CUTLASS names list A, B, accumulator ...: the first is the math.
//
// Order of evidence for the math type:
//   1. a matrix instruction that fixes it: i8816, i16832 (INT8), i8832, i16864 (INT4), h884,
//      h1688, h16816 (FP16), d884 (FP64), imma (INT8), qmma (FP8), omma (FP4), dmma (FP64)
//   2. operand fields, and cuBLAS's nvjet letters
//   3. s884, s1688, s16816: 's' is the FP32 accumulator; a type beside it decides, else FP16
//      (s1688 from Ampere on: TF32)
//   4. hmma (FP16)
//   5. library letters: scudnn, sgemm (FP32, whatever is stored), hcudnn, hgemm (FP16), icudnn,
//      int8x4, dp4a (INT8), dgemm (FP64)
//   6. the first word that begins with a type ("FP16NHWCx8", "e4m3")
// Myelin's generated kernels ("__myl_MulAdd_0x...") and hashes say nothing.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/tactic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/model/tactic_words.hpp"

namespace trex {
namespace {

// Kernel names are short; longer ones are not read (they cost memory and mean nothing).
constexpr std::size_t longest_name = 4096;

struct Architecture {
  std::string_view word;
  int sm;
};
constexpr Architecture architectures[] = {
    {"maxwell", 50}, {"pascal", 60}, {"volta", 70},  {"turing", 75},
    {"ampere", 80},  {"ada", 89},    {"hopper", 90}, {"blackwell", 100},
};

void read_architecture(const TacticWords& words, Tactic& t) {
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const TacticWord& word = words.words[i];
    const bool after_cutlass = i > 0 && words.words[i - 1].lowered == "cutlass";
    if (starts_with(word.lowered, "sm") || after_cutlass) {
      const auto sm = leading_number(word.lowered.substr(after_cutlass ? 0 : 2));
      if (sm && *sm >= 10 && *sm < 1000) {
        t.architecture = word.text;
        t.sm = sm;
        return;
      }
    }
    for (const Architecture& a : architectures) {
      if (word.lowered != a.word) continue;
      t.architecture = word.text;
      t.sm = a.sm;
      return;
    }
  }
}

void set_tile(Tactic& t, const std::vector<int>& extents) {
  if (t.tile_m || extents.size() < 2 || extents.size() > 3) return;  // Winograd's four say no tile
  t.tile_m = extents[0];
  t.tile_n = extents[1];
  if (extents.size() == 3) t.tile_k = extents[2];
}

void read_tile(const TacticWords& words, Tactic& t) {
  constexpr std::string_view tilesize = "tilesize";
  for (const TacticWord& word : words.words) {
    if (!starts_with(word.lowered, tilesize)) continue;
    set_tile(t, parse_extents(word.lowered.substr(tilesize.size())));
    return;
  }
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const std::vector<int> extents = parse_extents(words.words[i].lowered);
    if (extents.empty()) continue;
    if (!t.tile_m) {
      set_tile(t, extents);
      if (!t.tile_m) return;
      continue;
    }
    // "stages_64x5" and CUTLASS's "128x256_32x3": depth of a stage x stages.
    const std::string_view before = words.words[i - 1].lowered;
    const bool staged = before == "stages" || !parse_extents(before).empty();
    if (staged && extents.size() == 2) {
      t.tile_k = extents[0];
      t.stages = extents[1];
    }
    return;
  }
}

void read_stages(const TacticWords& words, Tactic& t) {
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const std::string_view word = words.words[i].lowered;
    const std::string_view next =
        i + 1 < words.words.size() ? words.words[i + 1].lowered : std::string_view();
    if (starts_with(word, "stages") && word.size() > 6) {
      if (const auto n = leading_number(word.substr(6))) t.stages = n;
    } else if (starts_with(word, "stage") && word != "stages") {
      if (const auto n = leading_number(word.substr(5))) t.stages = n;
    } else if (starts_with(word, "splitk")) {
      std::string_view rest = word.substr(6);
      if (starts_with(rest, "slices")) rest.remove_prefix(6);
      t.split_k = leading_number(rest);
    } else if (word == "split" && (next == "k" || starts_with(next, "k"))) {
      const bool apart = next == "k" && i + 2 < words.words.size();
      t.split_k = leading_number(apart ? words.words[i + 2].lowered : next.substr(1));
    }
  }
}

// "tensor16x8x16", "tensorop", "i8816", "hmma", "wgmma": the first that is named.
struct Instruction {
  std::string_view text;
  char letter = 0;  // of the m-n-k kind
};
constexpr std::string_view mma_words[] = {"wgmma", "hgmma", "igmma", "qgmma", "imma", "hmma",
                                          "qmma",  "omma",  "dmma",  "bmma",  "gmma", "utcmma"};

std::string_view mma_word(std::string_view word) {
  for (const std::string_view mma : mma_words) {
    const std::size_t at = word.find(mma);
    if (at != std::string_view::npos) return word.substr(at, mma.size());
  }
  return {};
}

bool is_tensor_word(std::string_view word) {
  return starts_with(word, "tensor") && parse_extents(word.substr(6)).size() == 3;
}

// CUTLASS 3: "s64x128x16gemm".
bool is_warpgroup_gemm(std::string_view word) {
  if (!ends_with(word, "gemm") || word.size() < 6) return false;
  return parse_extents(word.substr(1, word.size() - 5)).size() == 3;
}

Instruction find_instruction(const TacticWords& words) {
  for (const TacticWord& word : words.words) {
    if (const auto found = find_matrix_instruction(word.lowered)) {
      return {found->text, found->letter};
    }
  }
  for (const TacticWord& word : words.words) {
    if (is_tensor_word(word.lowered)) return {word.lowered, 0};
    if (is_warpgroup_gemm(word.lowered)) return {word.lowered, 0};
    if (const auto mma = mma_word(word.lowered); !mma.empty()) return {mma, 0};
  }
  return {};
}

bool has_part(const TacticWords& words, std::string_view part) {
  return std::any_of(words.words.begin(), words.words.end(),
                     [&](const TacticWord& word) { return contains(word.lowered, part); });
}

// As a word or after digits: "hgemm" is not in "batchedgemm".
bool has_library(const TacticWords& words, std::string_view part) {
  return std::any_of(words.words.begin(), words.words.end(), [&](const TacticWord& word) {
    const std::size_t at = word.lowered.find(part);
    if (at == std::string_view::npos) return false;
    return at == 0 || word.lowered[at - 1] < 'a' || word.lowered[at - 1] > 'z';
  });
}

bool is_nvjet(const TacticWords& words) {
  return !words.words.empty() && words.words[0].lowered == "nvjet";
}

struct CoreRule {
  std::string_view part;
  TensorCore value;
  std::string_view rule;
};
// 'avdt_dense' names no instruction; TensorRT picks it over Tensor Core kernels for INT8 3x3
// convolutions, and its 64x256 tile in 128 threads is out of reach of dp4a: so inferred. So are
// the fused attention kernels: TensorRT makes them for FP16, BF16, FP8 and INT8 only.
constexpr CoreRule core_rules[] = {
    {"tensorop", TensorCore::yes, "tensorop"},
    {"avdt_dense", TensorCore::yes, "avdt_dense (inferred: no instruction is named)"},
    {"gemm_mha", TensorCore::yes, "fused attention (inferred: no instruction is named)"},
    {"fmha", TensorCore::yes, "fused attention (inferred: no instruction is named)"},
    {"ffma", TensorCore::no, "ffma: CUDA cores"},
    {"simt", TensorCore::no, "simt: CUDA cores"},
    {"int8x4", TensorCore::no, "int8x4: dp4a on CUDA cores"},
    {"dp4a", TensorCore::no, "dp4a on CUDA cores"},
    {"icudnn", TensorCore::no, "icudnn: dp4a on CUDA cores"},
    {"scudnn", TensorCore::no, "scudnn: CUDA cores"},
    {"sgemm", TensorCore::no, "sgemm: CUDA cores"},
    {"dcudnn", TensorCore::no, "dcudnn: CUDA cores"},
    {"dgemm", TensorCore::no, "dgemm: CUDA cores"},
    {"hcudnn", TensorCore::no, "hcudnn: CUDA cores"},
    {"hgemm", TensorCore::no, "hgemm: CUDA cores"},
    {"gemvx", TensorCore::no, "gemvx: CUDA cores"},
};

void set_core(Tactic& t, TensorCore value, std::string_view rule) {
  t.tensor_core = value;
  t.tensor_core_rule = rule;
}

void decide_tensor_core(const TacticWords& words, const Instruction& instruction, Tactic& t) {
  if (!instruction.text.empty()) {
    return set_core(t, TensorCore::yes, "matrix instruction in the name");
  }
  if (is_nvjet(words)) return set_core(t, TensorCore::yes, "nvjet: cuBLAS Tensor Core kernels");
  for (const CoreRule& rule : core_rules) {
    const bool several = rule.part.find('_') != std::string_view::npos;
    const bool here = several ? contains(words.lowered, rule.part) : has_library(words, rule.part);
    if (here) return set_core(t, rule.value, rule.rule);
  }
}

void set_math(Tactic& t, Datatype type, std::string reason) {
  t.math = type;
  t.math_reason = std::move(reason);
}

// Rule 1.
bool math_of_instruction(const Instruction& instruction, Tactic& t) {
  const std::string_view text = instruction.text;
  Datatype type = Datatype::unknown;
  if (instruction.letter == 'i') {
    type = text == "i8832" || text == "i16864" ? Datatype::int4 : Datatype::int8;
  } else if (instruction.letter == 'h') {
    type = Datatype::fp16;
  } else if (instruction.letter == 'd') {
    type = Datatype::fp64;
  } else if (text == "imma" || text == "igmma") {
    type = Datatype::int8;
  } else if (text == "qmma" || text == "qgmma") {
    type = Datatype::fp8;
  } else if (text == "omma") {
    type = Datatype::fp4;
  } else if (text == "dmma") {
    type = Datatype::fp64;
  }
  if (type == Datatype::unknown) return false;
  set_math(t, type, fmt::format("{} instruction", text));
  return true;
}

// Rule 2: the first run of words that are lists of types.
bool math_of_fields(const TacticWords& words, Tactic& t) {
  const auto is_field = [](const TacticWord& w) { return !w.types.empty(); };
  const auto first = std::find_if(words.words.begin(), words.words.end(), is_field);
  if (first == words.words.end()) return false;
  const TacticWord* chosen = &*first;
  const auto second = first + 1;
  if (first->types.size() >= 2 && second != words.words.end() && second->types.size() >= 2) {
    // Tensor Cores have no FP32 operands: then the second pair is accumulation.
    const bool impossible = t.tensor_core == TensorCore::yes &&
                            second->types[0] == Datatype::fp32 && first->types[0] != Datatype::fp32;
    if (!impossible) chosen = &*second;
  } else if (first->types.size() < 2 && (second == words.words.end() || second->types.empty())) {
    return false;  // a lone "fp16" may be storage: the later rules know better
  }
  set_math(t, chosen->types[0], fmt::format("operand field {}", chosen->text));
  return true;
}

// "nvjet_hsh_...", "nvjet_sm100_tst_...": A, B or both, compute, output; read from public names.
bool math_of_nvjet(const TacticWords& words, Tactic& t) {
  if (!is_nvjet(words)) return false;
  for (std::size_t i = 1; i < words.words.size() && i < 3; ++i) {
    const std::string_view word = words.words[i].lowered;
    if (starts_with(word, "sm")) continue;
    const Datatype type = word[0] == 'h'   ? Datatype::fp16
                          : word[0] == 't' ? Datatype::bf16
                          : word[0] == 'q' ? Datatype::fp8
                          : word[0] == 'o' ? Datatype::fp4
                                           : Datatype::unknown;
    if (type == Datatype::unknown) return false;
    set_math(t, type, fmt::format("nvjet operand letter '{}'", word[0]));
    return true;
  }
  return false;
}

// Rule 3.
void math_of_single_accumulator(const TacticWords& words, const Instruction& instruction,
                                Tactic& t) {
  for (const Datatype type : {Datatype::tf32, Datatype::bf16, Datatype::fp16}) {
    const std::string_view part =
        type == Datatype::tf32 ? "tf32" : (type == Datatype::bf16 ? "bf16" : "f16");
    const bool spelt = has_part(words, part) || (type == Datatype::fp16 && has_part(words, "fp16"));
    if (!spelt) continue;
    set_math(t, type, fmt::format("{} instruction with {}", instruction.text, part));
    return;
  }
  const bool ampere = instruction.text == "s1688" && t.sm.value_or(0) >= 80;
  set_math(t, ampere ? Datatype::tf32 : Datatype::fp16,
           fmt::format("{} instruction", instruction.text));
}

// Rules 5 and 6.
void math_of_names(const TacticWords& words, Tactic& t) {
  struct Letters {
    std::string_view part;
    Datatype type;
  };
  static constexpr Letters letters[] = {
      {"int8x4", Datatype::int8}, {"dp4a", Datatype::int8},   {"icudnn", Datatype::int8},
      {"scudnn", Datatype::fp32}, {"hcudnn", Datatype::fp16}, {"hgemm", Datatype::fp16},
      {"igemm", Datatype::int8},  {"dcudnn", Datatype::fp64}, {"dgemm", Datatype::fp64},
  };
  for (const Letters& l : letters) {
    if (has_library(words, l.part)) return set_math(t, l.type, std::string(l.part));
  }
  if (has_library(words, "sgemm")) {
    const bool tf32 = has_part(words, "tf32");
    return set_math(t, tf32 ? Datatype::tf32 : Datatype::fp32, tf32 ? "tf32" : "sgemm");
  }
  for (const TacticWord& word : words.words) {
    const Datatype type = word.types.empty() ? leading_type(word.lowered) : word.types[0];
    if (type != Datatype::unknown) return set_math(t, type, fmt::format("word {}", word.text));
  }
}

void decide_math(const TacticWords& words, const Instruction& instruction, Tactic& t) {
  if (math_of_instruction(instruction, t)) return;
  if (math_of_nvjet(words, t) || math_of_fields(words, t)) return;
  if (instruction.letter == 's') return math_of_single_accumulator(words, instruction, t);
  if (instruction.text == "hmma" || instruction.text == "hgmma") {
    return set_math(t, Datatype::fp16, fmt::format("{} instruction", instruction.text));
  }
  math_of_names(words, t);
}

bool is_variant_suffix(std::string_view word) {
  const auto numbered = [&](std::string_view stem) {
    return starts_with(word, stem) && word.size() > stem.size() &&
           word.find_first_not_of("0123456789", stem.size()) == std::string_view::npos;
  };
  return numbered("v") || numbered("align") || numbered("aligna") || numbered("alignb") ||
         numbered("alignc") || numbered("g") || numbered("myl") || numbered("") ||
         word == "simple" || word == "t1r1s1" || word == "t1r3s3" || word == "tactic" ||
         word == "fusion" || word == "by";
}

std::string base_name_of(const TacticWords& words) {
  std::size_t count = words.words.size();
  while (count > 1 && is_variant_suffix(words.words[count - 1].lowered)) --count;
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) result += '_';
    result += words.words[i].text;
  }
  return result;
}

}  // namespace

Tactic parse_tactic(std::string_view name) {
  Tactic result;
  if (name.empty() || name.size() > longest_name) return result;
  TacticWords words;
  read_tactic_words(name, words);
  const std::size_t lead = std::min(name.find_first_not_of('_'), name.size());
  result.base_name = std::string(name.substr(0, lead)) + base_name_of(words);
  if (starts_with(words.lowered, "__my")) return result;  // generated: its words are operations
  read_architecture(words, result);
  read_tile(words, result);
  read_stages(words, result);
  const Instruction instruction = find_instruction(words);
  result.instruction = std::string(instruction.text);
  decide_tensor_core(words, instruction, result);
  decide_math(words, instruction, result);
  if (result.tensor_core == TensorCore::unknown && result.math == Datatype::fp32) {
    set_core(result, TensorCore::no, "FP32 math: Tensor Cores have none");
  }
  return result;
}

std::string_view tensor_core_name(TensorCore value) {
  switch (value) {
    case TensorCore::yes:
      return "yes";
    case TensorCore::no:
      return "no";
    case TensorCore::unknown:
      break;
  }
  return "";
}

}  // namespace trex
