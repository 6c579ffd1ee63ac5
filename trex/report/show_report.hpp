// `trex show`: everything about one layer.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

Document show_report(const Engine& engine, Row layer);

}  // namespace trex::report
