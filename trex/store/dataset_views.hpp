// A dataset's tables as SQL: what its files hold, under the columns that every other source of
// engines has.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/store/dataset_log.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {

// "SELECT ..." over the files as of the log: the table's columns as the schema has them (null where
// files are older than a column), then `trt` and `month`, from the path; of all tables but
// `engines` also `model` and `gpu`, of `engines` also taken_at, taken_at_source, added_at and tags.
// A filter on model, gpu, trt or month reads only the files of those partitions (in `engines`: trt
// and month).
std::string dataset_select(const DatasetLog& log, const TableSpec& table);

// The file as read_parquet() takes it: 'quoted', and no sign in it taken for a pattern.
std::string scanned_path(const std::string& path);

}  // namespace trex::store
