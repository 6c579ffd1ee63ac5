// `trex dataset export`: a dataset in other engines' terms.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/dataset_export.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "trex/base/error.hpp"
#include "trex/base/units.hpp"
#include "trex/document/units.hpp"
#include "trex/store/dataset_export.hpp"
#include "trex/store/dataset_log.hpp"
#include "trex/store/foreign_tables.hpp"

namespace trex::cli {
namespace {

// A name that SQL and XML take without quotes.
void check_cluster(const std::string& name) {
  const bool fits = !name.empty() && name.size() <= 64 &&
                    name.find_first_not_of(
                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789_") == name.npos;
  if (!fits) fail("--cluster takes letters, digits and _, not '{}'", name);
}

std::string location_of(const std::string& folder, const DatasetExport& wanted) {
  std::string location = wanted.location;
  if (location.empty()) {
    std::error_code error;
    location = std::filesystem::canonical(folder, error).string();
  }
  while (location.size() > 1 && location.back() == '/') location.pop_back();
  return location;
}

}  // namespace

ExitCode export_dataset(const std::string& folder, const DatasetExport& wanted,
                        const store::DatasetMachine& machine, Io& io) {
  const int targets = wanted.clickhouse + wanted.clickhouse_parquet + wanted.spark + wanted.trino;
  if (targets != 1) {
    fail("trex dataset export takes one of --clickhouse, --clickhouse-parquet, --spark, --trino");
  }
  if (!wanted.clickhouse) {
    store::DatasetLog check(folder);  // or the reason why it is none
    const std::string location = location_of(folder, wanted);
    io.write(wanted.spark   ? store::spark_tables(location)
             : wanted.trino ? store::trino_tables(location)
                            : store::clickhouse_parquet_views(location));
    return ExitCode::success;
  }
  if (io.output == "-") {
    fail("trex dataset export --clickhouse writes a folder: name it with --output");
  }
  store::ClickHouseExport options{.machine = machine};
  if (!wanted.cluster.empty()) options.cluster = wanted.cluster;
  check_cluster(options.cluster);
  if (io.verbose) options.progress = [&](std::string_view table) { io.say(table); };
  const std::int64_t rows = store::export_to_clickhouse(folder, io.output, options);
  io.say(fmt::format("{} rows in {}; sh load.sh there loads them", rows, io.output));
  return ExitCode::success;
}

}  // namespace trex::cli
