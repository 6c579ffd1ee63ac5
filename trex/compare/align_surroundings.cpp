// Pairs by where a layer stands in the graph.
//
// Every step gets a label: its pair where it has one, else its signature. In rounds each label
// takes in the labels around it (as in colour refinement), so that after two rounds it names a step
// with everything up to two steps away. A label found once in each engine is a pair. From every
// pair on, neighbours that match each other and nothing else beside them are pairs too; so one
// anchor is enough for a chain of any length. Blocks that repeat get no label of their own and wait
// for an anchor, or for their order.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

constexpr int label_rounds = 2;
constexpr std::size_t most_neighbours = 32;  // beyond, a neighbour says little of a step

std::uint64_t stir(std::uint64_t seed, std::uint64_t value) {
  std::uint64_t x = (seed ^ value) + 0x9e3779b97f4a7c15u + (seed << 12) + (seed >> 4);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

using Labels = std::vector<std::uint64_t>;

class SideLabels {
 public:
  SideLabels(const Side& side, const StepGraph& graph) : side_(side), graph_(graph) {}

  template <class GroupOf>
  void start(GroupOf group_of) {
    labels_.resize(side_.size());
    for (Row row = 0; row < side_.size(); ++row) {
      const std::uint32_t g = group_of(row);
      labels_[row] = g == no_group ? stir(1, side_[row].signature) : stir(2, g);
    }
  }

  void round() {
    Labels next(labels_.size());
    std::vector<std::uint64_t> around;
    for (Row row = 0; row < side_.size(); ++row) {
      if (side_[row].role != Role::step) continue;
      std::uint64_t label = stir(3, labels_[row]);
      for (const auto rows : {graph_.before(row), graph_.after(row)}) {
        around.clear();
        for (std::size_t i = 0; i < rows.size() && i < most_neighbours; ++i) {
          around.push_back(labels_[rows[i]]);
        }
        std::sort(around.begin(), around.end());
        label = stir(label, rows.size());
        for (const std::uint64_t neighbour : around) label = stir(label, neighbour);
      }
      next[row] = label;
    }
    labels_ = std::move(next);
  }

  struct Entry {
    std::uint64_t label;
    Row row;
  };
  // Of the rows that `wanted`, by label.
  template <class Wanted>
  std::vector<Entry> sorted(Wanted wanted) const {
    std::vector<Entry> entries;
    for (Row row = 0; row < side_.size(); ++row) {
      if (wanted(row)) entries.push_back({labels_[row], row});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
      return x.label != y.label ? x.label < y.label : x.row < y.row;
    });
    return entries;
  }

 private:
  const Side& side_;
  const StepGraph& graph_;
  Labels labels_;
};

using Entries = std::vector<SideLabels::Entry>;

bool lone(const Entries& entries, std::size_t i) {
  return (i == 0 || entries[i - 1].label != entries[i].label) &&
         (i + 1 == entries.size() || entries[i + 1].label != entries[i].label);
}

// A step that is told apart by more than its family.
bool says_something(const Side& side, Row row) {
  const LayerFacts& facts = side[row];
  return facts.role == Role::step &&
         (facts.work != 0 || facts.out_shape != 0 || !side.words(row).empty());
}

class Surroundings {
 public:
  explicit Surroundings(Job& job) : job_(job), a_(job.a, job.graph_a), b_(job.b, job.graph_b) {}

  void run(bool spreads) {
    spreads_ = spreads;
    propagate(0);
    for (int turn = 0; turn < 3; ++turn) {
      const std::uint32_t before = job_.pairs.group_count();
      for (int rounds = label_rounds; rounds >= 0; --rounds) {
        const std::uint32_t first = job_.pairs.group_count();
        pair_labels(rounds);
        propagate(first);
      }
      if (job_.pairs.group_count() == before) break;
    }
  }

 private:
  // Alone, a signature must state the work of a convolution or GEMM to be trusted.
  bool wanted(const Side& side, Row row, int rounds) const {
    return says_something(side, row) && (rounds > 0 || side[row].work != 0);
  }

  void pair_labels(int rounds) {
    const Pairs& pairs = job_.pairs;
    a_.start([&](Row row) { return pairs.group_of_a(row); });
    b_.start([&](Row row) { return pairs.group_of_b(row); });
    for (int round = 0; round < rounds; ++round) {
      a_.round();
      b_.round();
    }
    const Entries in_a =
        a_.sorted([&](Row row) { return pairs.free_a(row) && wanted(job_.a, row, rounds); });
    const Entries in_b =
        b_.sorted([&](Row row) { return pairs.free_b(row) && wanted(job_.b, row, rounds); });
    const double sure = rounds == 2 ? 0.95 : rounds == 1 ? 0.9 : 0.85;
    for (std::size_t i = 0, j = 0; i < in_a.size() && j < in_b.size();) {
      if (in_a[i].label == in_b[j].label && lone(in_a, i) && lone(in_b, j)) {
        job_.pairs.pair(in_a[i].row, in_b[j].row, AlignReason::same_work, sure);
      }
      const std::uint64_t x = in_a[i].label, y = in_b[j].label;
      i += x <= y;
      j += y <= x;
    }
  }

  // From every group since `first` on; the groups made on the way follow.
  void propagate(std::uint32_t first) {
    if (!spreads_) return;
    for (std::uint32_t g = first; g < job_.pairs.group_count(); ++g) {
      // Copied: new groups may move the old ones.
      const std::vector<Row> rows_a = job_.pairs.group(g).a, rows_b = job_.pairs.group(g).b;
      for (const bool forward : {true, false}) {
        gather(rows_a, rows_b, forward);
        if (next_a_.size() <= most_neighbours && next_b_.size() <= most_neighbours) match();
      }
    }
  }

  void gather(const std::vector<Row>& rows_a, const std::vector<Row>& rows_b, bool forward) {
    next_a_.clear();
    next_b_.clear();
    const auto add = [&](const StepGraph& graph, Row row, auto is_free, std::vector<Row>& out) {
      for (const Row next : forward ? graph.after(row) : graph.before(row)) {
        if (is_free(next) && out.size() <= most_neighbours) out.push_back(next);
      }
    };
    for (const Row row : rows_a) {
      add(
          job_.graph_a, row, [&](Row r) { return job_.pairs.free_a(r); }, next_a_);
    }
    for (const Row row : rows_b) {
      add(
          job_.graph_b, row, [&](Row r) { return job_.pairs.free_b(r); }, next_b_);
    }
  }

  void match() {
    for (const Row a : next_a_) {
      if (!job_.pairs.free_a(a) || !says_something(job_.a, a)) continue;
      const Id signature = job_.a[a].signature;
      Row partner = no_row;
      int in_b = 0;
      for (const Row b : next_b_) {
        if (job_.b[b].signature != signature || !job_.pairs.free_b(b)) continue;
        partner = b;
        ++in_b;
      }
      const auto in_a = std::count_if(next_a_.begin(), next_a_.end(), [&](Row other) {
        return job_.a[other].signature == signature && job_.pairs.free_a(other);
      });
      if (in_b != 1 || in_a != 1) continue;
      job_.pairs.pair(a, partner, AlignReason::same_work, job_.a[a].work != 0 ? 0.95 : 0.9);
    }
  }

  Job& job_;
  SideLabels a_, b_;
  bool spreads_ = true;
  std::vector<Row> next_a_, next_b_;
};

}  // namespace

void pair_surroundings(Job& job, bool spreads) { Surroundings(job).run(spreads); }

}  // namespace trex::compare
