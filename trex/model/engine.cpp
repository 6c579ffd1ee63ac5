// What is asked of an engine row by row: a layer's own JSON, a layer by name, a metadata entry.

// SPDX-License-Identifier: Apache-2.0
#include "trex/model/engine.hpp"

#include "trex/base/text.hpp"

namespace trex {

const Json* Metadata::find(std::string_view section, std::string_view key) const {
  for (const MetadataEntry& entry : entries) {
    if (entry.section == section && entry.key == key) return &entry.value;
  }
  return nullptr;
}

const LatencySummary* Metadata::latency(std::string_view name) const {
  for (const LatencySummary& summary : latencies) {
    if (summary.name == name) return &summary;
  }
  return nullptr;
}

Json attributes(const Engine& engine, Row layer) {
  const std::optional<std::int64_t> offset = engine.layers[layer::byte_offset][layer];
  const std::optional<std::int64_t> length = engine.layers[layer::byte_length][layer];
  const std::string_view text = engine.graph_text.view();
  const auto size = static_cast<std::int64_t>(text.size());
  if (offset && length && *offset >= 0 && *length > 0 && *offset < size &&
      *length <= size - *offset) {
    const std::string_view span =
        text.substr(static_cast<std::size_t>(*offset), static_cast<std::size_t>(*length));
    Json parsed = is_valid_utf8(span) ? parse_json(span, engine.name)
                                      : parse_json(to_valid_utf8(span), engine.name);
    if (parsed.object() != nullptr) return parsed;
  }
  Json result;
  result.set("Name", Json(engine.layers[layer::name][layer]));
  return result;
}

std::optional<Row> find_layer(const Engine& engine, std::string_view name) {
  const StringId id = engine.strings->find(name);
  if (id == null_string) return std::nullopt;
  const View<std::string_view> names = engine.layers[layer::name];
  for (Row row = 0; row < names.size(); ++row) {
    if (names.id(row) == id) return row;
  }
  return std::nullopt;
}

}  // namespace trex
