// Under which model, GPU, TensorRT version and date does an engine go into a dataset?
//
// What the user says, else what the engine's files say. `engines` of a dataset has, beyond the
// columns of every `engines`, the moment, where it comes from, and the user's tags.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trex/store/dataset_partition.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {

// What the user says; nothing: as the files say.
struct GivenFacts {
  std::optional<std::string> model, gpu, trt;
  std::optional<std::string> date;  // "2026-03-14", "2026-03", "2026-03-14T09:26:53"
  std::vector<std::pair<std::string, std::string>> tags;  // in the order given
};

struct DatasetFacts {
  std::optional<std::string> model, gpu, trt;
  std::string taken_at;         // "2026-03-14T09:26:53", UTC; empty: unknown
  std::string taken_at_source;  // "given", "log", "file time"
  std::string tags;             // a JSON object; empty when there are none
};

// Throws Error for a date that is none, with what it should look like; "2026-03" gives
// "2026-03-01T00:00:00".
std::string parse_moment(std::string_view text);
// Seconds since 1970 -> "2026-03-14T09:26:53".
std::string moment_of(std::int64_t seconds);

DatasetFacts facts_of(EngineTables& tables, const GivenFacts& given);
Partition partition_of(const DatasetFacts& facts);

}  // namespace trex::store
