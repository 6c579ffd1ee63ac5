// One finding a datatype: layers of one cause are told together.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules/behind_convolution.hpp"

#include <fmt/format.h>

#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {

std::vector<Finding> behind_convolutions(const Context& c, bool (*fires)(const Context&, Row),
                                         std::string_view noun, std::string_view fate,
                                         Confidence confidence) {
  Gathered found;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!fires(c, row)) continue;
    found.add(std::string(datatype_name(c.output_type(row))), {row});
  }
  std::vector<Finding> findings;
  for (const Alike& alike : found.groups()) {
    Finding finding;
    finding.layers = alike.layers();
    const auto time = time_of(c, finding.layers);
    finding.message = fmt::format("{} of type {} behind convolutions, not {}: {}{}",
                                  counted(alike.cases.size(), noun), alike.cause, fate,
                                  names_of(c, finding.layers), time_text(time));
    finding.evidence = {{"count", static_cast<std::int64_t>(alike.cases.size()), Unit::count}};
    finding.recoverable_ms = time;  // fused, the pass over the tensor is gone
    finding.confidence = confidence;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace trex::lint
