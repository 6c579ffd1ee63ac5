// The words of TensorRT's plans, in plain words: layer types, naming conventions, kernel names,
// memory layouts. `trex explain` and the documentation are made from it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace trex::lint {

struct Term {
  std::string_view word;   // "Reformatting CopyNode"
  std::string_view kind;   // "layer type", "naming convention", "kernel name", "layout"
  std::string_view also;   // other words for it, by ";"
  std::string_view parts;  // texts that tell it inside a longer name, by ";"; "": none
  std::string_view text;
  std::string_view source;
};

// Layer types, names and layouts; words of kernel names.
std::span<const Term> glossary();
std::span<const Term> kernel_glossary();

// The term of that very word, in any case; null when there is none.
const Term* find_term(std::string_view word);
// The terms that a layer's name tells of: each once, in the glossary's order.
std::vector<const Term*> terms_inside(std::string_view name);
// The terms of a kernel name's words, in the glossary's order.
std::vector<const Term*> terms_of_kernel(std::string_view tactic);

}  // namespace trex::lint
