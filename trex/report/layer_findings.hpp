// Which findings of `trex lint` name this layer: for `trex show` and `trex explain`.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/base/json.hpp"
#include "trex/lint/lint.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

struct LayerFindings {
  Json data;                      // an array of {rule, code, severity, message, measured_ms,
                                  // recoverable_ms, confidence, mitigation}
  std::vector<std::string> said;  // for people, one line each
};
// All rules with their default thresholds; in the order of `trex lint`. The times are those of the
// whole finding, which may name other layers too.
LayerFindings layer_findings(const Engine& engine, Row layer);
// Of a run that is at hand.
LayerFindings layer_findings(const lint::Result& result, Row layer);

}  // namespace trex::report
