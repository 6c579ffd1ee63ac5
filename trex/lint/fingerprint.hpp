// A finding's name that outlives a rebuild: for baselines and for code scanning.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/lint/lint.hpp"

namespace trex::lint {

// One for each finding of `findings`, 16 hexadecimal digits: of its rule and the set of nodes that
// its layers were made from; where they name none, of the layers' types, formats and shapes. Layer
// and tensor names do not matter, nor the order, nor any figure. Findings that would share one are
// numbered in the order of their layers: "0123456789abcdef-2".
std::vector<std::string> fingerprints(const Engine& engine, const std::vector<Finding>& findings);

}  // namespace trex::lint
