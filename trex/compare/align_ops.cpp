// Pairs by what the engines' own texts say: source ops that both name, then module paths.
//
// A layer belongs to the layer of the other engine that shares most of its nodes, by weight: a
// convolution outweighs the ReLU fused into it. Two layers that choose each other are a pair; a
// layer most of whose work lies in a paired layer joins it. So a shortcut's Add that moved from one
// convolution to the next does not tie both convolutions together.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

constexpr std::size_t most_links_per_key = 64;  // a node in more layers than that tells nothing

struct Edge {
  Row a, b;
  int score;
};

// The keys of every layer of one side, and which layers have each key.
struct Index {
  Lists<Id> keys;         // by row
  std::vector<Row> rows;  // by key, in execution order
  std::vector<std::uint32_t> first;

  void build(std::size_t key_count) {
    first.assign(key_count + 2, 0);
    for (const Id key : keys.values) ++first[key + 2];
    for (std::size_t k = 2; k < first.size(); ++k) first[k] += first[k - 1];
    rows.resize(keys.values.size());
    for (Row row = 0; row < keys.size(); ++row) {
      for (const Id key : keys[row]) rows[first[key + 1]++] = row;
    }
  }
  std::span<const Row> of(Id key) const {
    return {rows.data() + first[key], rows.data() + first[key + 1]};
  }
};

struct Evidence {
  AlignReason same, part;  // all keys equal; some
  double sure_same, sure_part;
  bool counts_all;  // keys that the other engine lacks speak against it, too
};

class Matching {
 public:
  Matching(Job& job, const Index& a, const Index& b, const std::vector<std::uint8_t>& weight,
           const Evidence& evidence)
      : job_(job), a_(a), b_(b), weight_(weight), evidence_(evidence) {}

  void run() {
    weigh();
    collect();
    choose();
    pair_mutual();
    join();
  }

 private:
  bool has_key(const Index& index, Id key) const { return !index.of(key).empty(); }

  void weigh() {
    const auto total = [&](const Index& index, const Index& other, std::vector<int>& totals) {
      totals.assign(index.keys.size(), 0);
      for (Row row = 0; row < index.keys.size(); ++row) {
        for (const Id key : index.keys[row]) {
          if (evidence_.counts_all || has_key(other, key)) totals[row] += weight_[key];
        }
      }
    };
    total(a_, b_, total_a_);
    total(b_, a_, total_b_);
  }

  void add_key(Id key) {
    const auto rows_a = a_.of(key), rows_b = b_.of(key);
    if (std::uint64_t{rows_a.size()} * rows_b.size() > most_links_per_key) return;
    const bool one_for_one = rows_a.size() == rows_b.size();
    for (std::size_t i = 0; i < rows_a.size(); ++i) {
      for (std::size_t j = 0; j < rows_b.size(); ++j) {
        const Row a = rows_a[i], b = rows_b[j];
        if (!job_.pairs.free_a(a) && !job_.pairs.free_b(b)) continue;
        if (job_.alone_a[a] || job_.alone_b[b]) continue;
        if (!can_pair(job_.a[a], job_.b[b])) continue;
        // Several kernels of one node: in the same order, when there are as many.
        const int part = one_for_one && i != j ? 1 : 2;
        edges_.push_back({a, b, part * weight_[key]});
      }
    }
  }

  void collect() {
    for (Id key = 0; key + 2 < a_.first.size(); ++key) add_key(key);
    std::sort(edges_.begin(), edges_.end(),
              [](const Edge& x, const Edge& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (kept > 0 && edges_[kept - 1].a == edges_[i].a && edges_[kept - 1].b == edges_[i].b) {
        edges_[kept - 1].score += edges_[i].score;
      } else {
        edges_[kept++] = edges_[i];
      }
    }
    edges_.resize(kept);
  }

  // How far apart in the order of their engines, for ties.
  std::int64_t distance(const Edge& edge) const {
    const auto rows_a = static_cast<std::int64_t>(job_.a.size());
    const auto rows_b = static_cast<std::int64_t>(job_.b.size());
    return std::abs(static_cast<std::int64_t>(edge.a) * rows_b -
                    static_cast<std::int64_t>(edge.b) * rows_a);
  }

  bool better(const Edge& x, const Edge& y) const {
    if (x.score != y.score) return x.score > y.score;
    const int like_x = similarity(job_.a, x.a, job_.b, x.b);
    const int like_y = similarity(job_.a, y.a, job_.b, y.b);
    if (like_x != like_y) return like_x > like_y;
    return distance(x) < distance(y);
  }

  void choose() {
    best_a_.assign(job_.a.size(), no_edge);
    best_b_.assign(job_.b.size(), no_edge);
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
      std::uint32_t &of_a = best_a_[edges_[e].a], &of_b = best_b_[edges_[e].b];
      if (of_a == no_edge || better(edges_[e], edges_[of_a])) of_a = e;
      if (of_b == no_edge || better(edges_[e], edges_[of_b])) of_b = e;
    }
  }

