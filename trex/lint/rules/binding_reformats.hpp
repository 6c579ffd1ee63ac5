// Reformats at the engine's inputs and outputs: what the two rules on them share.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/rule.hpp"

namespace trex::lint {

// The conversion of an image (at most 4 channels) for the first convolution, of a good part of the
// time: stem-conversion tells it, and so binding-reformat-input does not.
bool is_stem_conversion(const Context& c, Row layer, const ReformatReason& reason);
// One finding for every pair of formats. `input`: at inputs, else at outputs.
std::vector<Finding> binding_reformats(const Context& c, bool input);
// What asking for another format at the binding could win of the Reformat's time. All of it where
// TensorRT's I/O formats have what the kernel reads; else the part of its bytes that the smaller
// type saves; nothing known where only a layout differs that nobody can ask for.
std::optional<double> binding_claim(const Context& c, Row layer, const ReformatReason& reason);

}  // namespace trex::lint
