// One finding for all: what would mend one mends the others.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules/float_output.hpp"

#include <fmt/format.h>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {

std::vector<Finding> float_outputs(const Context& c, bool (*is_meant)(const Context&, Row),
                                   std::string_view noun, std::string_view what) {
  std::vector<Row> layers;
  std::optional<double> recoverable_ms;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!is_meant(c, row) || !widens_quantized(c, row)) continue;
    layers.push_back(row);
    add_known(recoverable_ms, extra_bytes_ms(c, c.first_output(row)));
  }
  if (layers.empty()) return {};
  Finding finding;
  finding.message = fmt::format("{} {}: {}", counted(layers.size(), noun), what, listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count}};
  finding.recoverable_ms = recoverable_ms;  // of writing one byte a value
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace trex::lint