  bool same_keys(const Edge& edge) const {
    const auto x = a_.keys[edge.a], y = b_.keys[edge.b];
    return x.size() == y.size() && std::is_permutation(x.begin(), x.end(), y.begin());
  }

  void pair(const Edge& edge) {
    const bool same = same_keys(edge);
    job_.pairs.pair(edge.a, edge.b, same ? evidence_.same : evidence_.part,
                    same ? evidence_.sure_same : evidence_.sure_part);
  }

  void pair_mutual() {
    for (std::uint32_t e = 0; e < edges_.size(); ++e) {
      const Edge& edge = edges_[e];
      if (best_a_[edge.a] != e || best_b_[edge.b] != e) continue;
      if (job_.pairs.free_a(edge.a) && job_.pairs.free_b(edge.b)) pair(edge);
    }
  }

  // Most of the layer's named work is in its best counterpart.
  bool mostly(int score, int total) const { return score >= total; }  // scores count double

  // Whether a group can hold more of one side: not where its first pair does the same, neither more
  // nor less (one of two equal copies was taken out, not fused into the other).
  bool has_room(std::uint32_t g) const {
    const Row a = job_.pairs.group(g).a.front(), b = job_.pairs.group(g).b.front();
    return job_.a[a].signature != job_.b[b].signature || !same_keys({a, b, 0});
  }

  void join() {
    Pairs& pairs = job_.pairs;
    for (Row a = 0; a < job_.a.size(); ++a) {
      if (!pairs.free_a(a) || best_a_[a] == no_edge) continue;
      const Edge& edge = edges_[best_a_[a]];
      if (!mostly(edge.score, total_a_[a])) continue;
      if (pairs.free_b(edge.b)) {
        pair(edge);
      } else if (has_room(pairs.group_of_b(edge.b))) {
        pairs.attach_a(a, pairs.group_of_b(edge.b), evidence_.sure_part);
      }
    }
    for (Row b = 0; b < job_.b.size(); ++b) {
      if (!pairs.free_b(b) || best_b_[b] == no_edge) continue;
      const Edge& edge = edges_[best_b_[b]];
      if (!mostly(edge.score, total_b_[b]) || pairs.free_a(edge.a)) continue;
      if (!has_room(pairs.group_of_a(edge.a))) continue;
      pairs.attach_b(b, pairs.group_of_a(edge.a), evidence_.sure_part);
    }
  }

  static constexpr std::uint32_t no_edge = UINT32_MAX;
  Job& job_;
  const Index &a_, &b_;
  const std::vector<std::uint8_t>& weight_;
  Evidence evidence_;
  std::vector<Edge> edges_;
  std::vector<int> total_a_, total_b_;
  std::vector<std::uint32_t> best_a_, best_b_;
};

bool any_free(const Job& job) {
  bool free = false;
  for (Row a = 0; a < job.a.size() && !free; ++a) free = job.pairs.free_a(a);
  for (Row b = 0; b < job.b.size() && !free; ++b) free = job.pairs.free_b(b);
  return free;
}

// A copy's nodes are another layer's.
bool has_nodes(const LayerFacts& facts) { return facts.role == Role::step || facts.own; }

Index index_ops(const Side& side, const Shared& shared, bool with_numbered) {
  Index index;
  std::vector<Id> keys;
  for (Row row = 0; row < side.size(); ++row) {
    keys.clear();
    for (const Id op : side.ops(row)) {
      if (!has_nodes(side[row])) break;
      if (with_numbered || shared.trust[op] == NameTrust::specific) keys.push_back(op);
    }
    index.keys.push(keys);
  }
  index.build(shared.trust.size());
  return index;
}

// Do the nodes that an exporter counted mean the same in both engines? Judged by those that one
// layer of each engine names.
bool numbered_ops_agree(const Job& job, const Index& a, const Index& b) {
  CountedNames counted;
  for (Id key = 0; key + 2 < a.first.size(); ++key) {
    if (job.shared.trust[key] != NameTrust::numbered) continue;
    const auto rows_a = a.of(key), rows_b = b.of(key);
    counted.in_a += !rows_a.empty();
    counted.in_b += !rows_b.empty();
    if (rows_a.size() == 1 && rows_b.size() == 1) counted.look_at(job, rows_a[0], rows_b[0]);
  }
  return counted.trusted(50);
}

