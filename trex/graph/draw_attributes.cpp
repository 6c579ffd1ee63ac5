// Everything known of a box: our columns, then the file's own fields.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/graph/draw_parts.hpp"

namespace trex::graph {
namespace {

using Attributes = std::vector<DrawingAttribute>;

Json cell_json(const Column& column, Row row) {
  switch (column.type()) {
    case ColumnType::boolean:
      return Json(column.boolean(row));
    case ColumnType::integer:
      return Json(column.integer(row));
    case ColumnType::real:
      return Json(column.real(row));
    default:
      return Json(column.cell(row));
  }
}

// Columns that say nothing of the layer, or what the file's own fields say again.
bool is_left_out(std::string_view column) {
  for (const std::string_view name : {"byte_offset", "byte_length", "hidden", "metadata"}) {
    if (column == name) return true;
  }
  return false;
}

Attributes layer_attributes(const Engine& engine, Row row) {
  Attributes result;
  for (const std::string& name : engine.layers.column_names()) {
    const Column& column = engine.layers.at(name);
    if (!is_left_out(name) && !column.is_null(row)) {
      result.push_back({name, cell_json(column, row)});
    }
  }
  const Json fields = attributes(engine, row);
  if (const Json::Object* object = fields.object()) {
    for (const Json::Member& member : *object) result.push_back({member.first, member.second});
  }
  return result;
}

Json layer_names(const Engine& engine, const std::vector<Row>& tensors) {
  Json::Array names;
  for (const Row t : tensors) {
    const auto row = static_cast<Row>(*engine.tensors[tensor::layer][t]);
    names.emplace_back(engine.layers[layer::name][row]);
  }
  return names;
}

void add_tensor(const Engine& engine, Row tensor, Attributes& result) {
  if (tensor == no_row) return;
  result.push_back({"shape", Json(shape_of(engine, tensor))});
  for (const std::string_view name : {"format", "datatype", "location", "bytes"}) {
    const Column& column = engine.tensors.at(name);
    if (!column.is_null(tensor)) result.push_back({std::string(name), cell_json(column, tensor)});
  }
}

Attributes tensor_attributes(const Engine& engine, const PlanGraph& graph, std::uint32_t node) {
  const PlanNode& n = graph.nodes[node];
  Attributes result{{"name", Json(node_name(engine, graph, node))}};
  add_tensor(engine, n.tensor, result);
  if (n.generation == no_generation) return result;
  const Generation& generation = graph.links.generations[n.generation];
  result.push_back({"region_bytes", Json(engine.regions[region::bytes][generation.region])});
  result.push_back({"generation", Json(generation.number)});
  result.push_back({"writers", layer_names(engine, generation.writers)});
  result.push_back({"readers", layer_names(engine, generation.readers)});
  return result;
}

Attributes scope_attributes(const Scopes& scopes, ScopeId id) {
  const Scope& scope = scopes.scopes[id];
  Json precisions;
  for (const ScopePrecision& part : scope.precisions) {
    precisions.set(part.precision.empty() ? "unknown" : std::string(part.precision),
                   Json(part.layer_count));
  }
  return {{"path", Json(scope.path)},
          {"layer_count", Json(scope.layer_count)},
          {"time_ms", Json(scope.time_ms)},
          {"layers_by_precision", precisions},
          {"alike", Json(scopes.shape_counts[scope.shape])}};
}

}  // namespace

std::vector<DrawingAttribute> attributes_of(const Engine& engine, const PlanGraph& graph,
                                            const Scopes& scopes,
                                            const std::vector<LayerFinding>& findings, BoxKind kind,
                                            std::uint32_t subject) {
  if (kind == BoxKind::scope) return scope_attributes(scopes, subject);
  const PlanNode& node = graph.nodes[subject];
  if (node.layer == no_row || node.tensor != no_row) {
    return tensor_attributes(engine, graph, subject);
  }
  Attributes result = layer_attributes(engine, node.layer);
  auto finding = std::lower_bound(findings.begin(), findings.end(), node.layer,
                                  [](const LayerFinding& f, Row layer) { return f.layer < layer; });
  for (; finding != findings.end() && finding->layer == node.layer; ++finding) {
    result.push_back({"finding", Json(finding->severity + ": " + finding->text)});
  }
  return result;
}

}  // namespace trex::graph
