// Convolution parameters, activations, fused adds, operations.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/layer_details.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/model/source_ops.hpp"

namespace trex::graph {
namespace {

constexpr std::size_t most_lines = 8, most_operations = 6;

std::string by(const SmallDims& dims) {
  std::string text;
  for (const std::int32_t d : dims.span()) text += (text.empty() ? "" : "×") + std::to_string(d);
  return text;
}

bool any_above(const SmallDims& dims, std::int32_t usual) {
  return std::any_of(dims.span().begin(), dims.span().end(),
                     [&](std::int32_t d) { return d != usual; });
}

std::string convolution_text(const ConvolutionAttributes& c) {
  std::vector<std::string> parts;
  if (c.kernel.rank > 0) parts.push_back(by(c.kernel));
  if (any_above(c.stride, 1)) parts.push_back("stride " + by(c.stride));
  if (any_above(c.dilation, 1)) parts.push_back("dilation " + by(c.dilation));
  if (c.groups != 1) parts.push_back(fmt::format("{} groups", c.groups));
  if (c.out_maps != null_integer) parts.push_back(fmt::format("{} maps", c.out_maps));
  if (c.has_sparse_weights) parts.push_back("sparse weights");
  return join(parts, ", ");
}

// PointWise layers list what they compute: "auto const0 = ...", one text each.
void add_operations(const Engine& engine, Row row, std::vector<std::string>& lines) {
  const Json fields = attributes(engine, row);
  const Json* list = fields.find("Operations");
  const Json::Array* operations = list == nullptr ? nullptr : list->array();
  if (operations == nullptr) return;
  std::size_t shown = 0;
  for (const Json& operation : *operations) {
    if (operation.text() == nullptr) continue;
    if (shown++ == most_operations) break;
    lines.push_back(*operation.text());
  }
  if (operations->size() > most_operations) {
    lines.push_back(fmt::format("{} operations more", operations->size() - most_operations));
  }
}

}  // namespace

std::vector<std::string> layer_details(const Engine& engine, Row row) {
  const Table& layers = engine.layers;
  std::vector<std::string> lines;
  if (const ConvolutionAttributes* c = engine.convolution(row)) {
    if (const std::string text = convolution_text(*c); !text.empty()) lines.push_back(text);
    if (c->has_residual) lines.push_back("+ residual add");
  }
  const std::string_view activation = layers[layer::activation][row];
  if (!activation.empty() && activation != "NONE") lines.emplace_back(activation);
  const std::string_view origin = layers[layer::origin][row];
  if (!origin.empty()) lines.push_back("origin " + std::string(origin));
  const std::vector<std::string> kernel = kernel_operations(layers[layer::name][row]);
  if (!kernel.empty()) lines.push_back(join(kernel, ", "));
  if (contains(layers[layer::type][row], "PointWise")) add_operations(engine, row, lines);
  if (lines.size() > most_lines) lines.resize(most_lines);
  return lines;
}

}  // namespace trex::graph
