// Which layers are left out by default, in words.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/hidden_layers.hpp"

#include <fmt/format.h>

namespace trex::report {

std::string said_hidden_layers(const Engine& engine) {
  const View<bool> is_hidden = engine.layers[layer::hidden];
  const Table hidden = engine.layers.filter([&](Row row) { return is_hidden.is_true(row); });
  const Table types = hidden.group_by(layer::type, {}).sorted_by(group_size, Order::descending);
  std::string text;
  for (Row row = 0; row < types.row_count(); ++row) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", *types[group_size][row], types[layer::type][row]);
  }
  return text;
}

}  // namespace trex::report
