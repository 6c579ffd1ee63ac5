// The outline of a JSON text that may be cut, or not quite JSON: keys and kinds near the top.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trex {

struct JsonOutline {
  struct Member {
    std::string key;
    char value_type = 0;     // as below
    char first_element = 0;  // of an array value
    bool is_real = false;    // a number with a fraction or an exponent
  };
  char type = 0;  // '{', '[', '"', '0' (a number), 'w' (a word: true, null, nan), 0: nothing
  std::vector<Member> members;
  std::vector<JsonOutline> elements;  // of the top array; their own elements are not kept
};

// At most 64 members and 8 elements; linear in what it reads; nesting costs no stack.
JsonOutline outline_json(std::string_view text);

}  // namespace trex
