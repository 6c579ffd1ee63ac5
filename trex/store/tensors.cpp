// `tensors`: a row a layer's port; `source_ops`: a row a layer and source op.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/regions.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

using I = std::int64_t;
using T = std::string_view;

namespace tensors_column {
constexpr Key<I> layer_index{"layer_index", Unit::none, "the layer's `index` in `layers`"};
constexpr Key<T> layer_text{"layer", Unit::none, "name of the layer"};
constexpr Key<T> direction{"direction", Unit::none, "input, output or constant"};
constexpr Key<I> generation{
    "generation", Unit::none,
    "which filling of the region, from 0; a write after a read begins the next one"};
constexpr Key<T> layout{"layout", Unit::none, "layout, as engineers write it: NCHW, NHWC8 ..."};
constexpr Key<I> vector_width{"vector_width", Unit::none, "channels that stand together"};
constexpr Key<I> position{"position", Unit::none, "place among the layer's source ops, from 0"};
constexpr Key<T> source_op_name{"source_op", Unit::none, "name of the ONNX or framework node"};
constexpr Key<I> op_count{"op_count", Unit::count,
                          "source ops of the layer: one's equal share of its figures is 1 / this"};
}  // namespace tensors_column

std::vector<std::int64_t> generations_by_tensor(const Engine& engine) {
  const Dependencies links = dependencies(engine, false);
  std::vector<std::int64_t> result;
  result.reserve(links.generation_of.size());
  for (const std::uint32_t id : links.generation_of) {
    result.push_back(id == UINT32_MAX ? null_integer : links.generations[id].number);
  }
  result.resize(engine.tensors.row_count(), null_integer);
  return result;
}

Table make_tensors(EngineTables& tables) {
  using namespace tensors_column;
  const Engine& engine = tables.engine();
  const auto index = engine.layers[layer::index];
  const auto name = engine.layers[layer::name];
  const auto owner = engine.tensors[tensor::layer];
  const auto role = engine.tensors[tensor::role];
  const auto format = engine.tensors[tensor::format_id];
  const std::size_t rows = engine.tensors.row_count();
  std::vector<std::int64_t> indices, widths;
  std::vector<StringId> names, roles, layouts;
  for (Row row = 0; row < rows; ++row) {
    const auto layer_row = static_cast<Row>(*owner[row]);
    indices.push_back(*index[layer_row]);
    names.push_back(name.id(layer_row));
    roles.push_back(role.id(row));
    const Format* known =
        format[row] ? &engine.formats[static_cast<std::size_t>(*format[row])] : nullptr;
    const bool has_layout = known != nullptr && !known->layout.empty();
    layouts.push_back(has_layout ? engine.strings->intern(known->layout) : null_string);
    widths.push_back(has_layout ? known->vector_width : null_integer);
  }
  Table table = engine.tensors.without(tensor::layer.name);
  table.add(layer_index, std::move(indices));
  table.add(layer_text, std::move(names));
  table.add(direction, std::move(roles));
  table.add(layout, std::move(layouts));
  table.add(vector_width, std::move(widths));
  table.add(generation, generations_by_tensor(engine));
  return table;
}

Table make_source_ops(EngineTables& tables) {
  using namespace tensors_column;
  const Engine& engine = tables.engine();
  const auto index = engine.layers[layer::index];
  const auto name = engine.layers[layer::name];
  const auto ops = engine.layers[layer::source_ops];
  std::vector<std::int64_t> indices, positions, counts;
  std::vector<StringId> names, texts;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const auto ids = ops[row].ids();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      indices.push_back(*index[row]);
      names.push_back(name.id(row));
      positions.push_back(static_cast<std::int64_t>(i));
      counts.push_back(static_cast<std::int64_t>(ids.size()));
      texts.push_back(ids[i]);
    }
  }
  Table table(engine.strings);
  table.add(layer_index, std::move(indices));
  table.add(layer_text, std::move(names));
  table.add(position, std::move(positions));
  table.add(source_op_name, std::move(texts));
  table.add(op_count, std::move(counts));
  return table;
}

}  // namespace

TableSpec tensors_spec() {
  using namespace tensors_column;
  return {
      "tensors", "a layer's input, output or constant",
      engine_columns(layer_index, layer_text, tensor::port, direction, tensor::name, tensor::dims,
                     tensor::format, tensor::datatype, layout, vector_width, tensor::bytes,
                     tensor::bytes_lower_bound, tensor::location, tensor::region, generation),
      make_tensors};
}

TableSpec source_ops_spec() {
  using namespace tensors_column;
  return {"source_ops", "a layer and one ONNX or framework node it was made from",
          engine_columns(layer_index, layer_text, position, source_op_name, op_count),
          make_source_ops};
}

}  // namespace trex::store
