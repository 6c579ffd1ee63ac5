// Figures as JSON, with null for what is unknown.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>

#include "trex/base/json.hpp"

namespace trex::report {

inline Json known(double value) { return std::isfinite(value) ? Json(value) : Json(); }
inline Json known(const std::string& text) { return text.empty() ? Json() : Json(text); }

}  // namespace trex::report
