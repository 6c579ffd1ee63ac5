// Pairs of what stands around the steps: copies and reshapes on the same edge of the graph.
//
// An edge is the group that writes and the group that reads; the carriers on it pair in order. So a
// Reformat that only one engine needs stays alone, and says so. Names-only engines have no edges:
// there the name tells whose input or output is copied.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

constexpr std::size_t most_on_an_edge = 64;

struct Carrier {
  std::uint64_t edge;
  Row row;
};
using Carriers = std::vector<Carrier>;

class Edges {
 public:
  Edges(const Job& job, bool is_a)
      : job_(job),
        is_a_(is_a),
        side_(is_a ? job.a : job.b),
        graph_(is_a ? job.graph_a : job.graph_b) {}

  // Of every free carrier whose edge is known.
  Carriers list(bool by_name) const {
    Carriers carriers;
    std::vector<std::uint32_t> owner;
    if (by_name) owner = group_of_ops();
    for (Row row = 0; row < side_.size(); ++row) {
      if (side_[row].role != Role::carrier || group_of(row) != no_group) continue;
      const std::uint64_t edge = by_name ? named_edge(row, owner) : edge_of(row);
      if (edge != unknown) carriers.push_back({edge, row});
    }
    std::sort(carriers.begin(), carriers.end(), [](const Carrier& x, const Carrier& y) {
      return x.edge != y.edge ? x.edge < y.edge : x.row < y.row;
    });
    return carriers;
  }

 private:
  static constexpr std::uint64_t unknown = UINT64_MAX;
  static constexpr std::uint32_t outside = no_group - 1;  // the engine's own input or output

  std::uint32_t group_of(Row row) const {
    return is_a_ ? job_.pairs.group_of_a(row) : job_.pairs.group_of_b(row);
  }

  std::uint32_t end_of(std::span<const Row> steps) const {
    if (steps.empty()) return outside;
    for (const Row step : steps) {
      if (group_of(step) != no_group) return group_of(step);
    }
    return no_group;
  }

  static std::uint64_t edge_between(std::uint32_t writer, std::uint32_t reader) {
    return (std::uint64_t{writer} << 32) | reader;
  }

  std::uint64_t edge_of(Row row) const {
    const std::uint32_t writer = end_of(graph_.before(row)), reader = end_of(graph_.after(row));
    if (writer == no_group || reader == no_group || (writer == outside && reader == outside)) {
      return unknown;
    }
    return edge_between(writer, reader);
  }

  // By op: the group of the first step that names it.
  std::vector<std::uint32_t> group_of_ops() const {
    std::vector<std::uint32_t> owner(job_.shared.trust.size(), no_group);
    for (Row row = 0; row < side_.size(); ++row) {
      if (side_[row].role != Role::step) continue;
      for (const Id op : side_.ops(row)) {
        if (owner[op] == no_group) owner[op] = group_of(row);
      }
    }
    return owner;
  }

  std::uint64_t named_edge(Row row, const std::vector<std::uint32_t>& owner) const {
    if (!side_[row].is_copy || side_.ops(row).empty()) return unknown;
    const std::uint32_t group = owner[side_.ops(row)[0]];
    if (group == no_group) return unknown;
    const std::string_view name = side_.name(row);
    const bool at_output = name.find("Output Tensor") != std::string_view::npos ||
                           name.find(" output reformatter ") != std::string_view::npos;
    return edge_between(group, at_output ? 1 : 0);
  }

  const Job& job_;
  bool is_a_;
  const Side& side_;
  const StepGraph& graph_;
};

// In order, and so that the sum of similarities is largest.
void pair_edge(Job& job, std::span<const Carrier> a, std::span<const Carrier> b, double sure) {
  if (a.size() > most_on_an_edge || b.size() > most_on_an_edge) return;
  const std::size_t width = b.size() + 1;
  std::vector<int> best((a.size() + 1) * width, 0);  // of what comes after a[i - 1], b[j - 1]
  const auto gain = [&](std::size_t i, std::size_t j) {
    const int points = similarity(job.a, a[i].row, job.b, b[j].row);
    return points < alike ? -1 : points + best[(i + 1) * width + j + 1];
  };
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      best[i * width + j] =
          std::max({gain(i, j), best[(i + 1) * width + j], best[i * width + j + 1]});
    }
  }
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (gain(i, j) == best[i * width + j]) {
      job.pairs.pair(a[i++].row, b[j++].row, AlignReason::same_neighbours, sure);
    } else if (best[(i + 1) * width + j] == best[i * width + j]) {
      ++i;
    } else {
      ++j;
    }
  }
}

void pair_edges(Job& job, const Carriers& a, const Carriers& b, double sure) {
  const auto end_of = [](const Carriers& list, std::size_t i) {
    std::size_t end = i;
    while (end < list.size() && list[end].edge == list[i].edge) ++end;
    return end;
  };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i].edge < b[j].edge) {
      ++i;
    } else if (b[j].edge < a[i].edge) {
      ++j;
    } else {
      const std::size_t end_i = end_of(a, i), end_j = end_of(b, j);
      pair_edge(job, std::span(a).subspan(i, end_i - i), std::span(b).subspan(j, end_j - j), sure);
      i = end_i;
      j = end_j;
    }
  }
}

// shape_call, signal and wait say nothing of themselves: in order, where there are as many.
void pair_syncs(Job& job) {
  const auto by_type = [](const Side& side, auto is_free) {
    std::map<Id, std::vector<Row>> rows;
    for (Row row = 0; row < side.size(); ++row) {
      if (side[row].role == Role::sync && is_free(row)) rows[side[row].type].push_back(row);
    }
    return rows;
  };
  const auto in_a = by_type(job.a, [&](Row row) { return job.pairs.free_a(row); });
  const auto in_b = by_type(job.b, [&](Row row) { return job.pairs.free_b(row); });
  for (const auto& [type, rows] : in_a) {
    const auto found = in_b.find(type);
    if (found == in_b.end() || found->second.size() != rows.size()) continue;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      job.pairs.pair(rows[i], found->second[i], AlignReason::same_place, 0.5);
    }
  }
}

}  // namespace

void pair_carriers(Job& job) {
  pair_edges(job, Edges(job, true).list(false), Edges(job, false).list(false), 0.9);
  pair_edges(job, Edges(job, true).list(true), Edges(job, false).list(true), 0.8);
  pair_syncs(job);
}

}  // namespace trex::compare
