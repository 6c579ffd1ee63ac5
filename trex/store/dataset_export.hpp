// A dataset for other engines: rows and definitions, as of one commit.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "trex/store/dataset_batch.hpp"

namespace trex::store {

struct ClickHouseExport {
  std::string cluster = "trex";  // of the Distributed tables
  DatasetMachine machine;
  std::function<void(std::string_view table)> progress;  // before each table's rows
};
// Writes `folder`, which must be new or empty: tables.sql, single.sql, distributed.sql, load.sh and
// NAME.tsv for each table. Gives the rows written. Throws Error.
std::int64_t export_to_clickhouse(const std::string& dataset, const std::string& folder,
                                  const ClickHouseExport& options);

}  // namespace trex::store
