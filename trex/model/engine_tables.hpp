// The engine's columns while they grow, and the tables made of them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct LayerColumns {
  std::vector<std::int64_t> index, stream, opt_profile, io_bytes, weights_bytes, footprint_bytes,
      weights_count, byte_offset, byte_length;
  std::vector<StringId> name, type, subtype, tactic, tactic_value, precision, precision_reason,
      input_precision, output_precision, metadata, origin, activation, device, weights_type;
  Lists<StringId> source_ops;
  std::vector<std::uint8_t> hidden;

  void reserve(std::size_t rows);
  Table table(std::shared_ptr<StringPool> strings) &&;
};

struct TensorColumns {
  std::vector<std::int64_t> layer, port, region, format_id, bytes;
  std::vector<StringId> role, name, format, datatype, location;
  Lists<std::int64_t> dims;
  std::vector<std::uint8_t> lower_bound;

  std::size_t size() const { return layer.size(); }
  void reserve(std::size_t rows);
  Table table(std::shared_ptr<StringPool> strings) &&;
};

struct RegionColumns {
  std::vector<StringId> name;
  std::vector<std::int64_t> bytes, writer_count, reader_count;
  std::vector<std::uint8_t> binding;
  // Not columns: the last layer that wrote or read it, and the widest view of either kind.
  std::vector<Row> last_writer, last_reader, widest_write, widest_read;

  std::size_t size() const { return name.size(); }
  void reserve(std::size_t rows);
  Row add(StringId text);
  Table table(std::shared_ptr<StringPool> strings) &&;
};

struct BindingColumns {
  std::vector<StringId> name, mode, datatype, format, location;
  Lists<std::int64_t> dims, min_dims, opt_dims, max_dims;
  std::vector<std::int64_t> bytes, opt_profile;
  std::vector<std::uint8_t> shape_inference;

  Table table(std::shared_ptr<StringPool> strings) &&;
};

}  // namespace trex
