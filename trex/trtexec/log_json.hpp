// A trtexec log as JSON: in the sections of TREx's metadata files, or everything that was read.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "trex/base/json.hpp"
#include "trex/trtexec/log.hpp"

namespace trex::trtexec {

// Which of TREx's two files: X.build.metadata.json holds model_options, build_options and
// device_information as text; X.profile.metadata.json holds performance_summary (figures in the
// log's order, without their names), inference_options and device_information, its figures as
// numbers.
enum class LogPart : std::uint8_t { build, profile, both };
// What the log tells about: a build, a run, or both.
LogPart part_of(const Log& log);

// TREx kept only what stands between the first two ':' of a line: "workspace" of "Memory Pools:
// workspace: 4096 MiB"; and of a key that comes twice only the last.
enum class Values : std::uint8_t { whole, cut_as_trex_did };
Json trex_metadata(const Log& log, LogPart part, Values values = Values::whole);

// Every section, statistic, fact, table row, placement and message, with its line.
Json full_json(const Log& log);

}  // namespace trex::trtexec
