// Neighbours in execution order put together, where a scope would show too many items.
//
// Cuts are made near even places where the fewest tensors are alive: between two blocks of a
// network, not through the middle of one. Levels are balanced: 1000 layers are 10 x 10 x 10.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "trex/base/text.hpp"
#include "trex/model/regions.hpp"
#include "trex/model/scope_tree.hpp"

namespace trex {
namespace {

using Items = std::vector<ScopeItem>;

// By row: how many tensors are written before it and read at it or after it.
std::vector<std::uint32_t> live_tensors(const Engine& engine) {
  const Dependencies links = dependencies(engine, false);
  const View<std::int64_t> layer_of = engine.tensors[tensor::layer];
  std::vector<std::int64_t> change(engine.layer_count() + 2, 0);
  for (const Generation& generation : links.generations) {
    if (generation.writers.empty() || generation.readers.empty()) continue;
    const auto first = static_cast<std::size_t>(*layer_of[generation.writers.front()]);
    const auto last = static_cast<std::size_t>(*layer_of[generation.readers.back()]);
    if (first >= last) continue;
    ++change[first + 1];
    --change[last + 1];
  }
  std::vector<std::uint32_t> live(engine.layer_count() + 1, 0);
  std::int64_t now = 0;
  for (std::size_t row = 0; row < live.size(); ++row) {
    now += change[row];
    live[row] = static_cast<std::uint32_t>(now);
  }
  return live;
}

// The smallest g with g^L >= n, for the smallest L with most^L >= n.
std::size_t group_count(std::size_t n, std::size_t most) {
  std::size_t levels = 1;
  for (std::size_t reach = most; reach < n; reach *= most) ++levels;
  std::size_t groups = 2;
  const auto reaches = [&] {
    std::size_t reach = 1;
    for (std::size_t l = 0; l < levels && reach < n; ++l) reach *= groups;
    return reach >= n;
  };
  while (!reaches()) ++groups;
  return groups;
}

// Ends of `groups` parts of the items: near even, each within `most` where that is possible, where
// the fewest tensors cross; of equals the one nearest to even.
std::vector<std::size_t> cuts(const Items& items, std::size_t groups, std::size_t most,
                              const std::vector<std::uint32_t>& live) {
  const std::size_t n = items.size();
  const bool bounded = n <= groups * most;
  std::vector<std::size_t> ends;
  std::size_t start = 0;
  for (std::size_t k = 1; k < groups; ++k) {
    const std::size_t even = k * n / groups;
    const std::size_t reach = n / (4 * groups);
    std::size_t low = std::max(start + 1, even - reach);
    std::size_t high = std::min(n - (groups - k), even + reach);
    if (bounded) {
      high = std::min(high, start + most);
      const std::size_t rest = (groups - k) * most;
      low = std::max(low, n > rest ? n - rest : std::size_t{0});
    }
    std::size_t best = std::clamp(even, low, std::max(low, high));
    const auto off = [&](std::size_t at) { return at > even ? at - even : even - at; };
    for (std::size_t at = low; at <= high; ++at) {
      const auto rank = std::pair(live[items[at].first], off(at));
      if (rank < std::pair(live[items[best].first], off(best))) best = at;
    }
    ends.push_back(best);
    start = best;
  }
  ends.push_back(n);
  return ends;
}

class Ranges {
 public:
  Ranges(const Engine& engine, const ScopeLimits& limits, ScopeTree& tree)
      : engine_(engine), most_(std::max<std::size_t>(limits.most_items, 4)), tree_(tree) {}

  void run() {
    std::vector<std::uint32_t> open{root_scope};
    while (!open.empty()) {
      const std::uint32_t node = open.back();
      open.pop_back();
      split(node);
      const std::vector<std::uint32_t>& below = tree_.nodes[node].scopes;
      open.insert(open.end(), below.begin(), below.end());
    }
  }

 private:
  void split(std::uint32_t id) {
    const Items items = items_of(tree_, id);
    if (items.size() <= most_) return;
    if (live_.empty()) live_ = live_tensors(engine_);
    tree_.nodes[id].scopes.clear();
    tree_.nodes[id].layers.clear();
    if (!split_runs(id, items)) split_evenly(id, items);
  }

