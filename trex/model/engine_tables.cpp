// Columns into tables, in the order they show.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/engine_tables.hpp"

#include <utility>

namespace trex {

void LayerColumns::reserve(std::size_t rows) {
  for (auto* column : {&index, &stream, &opt_profile, &io_bytes, &weights_bytes, &footprint_bytes,
                       &weights_count, &byte_offset, &byte_length}) {
    column->reserve(rows);
  }
  for (auto* column : {&name, &type, &subtype, &tactic, &tactic_value, &precision,
                       &precision_reason, &input_precision, &output_precision, &metadata, &origin,
                       &activation, &device, &weights_type}) {
    column->reserve(rows);
  }
  source_ops.ends.reserve(rows);
  hidden.reserve(rows);
}

// In the order that `trex layers --all` shows.
Table LayerColumns::table(std::shared_ptr<StringPool> strings) && {
  const std::size_t rows = index.size();
  const std::vector<double> unknown(rows, null_real);
  Table result(std::move(strings));
  result.add(layer::index, std::move(index))
      .add(layer::name, std::move(name))
      .add(layer::type, std::move(type))
      .add(layer::subtype, std::move(subtype))
      .add(layer::tactic, std::move(tactic))
      .add(layer::precision, std::move(precision))
      .add(layer::input_precision, std::move(input_precision))
      .add(layer::output_precision, std::move(output_precision))
      .add(layer::time_ms, unknown)
      .add(layer::median_ms, unknown)
      .add(layer::total_ms, unknown)
      .add(layer::share, unknown)
      .add(layer::io_bytes, std::move(io_bytes))
      .add(layer::weights_bytes, std::move(weights_bytes))
      .add(layer::footprint_bytes, std::move(footprint_bytes))
      .add(layer::source_ops, std::move(source_ops))
      .add(layer::precision_reason, std::move(precision_reason))
      .add(layer::tactic_value, std::move(tactic_value))
      .add(layer::metadata, std::move(metadata))
      .add(layer::origin, std::move(origin))
      .add(layer::activation, std::move(activation))
      .add(layer::stream, std::move(stream))
      .add(layer::device, std::move(device))
      .add(layer::device_reason, std::vector<StringId>(rows, null_string))
      .add(layer::opt_profile, std::move(opt_profile))
      .add(layer::weights_type, std::move(weights_type))
      .add(layer::weights_count, std::move(weights_count))
      .add(layer::hidden, std::move(hidden))
      .add(layer::byte_offset, std::move(byte_offset))
      .add(layer::byte_length, std::move(byte_length));
  return result;
}

void TensorColumns::reserve(std::size_t rows) {
  for (auto* column : {&layer, &port, &region, &format_id, &bytes}) column->reserve(rows);
  for (auto* column : {&role, &name, &format, &datatype, &location}) column->reserve(rows);
  dims.ends.reserve(rows);
  dims.values.reserve(rows * 4);
  lower_bound.reserve(rows);
}

Table TensorColumns::table(std::shared_ptr<StringPool> strings) && {
  Table result(std::move(strings));
  result.add(tensor::layer, std::move(layer))
      .add(tensor::role, std::move(role))
      .add(tensor::port, std::move(port))
      .add(tensor::name, std::move(name))
      .add(tensor::region, std::move(region))
      .add(tensor::dims, std::move(dims))
      .add(tensor::format, std::move(format))
      .add(tensor::format_id, std::move(format_id))
      .add(tensor::datatype, std::move(datatype))
      .add(tensor::location, std::move(location))
      .add(tensor::bytes, std::move(bytes))
      .add(tensor::bytes_lower_bound, std::move(lower_bound));
  return result;
}

void RegionColumns::reserve(std::size_t rows) {
  for (auto* column : {&bytes, &writer_count, &reader_count}) column->reserve(rows);
  for (auto* column : {&name, &last_writer, &last_reader, &widest_write, &widest_read}) {
    column->reserve(rows);
  }
  binding.reserve(rows);
}

Row RegionColumns::add(StringId text) {
  name.push_back(text);
  bytes.push_back(null_integer);
  writer_count.push_back(0);
  reader_count.push_back(0);
  binding.push_back(0);
  for (auto* rows : {&last_writer, &last_reader, &widest_write, &widest_read}) {
    rows->push_back(no_row);
  }
  return static_cast<Row>(name.size() - 1);
}

Table RegionColumns::table(std::shared_ptr<StringPool> strings) && {
  Table result(std::move(strings));
  result.add(region::name, std::move(name))
      .add(region::bytes, std::move(bytes))
      .add(region::writer_count, std::move(writer_count))
      .add(region::reader_count, std::move(reader_count))
      .add(region::binding, std::move(binding));
  return result;
}

Table BindingColumns::table(std::shared_ptr<StringPool> strings) && {
  Table result(std::move(strings));
  result.add(binding::name, std::move(name))
      .add(binding::mode, std::move(mode))
      .add(binding::datatype, std::move(datatype))
      .add(binding::format, std::move(format))
      .add(binding::dims, std::move(dims))
      .add(binding::bytes, std::move(bytes))
      .add(binding::location, std::move(location))
      .add(binding::shape_inference, std::move(shape_inference))
      .add(binding::opt_profile, std::move(opt_profile))
      .add(binding::min_dims, std::move(min_dims))
      .add(binding::opt_dims, std::move(opt_dims))
      .add(binding::max_dims, std::move(max_dims));
  return result;
}

}  // namespace trex
