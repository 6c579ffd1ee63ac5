// Every rule, declared: rules.cpp lists them, rules/<id>.cpp defines them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/lint/rule.hpp"

namespace trex::lint {

// A. precision and Tensor Cores

// B. quantization placement

// C. reformats, casts, copies, layouts
extern const Rule reformat_share;

// D. missing fusion

// E. shapes, host, synchronisation

// F. efficiency

// G. evidence

}  // namespace trex::lint
