// Any text gives an engine whose layers can be shown, or one Error.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trex/base/error.hpp"
#include "trex/load/plan.hpp"

namespace {

void check(const trex::Engine& engine) {
  if (engine.layer_count() == 0 || engine.notes.size() > 64) std::abort();
  for (trex::Row row = 0; row < engine.layer_count(); ++row) {
    // A layer's own text parses again by itself: attributes() throws when it does not.
    static_cast<void>(trex::attributes(engine, row));
    const auto layer_profile = engine.layers[trex::layer::opt_profile][row];
    if (layer_profile != engine.opt_profile) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  trex::Engine engine;
  try {
    engine = trex::load_plan(trex::Bytes::from(std::move(text)), "f", {});
  } catch (const trex::Error&) {
    return 0;
  }
  check(engine);
  return 0;
}
