// The arguments of a question about layers, as `trex layers` takes them: where, sort, top, all, by,
// aggregates, columns.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/page/request.hpp"
#include "trex/report/layers_report.hpp"

namespace trex::page {

report::LayersQuery layers_query(const Request& request);  // throws Error

}  // namespace trex::page