  // Where scopes are few and layers between them many: each run of layers is one range.
  bool split_runs(std::uint32_t id, const Items& items) {
    std::vector<Items> parts;
    for (const ScopeItem& item : items) {
      const bool joins = !item.is_scope && !parts.empty() && !parts.back().back().is_scope;
      if (!joins) parts.emplace_back();
      parts.back().push_back(item);
    }
    if (parts.size() < 2 || parts.size() > most_) return false;
    for (const Items& part : parts) add_part(id, part);
    return true;
  }

  void split_evenly(std::uint32_t id, const Items& items) {
    std::size_t start = 0;
    for (const std::size_t end : cuts(items, group_count(items.size(), most_), most_, live_)) {
      add_part(id, Items(items.begin() + static_cast<std::ptrdiff_t>(start),
                         items.begin() + static_cast<std::ptrdiff_t>(end)));
      start = end;
    }
  }

  void add_item(std::uint32_t id, const ScopeItem& item) {
    if (item.is_scope) {
      tree_.nodes[id].scopes.push_back(item.id);
      tree_.nodes[item.id].parent = id;
    } else {
      tree_.nodes[id].layers.push_back(item.id);
    }
  }

  void add_part(std::uint32_t id, const Items& part) {
    if (part.size() == 1) return add_item(id, part[0]);
    ScopeNode range;
    range.range = true;
    range.parent = id;
    range.first = part[0].first;
    range.last = part[0].first;
    for (const ScopeItem& item : part) {
      range.last = std::max(range.last, item.is_scope ? tree_.nodes[item.id].last : item.id);
      range.layer_count += item.is_scope ? tree_.nodes[item.id].layer_count : 1;
    }
    range.name = name_of(part, range);
    const std::string& above = tree_.nodes[id].path;
    range.path = above.empty() ? range.name : above + "/" + range.name;
    const auto number = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes.push_back(std::move(range));
    tree_.nodes[id].scopes.push_back(number);
    for (const ScopeItem& item : part) add_item(number, item);
  }

  // "layers.0-5" where all are layers.N, in order; else "#120-139", as `index` counts.
  std::string name_of(const Items& part, const ScopeNode& range) const {
    const ScopeNode* first = part.front().is_scope ? &tree_.nodes[part.front().id] : nullptr;
    const ScopeNode* last = first;
    for (const ScopeItem& item : part) {
      if (last == nullptr || !item.is_scope) return index_name(range);
      const ScopeNode& next = tree_.nodes[item.id];
      if (next.stem.empty() || next.stem != first->stem) return index_name(range);
      const bool ordered = &next == first || parse_integer(next.number).value_or(0) >
                                                 parse_integer(last->number).value_or(0);
      if (!ordered) return index_name(range);
      last = &next;
    }
    return first->name + "-" + last->number;
  }

  std::string index_name(const ScopeNode& range) const {
    const View<std::int64_t> index = engine_.layers[layer::index];
    return fmt::format("#{}-{}", index[range.first].value_or(range.first),
                       index[range.last].value_or(range.last));
  }

  const Engine& engine_;
  std::size_t most_;
  ScopeTree& tree_;
  std::vector<std::uint32_t> live_;
};

}  // namespace

std::vector<ScopeItem> items_of(const ScopeTree& tree, std::uint32_t node) {
  Items items;
  for (const std::uint32_t scope : tree.nodes[node].scopes) {
    items.push_back({.first = tree.nodes[scope].first, .is_scope = true, .id = scope});
  }
  for (const Row row : tree.nodes[node].layers) items.push_back({.first = row, .id = row});
  std::sort(items.begin(), items.end(), [](const ScopeItem& a, const ScopeItem& b) {
    return a.first < b.first;  // no two items begin with the same layer
  });
  return items;
}

void add_ranges(const Engine& engine, const ScopeLimits& limits, ScopeTree& tree) {
  Ranges(engine, limits, tree).run();
}

}  // namespace trex
