// Which layers of one engine do the work of which layers of another?
//
// The two may differ in names, fusions, precision, GPU, batch size, TensorRT version or exporter.
// So layers are put together in groups: the layers of `a` in a group do what the layers of `b` in
// it do. A group says what spoke for it and how sure that is; what has no counterpart says so.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex::compare {

enum class Relation : std::uint8_t {
  one_to_one,
  one_to_many,
  many_to_one,
  many_to_many,
  added,    // only in b
  removed,  // only in a
};
std::string_view relation_name(
    Relation relation);  // "1-1", "1-n", "n-1", "n-m", "added", "removed"

// What spoke first for a group, the strongest first.
enum class AlignReason : std::uint8_t {
  same_name,          // equal names
  same_source_ops,    // made from the same ONNX or framework nodes
  shared_source_ops,  // made from some of the same nodes: fused differently
  same_module,        // nodes of the same module path and operation, as two exporters spell it
  same_work,          // equal type, shapes and work, in the same place of the graph
  same_neighbours,    // stands between the same paired layers: a Reformat for the same reader ...
  same_place,         // nothing but its place between paired layers
  no_counterpart,     // added or removed
};
std::string_view reason_text(AlignReason reason);  // "shared source ops", one line, lower case

struct AlignedGroup {
  std::vector<Row> a, b;  // rows of Engine::layers, ascending; one of them empty: added or removed
  Relation relation = Relation::removed;
  AlignReason reason = AlignReason::no_counterpart;
  // How often a group with this evidence is right, 0 to 1, as measured (docs/alignment.md). Of an
  // added or removed group: how sure it is that the other engine has no counterpart.
  double confidence = 0;
};

struct Alignment {
  // Every layer of both engines, hidden ones too, is in exactly one group. In the execution order
  // of a (a group's first layer); an added group stands before the group of what follows it in b.
  std::vector<AlignedGroup> groups;
  std::vector<std::uint32_t> group_of_a, group_of_b;  // by layer row: index into `groups`
};

struct AlignOptions {
  bool use_names = true;       // false: as if names and source ops were not known
  bool use_source_ops = true;  // false: only equal names, structure and work
};

Alignment align(const Engine& a, const Engine& b, const AlignOptions& options = {});

}  // namespace trex::compare