Index index_modules(const Side& side, Shared& shared) {
  Index index;
  std::vector<Id> keys;
  std::string buffer;
  constexpr std::uint8_t light = 1;
  for (Row row = 0; row < side.size(); ++row) {
    keys.clear();
    for (const Id op : side.ops(row)) {
      if (!has_nodes(side[row]) || shared.weight[op] <= light) continue;
      const std::string_view path = canonical_op(shared.texts[op], buffer);
      if (!path.empty()) keys.push_back(shared.texts.intern(path));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    index.keys.push(keys);
  }
  return index;
}

// Where most pairs so far rest on equal names, a free layer whose own node the other engine does
// not know has no counterpart there, whatever stands in its place.
std::vector<bool> alone(const Job& job, bool is_a, const Index& own, const Index& other) {
  const Side& side = is_a ? job.a : job.b;
  std::vector<bool> result(side.size(), false);
  const std::size_t smaller = std::min(job.a.size(), job.b.size());
  // A names-only engine does not name all its nodes.
  if (job.shared.bare || 2 * std::size_t{job.pairs.group_count()} < smaller) return result;
  for (Row row = 0; row < side.size(); ++row) {
    if (!(is_a ? job.pairs.free_a(row) : job.pairs.free_b(row))) continue;
    bool specific = false, known = false;
    for (const Id op : own.keys[row]) {
      specific |= job.shared.trust[op] == NameTrust::specific;
      known |= !other.of(op).empty();
    }
    result[row] = specific && !known;
  }
  return result;
}

}  // namespace

bool names_may_agree(const Job& job, Row a, Row b) {
  if (job.a[a].role == Role::sync) return can_pair(job.a[a], job.b[b]);
  // Of a names-only engine nothing else is known: then it is enough that nothing speaks against it.
  if (similarity(job.a, a, job.b, b) < (job.shared.bare ? 0 : alike)) return false;
  bool named_a = false, named_b = false, shared = false;
  const auto ops_b = job.b.ops(b);
  for (const Id op : ops_b) named_b |= job.shared.trust[op] == NameTrust::specific;
  for (const Id op : job.a.ops(a)) {
    if (job.shared.trust[op] != NameTrust::specific) continue;
    named_a = true;
    shared |= std::find(ops_b.begin(), ops_b.end(), op) != ops_b.end();
  }
  return shared || !named_a || !named_b;
}

void CountedNames::look_at(const Job& job, Row a, Row b) {
  const std::int64_t volume_a = job.a[a].out_volume, volume_b = job.b[b].out_volume;
  const bool agrees = names_may_agree(job, a, b);
  ++common;
  agreed += agrees;
  shaped += agrees && (volume_a == volume_b || volume_a == 0 || volume_b == 0);
}

bool CountedNames::trusted(std::size_t most) const {
  if (common == 0) return false;
  if (100 * common >= most * std::min(in_a, in_b) && 10 * shaped >= 9 * common) return true;
  return 20 * common >= 19 * std::max(in_a, in_b) && 20 * agreed >= 19 * common;
}

void pair_source_ops(Job& job) {
  job.alone_a.assign(job.a.size(), false);
  job.alone_b.assign(job.b.size(), false);
  if (!job.shared.options.use_names || !job.shared.options.use_source_ops || !any_free(job)) return;
  {
    Index a = index_ops(job.a, job.shared, true), b = index_ops(job.b, job.shared, true);
    if (!numbered_ops_agree(job, a, b)) {
      a = index_ops(job.a, job.shared, false);
      b = index_ops(job.b, job.shared, false);
    }
    Matching(job, a, b, job.shared.weight,
             {AlignReason::same_source_ops, AlignReason::shared_source_ops, 0.98, 0.93, true})
        .run();
    job.alone_a = alone(job, true, a, b);
    job.alone_b = alone(job, false, b, a);
  }
  if (!any_free(job)) return;
  Index a = index_modules(job.a, job.shared);
  Index b = index_modules(job.b, job.shared);
  a.build(job.shared.texts.size());
  b.build(job.shared.texts.size());
  std::vector<std::uint8_t> weight(job.shared.texts.size(), 1);
  std::string buffer;
  for (const Index* index : {&a, &b}) {
    for (const Id key : index->keys.values) {
      const std::string_view path = job.shared.texts[key];
      weight[key] = static_cast<std::uint8_t>(operation_weight(path.substr(path.rfind('|') + 1)));
    }
  }
  Matching(job, a, b, weight,
           {AlignReason::same_module, AlignReason::same_module, 0.95, 0.9, false})
      .run();
}

}  // namespace trex::compare
