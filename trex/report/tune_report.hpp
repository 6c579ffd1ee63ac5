// `trex tune`: which build route is fastest, at what loss of accuracy, and what it changed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "trex/document/document.hpp"
#include "trex/load/tune.hpp"

namespace trex::report {

// Routes by time; `most_routes` of them for people (0: all).
Document tune_report(const TuneRun& run, const std::string& name, std::size_t most_routes);

// The iteration whose route is the default one, else the first that ran.
std::optional<std::int64_t> base_iteration(const TuneRun& run);

}  // namespace trex::report
