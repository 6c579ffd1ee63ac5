// What does each type, precision, tactic, stream ... or module of the model cost?
//
// Hidden layers are left out. A layer of unknown value is a group of its own, with a null cell.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <vector>

#include "trex/analyze/summary.hpp"
#include "trex/analyze/tactics.hpp"
#include "trex/model/source_ops.hpp"

namespace trex {
namespace {

constexpr Key<std::string_view> scope_key{"scope", Unit::none,
                                          "module of the model that the layers came from"};

// The layers shown by default, with what they cost and the column to group by.
Table shown_layers(const Engine& engine, Table costs) {
  const auto hidden = engine.layers[layer::hidden];
  return costs.filter([&](Row row) { return !hidden.is_true(row); });
}

Table costs_of(const Engine& engine) {
  return engine.layers.select({std::string(layer::time_ms.name), std::string(layer::share.name),
                               std::string(layer::io_bytes.name),
                               std::string(layer::weights_bytes.name)});
}

Table grouped(const Table& layers, std::string_view column) {
  const Table groups = layers.group_by(
      std::vector<std::string>{std::string(column)},
      {sum(layer::time_ms), sum(layer::share), sum(layer::io_bytes), sum(layer::weights_bytes)});
  const auto time_ms = groups[layer::time_ms].values();
  const bool timed =
      std::any_of(time_ms.begin(), time_ms.end(), [](double ms) { return !std::isnan(ms); });
  return timed ? groups.sorted_by(layer::time_ms, Order::descending)
               : groups.sorted_by(group_size, Order::descending);
}

// The leading parts ("/a/b") that two scopes share.
std::string_view common_scope(std::string_view a, std::string_view b) {
  const std::size_t length = std::min(a.size(), b.size());
  std::size_t same = 0, end = 0;  // end: of the last whole part that is the same
  while (same < length && a[same] == b[same]) {
    if (a[same] == '/') end = same;
    ++same;
  }
  const bool a_ends = same == a.size() && (same == b.size() || b[same] == '/');
  const bool b_ends = same == b.size() && (same == a.size() || a[same] == '/');
  return a.substr(0, a_ends || b_ends ? same : end);
}

// Each source op's scope is found once, whatever number of layers it went into.
class Scopes {
 public:
  Scopes(StringPool& strings, int depth)
      : strings_(strings), depth_(depth), known_(strings.size(), null_string) {}

  std::string_view of(StringId op) {
    StringId& scope = known_[op];
    if (scope == null_string) scope = strings_.intern(source_scope(strings_[op], depth_));
    return strings_[scope];
  }

 private:
  StringPool& strings_;
  int depth_;
  std::vector<StringId> known_;  // by string id of the op
};

}  // namespace

Table breakdown(const Engine& engine, std::string_view column) {
  Table costs = costs_of(engine);
  if (column == tactics::base_name.name) {
    costs.add(std::make_shared<const Column>(tactics_table(engine).at(column)));
  } else if (costs.find(column) == nullptr) {
    costs.add(std::make_shared<const Column>(engine.layers.at(column)));
  }
  return grouped(shown_layers(engine, std::move(costs)), column);
}

Table breakdown_by_scope(const Engine& engine, int depth) {
  Scopes scopes(*engine.strings, depth);
  const auto ops = engine.layers[layer::source_ops];
  std::vector<StringId> scope_of;
  scope_of.reserve(engine.layer_count());
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const auto ids = ops[row].ids();
    if (ids.empty()) {
      scope_of.push_back(null_string);
      continue;
    }
    std::string_view scope = scopes.of(ids[0]);
    for (const StringId op : ids.subspan(1)) scope = common_scope(scope, scopes.of(op));
    scope_of.push_back(engine.strings->intern(scope));
  }
  Table costs = costs_of(engine);
  costs.add(scope_key, std::move(scope_of));
  return grouped(shown_layers(engine, std::move(costs)), scope_key.name);
}

}  // namespace trex
