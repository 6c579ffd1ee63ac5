// Any bytes are of some kind, and so are their first half and what file names are made of.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trex/load/file_names.hpp"
#include "trex/load/sniff.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (trex::file_kind_name(trex::sniff(text)).empty()) std::abort();
  if (trex::file_kind_name(trex::sniff(text.substr(0, size / 2))).empty()) std::abort();
  const std::string_view name = text.substr(0, 300);
  // A family is a fixed point: nothing in it says what a file holds.
  const std::string family = trex::family_of(name);
  if (trex::family_of(family) != family) std::abort();
  trex::engine_name_of(name);
  return 0;
}
