// The words of TensorRT's plans, in plain words: layer types, naming conventions, kernel names,
// memory layouts. `trex explain` and the documentation are made from it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace trex::lint {

struct Term {
  std::string_view word;   // "Reformatting CopyNode"
  std::string_view kind;   // "layer type", "naming convention", "kernel name", "layout" ...
  std::string_view also;   // other words for it, by ";"; '#' stands for a number
  std::string_view parts;  // texts that tell it inside a longer name, by ";"; '$': at its end
  std::string_view text;
  std::string_view source;
};

std::span<const Term> type_glossary();     // layer types
std::span<const Term> name_glossary();     // naming conventions, fields of the plan, layouts
std::span<const Term> kernel_glossary();   // words of kernel names
std::span<const Term> measure_glossary();  // figures and ideas of measuring
std::array<std::span<const Term>, 4> glossaries();

// The term of that very word, in any case; null when there is none.
const Term* find_term(std::string_view word);
// The terms that a layer's name tells of: each once, in the glossary's order.
std::vector<const Term*> terms_inside(std::string_view name);
// Holds what only kernel names hold, or is made of their words by '_': "tn_n", "aligna4_alignc8".
bool looks_like_kernel(std::string_view word);
// The terms of a kernel name's words, in the glossary's order.
std::vector<const Term*> terms_of_kernel(std::string_view tactic);

}  // namespace trex::lint
