// Any text gives a Tactic whose views lie in it and whose parts agree with each other.

// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trex/model/tactic.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view name(reinterpret_cast<const char*>(data), size);
  const trex::Tactic tactic = trex::parse_tactic(name);
  if (!tactic.architecture.empty()) {
    require(tactic.architecture.data() >= name.data() &&
            tactic.architecture.data() + tactic.architecture.size() <= name.data() + name.size());
    require(tactic.sm.has_value());
  }
  for (const auto& extent : {tactic.tile_m, tactic.tile_n, tactic.tile_k}) {
    require(!extent || *extent > 0);
  }
  require(tactic.tile_m.has_value() == tactic.tile_n.has_value());
  require(tactic.math_reason.empty() == (tactic.math == trex::Datatype::unknown));
  require(tactic.tensor_core_rule.empty() == (tactic.tensor_core == trex::TensorCore::unknown));
  require(tactic.base_name.size() <= name.size());
  return 0;
}
