// Steps that one engine keeps apart and the other fused into a neighbour.
//
// A clamp of its own in b, after a convolution whose counterpart in a is called "Conv + Clip",
// belongs to that pair: what it computes is named in a and not yet covered in b. Where the names
// say nothing, a computing step between two paired layers that follow each other directly in the
// other engine must have been fused into one of them; that is said with little confidence.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

constexpr double sure_by_words = 0.85, sure_by_place = 0.5;

bool contains_id(std::span<const Id> sorted, Id id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

// The same code for both directions: `own` is the side with the free steps.
class Fused {
 public:
  Fused(Job& job, bool own_is_a)
      : job_(job),
        own_is_a_(own_is_a),
        own_(own_is_a ? job.a : job.b),
        other_(own_is_a ? job.b : job.a),
        own_graph_(own_is_a ? job.graph_a : job.graph_b),
        other_graph_(own_is_a ? job.graph_b : job.graph_a) {}

  void run() {
    for (Row row = 0; row < own_.size(); ++row) {
      if (group_of_own(row) == no_group && own_[row].role == Role::step) join(row);
    }
  }

 private:
  std::uint32_t group_of_own(Row row) const {
    return own_is_a_ ? job_.pairs.group_of_a(row) : job_.pairs.group_of_b(row);
  }
  std::uint32_t group_of_other(Row row) const {
    return own_is_a_ ? job_.pairs.group_of_b(row) : job_.pairs.group_of_a(row);
  }
  bool is_alone(Row row) const { return own_is_a_ ? job_.alone_a[row] : job_.alone_b[row]; }
  const std::vector<Row>& own_rows(std::uint32_t g) const {
    return own_is_a_ ? job_.pairs.group(g).a : job_.pairs.group(g).b;
  }
  const std::vector<Row>& other_rows(std::uint32_t g) const {
    return own_is_a_ ? job_.pairs.group(g).b : job_.pairs.group(g).a;
  }
  void attach(Row row, std::uint32_t group, double sure) {
    if (own_is_a_) {
      job_.pairs.attach_a(row, group, sure);
    } else {
      job_.pairs.attach_b(row, group, sure);
    }
  }

  bool moves_only(Id word) const { return operation_weight(job_.shared.texts[word]) <= 1; }

  // How many of the row's operations the other engine's part of the group names beyond what this
  // engine's part does already; of how many that count.
  struct Cover {
    int covered = 0, counted = 0;
    bool named = false;  // the other part names operations at all
  };
  Cover cover(Row row, std::uint32_t group) const {
    Cover result;
    const auto words = own_.words(row);
    const bool only_moves =
        std::all_of(words.begin(), words.end(), [&](Id word) { return moves_only(word); });
    const auto names = [](const Side& side, const std::vector<Row>& rows, Id word) {
      return std::any_of(rows.begin(), rows.end(),
                         [&](Row r) { return contains_id(side.words(r), word); });
    };
    for (const Row r : other_rows(group)) result.named |= !other_.words(r).empty();
    for (const Id word : words) {
      if (!only_moves && moves_only(word)) continue;
      ++result.counted;
      const bool taken = names(own_, own_rows(group), word);
      result.covered += !taken && names(other_, other_rows(group), word);
    }
    return result;
  }

  // Groups before or after the row, the nearest in execution order first; free steps are looked
  // through, as far as `most` of them.
  std::vector<std::uint32_t> groups_beside(Row row, bool backward) const {
    constexpr std::size_t most = 8;
    std::vector<std::uint32_t> groups;
    std::vector<Row> queue = {row};
    for (std::size_t at = 0; at < queue.size() && at < most; ++at) {
      const auto rows = backward ? own_graph_.before(queue[at]) : own_graph_.after(queue[at]);
      for (std::size_t i = 0; i < rows.size() && i < most; ++i) {
        const Row next = rows[backward ? rows.size() - 1 - i : i];
        const std::uint32_t g = group_of_own(next);
        if (g == no_group) {
          if (queue.size() < most) queue.push_back(next);
        } else if (group_is_small(g) &&
                   std::find(groups.begin(), groups.end(), g) == groups.end()) {
          groups.push_back(g);
        }
      }
    }
    return groups;
  }
  bool group_is_small(std::uint32_t g) const {
    return own_rows(g).size() < 64 && other_rows(g).size() < 64;
  }

  // The other engine's part of `after` reads what its part of `before` writes.
  bool follows_directly(std::uint32_t before, std::uint32_t after) const {
    for (const Row row : other_rows(after)) {
      for (const Row source : other_graph_.before(row)) {
        if (group_of_other(source) == before) return true;
      }
    }
    return false;
  }

  void join(Row row) {
    const auto before = groups_beside(row, true);
    const auto after = groups_beside(row, false);
    std::uint32_t best = no_group;
    Cover best_cover;
    bool all_named = true;
    for (const auto* groups : {&before, &after}) {
      for (const std::uint32_t g : *groups) {
        const Cover found = cover(row, g);
        all_named = all_named && found.named;
        if (found.covered > best_cover.covered) {
          best = g;
          best_cover = found;
        }
      }
    }
    if (best != no_group && 2 * best_cover.covered >= best_cover.counted) {
      attach(row, best, sure_by_words);
    } else if (!is_alone(row) && (own_.words(row).empty() || !all_named)) {
      join_by_place(row, before, after);
    }
  }

  bool holds_gemms(std::uint32_t group) const {
    return std::any_of(other_rows(group).begin(), other_rows(group).end(), [&](Row row) {
      return other_[row].family == Family::attention || other_[row].family == Family::region;
    });
  }

  void join_by_place(Row row, const std::vector<std::uint32_t>& before,
                     const std::vector<std::uint32_t>& after) {
    const Family family = own_[row].family;
    const bool is_light = family == Family::pointwise || family == Family::kernel ||
                          family == Family::other || family == Family::pooling;
    for (const std::uint32_t source : before) {
      // A GEMM is only fused into what holds several: attention, a region.
      if (!is_light && !(family == Family::gemm && holds_gemms(source))) continue;
      for (const std::uint32_t reader : after) {
        if (source == reader || follows_directly(source, reader)) {
          return attach(row, source, sure_by_place);
        }
      }
    }
  }

  Job& job_;
  bool own_is_a_;
  const Side &own_, &other_;
  const StepGraph &own_graph_, &other_graph_;
};

}  // namespace

void join_fused(Job& job) {
  Fused(job, true).run();
  Fused(job, false).run();
}

}  // namespace trex::compare
