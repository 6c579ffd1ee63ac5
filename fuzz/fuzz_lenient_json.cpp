// What is mended is JSON, and mending it again changes nothing.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/load/lenient_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  trex::MendedJson mended;
  try {
    mended = trex::mend_json({reinterpret_cast<const char*>(data), size}, "f");
  } catch (const trex::Error&) {
    return 0;
  }
  for (const std::string& document : mended.documents) {
    static_cast<void>(trex::parse_json(document, "mended"));  // an Error here is our bug
    const trex::MendedJson again = trex::mend_json(document, "f");
    if (again.documents.size() != 1 || again.documents[0] != document) std::abort();
    if (!again.notes.empty() || again.cut_off) std::abort();
  }
  return 0;
}
