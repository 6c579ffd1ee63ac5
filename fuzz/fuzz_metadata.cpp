// Any text gives metadata with at least one entry, or one Error.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trex/base/error.hpp"
#include "trex/load/metadata.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    std::vector<trex::Note> notes;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const trex::Metadata metadata = trex::load_metadata_json(trex::Bytes::from(text), "f", notes);
    if (metadata.entries.empty()) std::abort();
  } catch (const trex::Error&) {
  }
  return 0;
}
