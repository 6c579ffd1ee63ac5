// The engine as boxes in boxes: which block of the network each layer belongs to.
//
// An engine of a thousand layers is read a handful of boxes at a time. The boxes come from the
// names of source ops ("/model/layers.3/self_attn/MatMul", "model.layers.3.self_attn.weight",
// Torch-TensorRT's "/layers/3/..."), whatever notation: numbers are levels of their own, so that
// all three give "model/layers.3/self_attn". Where names give nothing, or a level would hold too
// many, neighbours in execution order are put together ("#120-139"), cut where few tensors cross.
// A layer made from ops of several scopes stands in the deepest one that most of them share.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

using ScopeId = std::uint32_t;
inline constexpr ScopeId root_scope = 0;

// Part of a scope that runs in one precision.
struct ScopePrecision {
  std::string_view precision;  // in the engine's pool; "" when not known
  std::size_t layer_count = 0;
  double time_ms = 0;  // of those layers whose time is known
};

struct Scope {
  // "layers.3", "self_attn", "model/layers" (a scope that held nothing else went up into its only
  // one), or a range: "layers.0-5" of numbered scopes, "#120-139" of layers. "" for the root.
  std::string name;
  std::string path;             // "model/layers.3/self_attn"; of a range its parent's and its name
  ScopeId parent = root_scope;  // of the root: itself
  std::uint32_t depth = 0;      // 0 for the root
  bool range = false;           // made of neighbours, not of names
  std::vector<ScopeId> scopes;  // in the order of their first layers
  std::vector<Row> layers;      // its own, in execution order; not those of scopes below
  // With all scopes below; hidden layers (NoOp, Constant ...) are not counted.
  std::size_t layer_count = 0;
  std::size_t timed_count = 0;  // layers whose time is known
  double time_ms = null_real;   // their sum; unknown when none is
  Row first_layer = no_row, last_layer = no_row;
  std::vector<ScopePrecision> precisions;  // most time first, then most layers
  // Scopes with equal trees of equal layer types have the same: a repeated block.
  std::uint32_t shape = 0;
};

struct ScopeLimits {
  // Scopes and own layers a scope may show before neighbours are put together.
  std::size_t most_items = 24;
  // Levels of names; what is deeper stays in the last. Ranges come on top, log(layers) of them.
  std::size_t most_levels = 12;
};

struct Scopes {
  std::vector<Scope> scopes;                // [0] is the root; parents stand before their children
  std::vector<ScopeId> scope_of;            // by layer row; hidden layers stand with a neighbour
  std::vector<std::uint32_t> shape_counts;  // by Scope::shape: how many scopes have it

  // The nearest one upwards, itself included, that is no range.
  ScopeId named(ScopeId scope) const;
  // The scope of that path or, failing that, the only one of that name.
  std::optional<ScopeId> find(std::string_view text) const;
  // The ancestor at that depth (itself where it is no deeper).
  ScopeId ancestor(ScopeId scope, std::uint32_t depth) const;
};

// Linear in the names and n log n in the layers. Same engine, same ids.
Scopes scopes_of(const Engine& engine, const ScopeLimits& limits = {});

// One level of an op's name.
struct ScopePart {
  std::string_view text;  // "layers", "3"
  char joint = '/';       // what stands before it in a path: '/', or '.' or '_' before a number
};
// The levels of an op without the op itself: "/model/layers.3/MatMul" -> model layers .3; nothing
// for ops without a scope. At most `most_levels`.
std::vector<ScopePart> scope_parts(std::string_view op, std::size_t most_levels);

}  // namespace trex
