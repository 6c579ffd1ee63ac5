// A history's tables out of a dataset: only the columns and engines that it asks for.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/store/dataset_batch.hpp"
#include "trex/store/history_source.hpp"

namespace trex::store {

// As of the last commit. Throws Error where the folder is no dataset, DuckDB is missing, or a
// compact moved a file meanwhile.
HistoryTables tables_of_dataset(const std::string& folder, const DatasetMachine& machine = {});

}  // namespace trex::store
