// Any text gives a Json that reads back as itself, or one Error.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const trex::Json json = trex::parse_json({reinterpret_cast<const char*>(data), size}, "f");
    if (!(trex::parse_json(json.dump(2), "again") == json)) std::abort();
  } catch (const trex::Error&) {
  }
  return 0;
}
