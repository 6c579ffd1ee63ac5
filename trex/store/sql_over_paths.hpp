// SQL over whatever paths name: engine files, archives, folders of engines, datasets, all at once.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/load/load.hpp"
#include "trex/store/database.hpp"
#include "trex/store/engine_views.hpp"

namespace trex::store {

struct SqlSources {
  std::vector<EngineFiles> engines;
  std::vector<std::string> datasets;  // folders that `trex dataset` made
};
// A folder that is a dataset is read as one; the rest goes to engines_beneath, `problem` with it.
SqlSources find_sql_sources(const std::vector<std::string>& paths,
                            const std::function<void(const Error&)>& problem);

// Every statement's rows. A view is the rows of the engines, then those of the datasets as of their
// last commit, whose further columns (trt, month, tags ...) are NULL for engines outside of one.
// `options` say how DuckDB runs; what it may read is added here, and it writes nothing. Throws
// Error as Database::query does.
std::vector<Table> sql_over(const SqlSources& sources, const std::string& sql,
                            const SqlParameters& parameters, DatabaseOptions options,
                            const EngineViewHooks& hooks);

}  // namespace trex::store
