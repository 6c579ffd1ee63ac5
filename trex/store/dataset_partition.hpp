// In which folder of a dataset do an engine's rows stand?
//
// model=X/gpu=X/trt=X/date=X as Hive writes it, so that Spark, Trino and DuckDB take the values
// from the path. Any text makes a folder name that every file system takes and that reads back as
// the same text, but for names so long that they are cut.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace trex::store {

inline constexpr std::array<std::string_view, 4> partition_columns{"model", "gpu", "trt", "date"};

// By partition_columns; nothing: unknown.
using Partition = std::array<std::optional<std::string>, partition_columns.size()>;

// How Hive writes null.
inline constexpr std::string_view unknown_partition = "__HIVE_DEFAULT_PARTITION__";
// A value so written is at most this long, so that "model=" and it fit in the 255 bytes that file
// systems give a name.
inline constexpr std::size_t max_partition_bytes = 200;

// "NVIDIA A10" -> "NVIDIA%20A10". An empty value is an unknown one.
std::string encode_partition_value(const std::optional<std::string>& value);
// The value as a reader of the path has it; "%" without two hexadecimal digits stays.
std::optional<std::string> decode_partition_value(std::string_view text);

// "model=resnet50/gpu=NVIDIA%20A10/trt=10.3.0/date=2026-03".
std::string partition_path(const Partition& partition);
// From "layers/model=.../.../x.parquet": what its folders say. Nothing when one of the four is not
// there.
std::optional<Partition> partition_of(std::string_view file_path);

}  // namespace trex::store
