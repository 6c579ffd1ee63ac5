// Any text gives a profile whose join keeps every promise of the columns, or one Error.

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "trex/base/error.hpp"
#include "trex/load/profile.hpp"
#include "trex/model/engine_builder.hpp"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

// Every second row has a layer, in the opposite order.
trex::Engine engine_for(const trex::Profile& profile) {
  trex::EngineBuilder builder;
  std::int64_t index = 0;
  for (std::size_t i = profile.rows.size(); i-- > 0;) {
    if (i % 2 != 0) continue;
    trex::RawLayer raw;
    raw.name = profile.rows[i].name;
    raw.layer_type = "Convolution";
    raw.index = index++;
    builder.add_layer(raw);
  }
  return builder.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    trex::StringPool strings;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const trex::Profile profile = trex::load_profile(trex::Bytes::from(text), "f", strings);
    check(!profile.rows.empty());
    trex::Engine engine = engine_for(profile);
    trex::join_profile(engine, profile, "f");
    check(engine.profile.matched_rows <= engine.profile.rows);
    check(engine.profile.matched_rows <= static_cast<std::int64_t>(engine.layer_count()));
    for (trex::Row row = 0; row < engine.layer_count(); ++row) {
      const auto time = engine.layers[trex::layer::time_ms][row];
      const auto share = engine.layers[trex::layer::share][row];
      check(!time || (*time >= 0 && std::isfinite(*time)));
      check(!share || (*share >= 0 && *share <= 1.0000001));
    }
  } catch (const trex::Error&) {
  }
  return 0;
}
