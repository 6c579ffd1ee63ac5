// The words of a kernel's name: tokens between underscores, hashes left out, types and digits.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/datatype.hpp"

namespace trex {

struct TacticWord {
  std::string_view text;        // of the name, as written
  std::string_view lowered;     // of `TacticWords::lowered`
  std::vector<Datatype> types;  // "f16f32" -> FP16, FP32; empty when it is no list of types
};

struct TacticWords {
  std::string lowered;            // the whole name in lower case
  std::vector<TacticWord> words;  // hashes left out
};

// Views stay valid while `name` and the result's `lowered` live; so the result is not copied.
void read_tactic_words(std::string_view name, TacticWords& result);

// A matrix instruction of the m-n-k kind: "h16816", "i8816", "s1688", "d884", also inside a word
// ("i8816cudnn"). `letter` is its accumulator or type letter.
struct MatrixInstruction {
  char letter = 0;
  std::string_view text;
};
std::optional<MatrixInstruction> find_matrix_instruction(std::string_view lowered_word);

// "64x128", "128x128x32": the numbers, when the whole text is of that form (2 to 4 of them).
std::vector<int> parse_extents(std::string_view text);
// Leading digits as a number ("5" of "5_x"); nothing when there are none or too many.
std::optional<int> leading_number(std::string_view text);
// The type that begins a word: "fp16nhwcx8" -> FP16; unknown when none does.
Datatype leading_type(std::string_view lowered_word);

}  // namespace trex
