// `trex dataset export`: a dataset in other engines' terms.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/cli/commands.hpp"
#include "trex/store/dataset_batch.hpp"

namespace trex::cli {

struct DatasetExport {
  bool clickhouse = false, clickhouse_parquet = false, spark = false, trino = false;
  std::string cluster;   // of ClickHouse
  std::string location;  // where the dataset lies for the other engine; "": its path here
};
ExitCode export_dataset(const std::string& folder, const DatasetExport& wanted,
                        const store::DatasetMachine& machine, Io& io);

}  // namespace trex::cli
