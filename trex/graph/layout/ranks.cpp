// The network simplex over a connected graph; the head file tells what and why.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/ranks.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "trex/graph/layout/links.hpp"

namespace trex::graph {
namespace {

constexpr std::uint32_t unranked = UINT32_MAX;
// Edges looked at per edge of the graph before the search for a shorter ranking is given up.
// Found by trial: graphs of 1 000 nodes need about 20 to reach the optimum.
constexpr std::uint64_t steps_per_edge = 60;
// Candidates for the edge to swap out; the worst of them goes. As in the paper's own program.
constexpr int candidates = 30;

class NetworkSimplex {
 public:
  NetworkSimplex(std::span<const RankEdge> edges, std::vector<std::int32_t>& ranks)
      : edges_(edges),
        rank_(ranks),
        n_(ranks.size()),
        out_(n_, edges, &RankEdge::from),
        in_(n_, edges, &RankEdge::to),
        parent_(n_, unranked),
        parent_edge_(n_, unranked),
        first_child_(n_, unranked),
        next_(n_, unranked),
        previous_(n_, unranked),
        depth_(n_, 0),
        sum_(n_, 0),
        stamp_(n_, 0) {}

  void run() {
    for (std::uint32_t v = 0; v < n_; ++v) {
      if (parent_[v] == unranked && !is_root(v)) grow_tree(v);
    }
    sum_below();
    std::uint64_t steps = 0;
    const std::uint64_t most_steps = steps_per_edge * (edges_.size() + 100);
    std::uint32_t start = 0;
    while (steps < most_steps) {
      const std::uint32_t child = leaving(start, steps);
      if (child == unranked) break;
      swap(child, steps);
      start = child;
    }
  }

 private:
  struct Reach {  // an edge that leaves the growing tree; slack = key + or - the tree's shift
    std::int64_t key;
    std::uint32_t edge;
    bool operator>(const Reach& o) const { return std::tie(key, edge) > std::tie(o.key, o.edge); }
  };
  using Heap = std::priority_queue<Reach, std::vector<Reach>, std::greater<>>;

  bool is_root(std::uint32_t v) const {
    return std::binary_search(roots_.begin(), roots_.end(), v);
  }
  std::int32_t slack(const RankEdge& e) const { return rank_[e.to] - rank_[e.from] - e.length; }
  // Net weight that leaves the subtree of `v` downwards, seen along the edge to its parent.
  std::int64_t cut(std::uint32_t v) const {
    return edges_[parent_edge_[v]].from == v ? sum_[v] : -sum_[v];
  }

  void hang(std::uint32_t v, std::uint32_t parent, std::uint32_t edge) {
    parent_[v] = parent;
    parent_edge_[v] = edge;
    previous_[v] = unranked;
    next_[v] = first_child_[parent];
    if (next_[v] != unranked) previous_[next_[v]] = v;
    first_child_[parent] = v;
  }
  void unhang(std::uint32_t v) {
    if (previous_[v] != unranked) {
      next_[previous_[v]] = next_[v];
    } else {
      first_child_[parent_[v]] = next_[v];
    }
    if (next_[v] != unranked) previous_[next_[v]] = previous_[v];
  }

  // A spanning tree of tight edges: the tree so far moves as a whole by the least slack of the
  // edges that leave it, until one more vertex can join.
  void grow_tree(std::uint32_t root) {
    roots_.push_back(root);
    Heap outward, inward;
    std::int64_t shift = 0;  // of the tree, down; ranks in it are kept without it
    std::vector<std::uint32_t> members;
    const auto join = [&](std::uint32_t v) {
      rank_[v] = static_cast<std::int32_t>(rank_[v] - shift);
      stamp_[v] = 1;
      members.push_back(v);
      order_.push_back(v);
      for (const std::uint32_t e : out_[v]) {
        if (stamp_[edges_[e].to] == 0) outward.push({slack(edges_[e]), e});
      }
      for (const std::uint32_t e : in_[v]) {
        if (stamp_[edges_[e].from] == 0) inward.push({slack(edges_[e]), e});
      }
    };
    join(root);
    for (;;) {
      while (!outward.empty() && stamp_[edges_[outward.top().edge].to] != 0) outward.pop();
      while (!inward.empty() && stamp_[edges_[inward.top().edge].from] != 0) inward.pop();
      if (outward.empty() && inward.empty()) break;
      const bool out = inward.empty() ||
                       (!outward.empty() && outward.top().key - shift <= inward.top().key + shift);
      const std::uint32_t e = out ? outward.top().edge : inward.top().edge;
      shift = out ? outward.top().key : -inward.top().key;
      const std::uint32_t v = out ? edges_[e].to : edges_[e].from;
      hang(v, out ? edges_[e].from : edges_[e].to, e);
      depth_[v] = depth_[parent_[v]] + 1;
      join(v);
    }
    for (const std::uint32_t v : members) rank_[v] = static_cast<std::int32_t>(rank_[v] + shift);
  }

  void sum_below() {
    for (const RankEdge& e : edges_) {
      sum_[e.from] += e.weight;
      sum_[e.to] -= e.weight;
    }
    for (auto v = order_.rbegin(); v != order_.rend(); ++v) {
      if (parent_[*v] != unranked) sum_[parent_[*v]] += sum_[*v];
    }
    std::fill(stamp_.begin(), stamp_.end(), 0);
  }

  // The child end of a tree edge whose lengthening shortens the whole; unranked: optimal.
  std::uint32_t leaving(std::uint32_t start, std::uint64_t& steps) const {
    std::uint32_t best = unranked;
    int found = 0;
    for (std::size_t i = 0; i < n_ && found < candidates; ++i) {
      const auto v = static_cast<std::uint32_t>((start + i) % n_);
      ++steps;
      if (parent_[v] == unranked || cut(v) >= 0) continue;
      if (best == unranked || cut(v) < cut(best)) best = v;
      ++found;
    }
    return best;
  }

  // Vertices of the subtree of `root`, stamped.
  void collect(std::uint32_t root) {
    ++stamp_now_;
    subtree_.assign(1, root);
    stamp_[root] = stamp_now_;
    for (std::size_t i = 0; i < subtree_.size(); ++i) {
      for (std::uint32_t c = first_child_[subtree_[i]]; c != unranked; c = next_[c]) {
        stamp_[c] = stamp_now_;
        subtree_.push_back(c);
      }
    }
  }

  void swap(std::uint32_t child, std::uint64_t& steps) {
    const bool child_is_tail = edges_[parent_edge_[child]].from == child;
    collect(child);
    std::uint32_t enter = unranked;
    for (const std::uint32_t v : subtree_) {
      const auto list = child_is_tail ? in_[v] : out_[v];
      steps += 1 + list.size();
      for (const std::uint32_t e : list) {
        const std::uint32_t other = child_is_tail ? edges_[e].from : edges_[e].to;
        if (stamp_[other] == stamp_now_) continue;
        if (enter == unranked || slack(edges_[e]) < slack(edges_[enter])) enter = e;
      }
    }
    const std::int32_t move = child_is_tail ? -slack(edges_[enter]) : slack(edges_[enter]);
    for (const std::uint32_t v : subtree_) rank_[v] += move;
    const std::uint32_t inside = child_is_tail ? edges_[enter].to : edges_[enter].from;
    const std::uint32_t outside = child_is_tail ? edges_[enter].from : edges_[enter].to;
    steps += move_sums(child, outside);
    rehang(child, inside, outside, enter);
  }

  // The subtree of `child` goes from below its parent to below `outside`.
  std::uint64_t move_sums(std::uint32_t child, std::uint32_t outside) {
    std::uint64_t steps = 0;
    std::uint32_t a = parent_[child], b = outside;
    while (a != b) {
      ++steps;
      if (depth_[a] >= depth_[b]) {
        sum_[a] -= sum_[child];
        a = parent_[a];
      } else {
        sum_[b] += sum_[child];
        b = parent_[b];
      }
    }
    return steps;
  }

  // Turns the path from `inside` up to `child` around and hangs it below `outside`.
  void rehang(std::uint32_t child, std::uint32_t inside, std::uint32_t outside,
              std::uint32_t enter) {
    const std::int64_t whole = sum_[child];
    std::uint32_t v = inside, parent = outside, edge = enter;
    std::int64_t below = 0;  // old sum of the vertex turned last
    for (;;) {
      const std::uint32_t old_parent = parent_[v], old_edge = parent_edge_[v];
      const std::int64_t old_sum = sum_[v];
      unhang(v);
      hang(v, parent, edge);
      sum_[v] = whole - below;
      if (v == child) break;
      below = old_sum;
      parent = v;
      edge = old_edge;
      v = old_parent;
    }
    depth_[inside] = depth_[outside] + 1;
    subtree_.assign(1, inside);
    for (std::size_t i = 0; i < subtree_.size(); ++i) {
      for (std::uint32_t c = first_child_[subtree_[i]]; c != unranked; c = next_[c]) {
        depth_[c] = depth_[subtree_[i]] + 1;
        subtree_.push_back(c);
      }
    }
  }

  std::span<const RankEdge> edges_;
  std::vector<std::int32_t>& rank_;
  std::size_t n_;
  Adjacency out_, in_;
  std::vector<std::uint32_t> parent_, parent_edge_, first_child_, next_, previous_;
  std::vector<std::int32_t> depth_;
  std::vector<std::int64_t> sum_;
  std::vector<std::uint32_t> stamp_, roots_, order_, subtree_;
  std::uint32_t stamp_now_ = 0;
};

// What has lines on one side only stands next to the nearest of them, even where the search was
// given up.
void pull_ends(const Adjacency& out, std::span<const RankEdge> edges,
               std::vector<std::int32_t>& ranks) {
  const Adjacency in(ranks.size(), edges, &RankEdge::to);
  for (std::uint32_t v = 0; v < ranks.size(); ++v) {
    if (in[v].empty() == out[v].empty()) continue;
    std::int32_t rank = in[v].empty() ? INT32_MAX : INT32_MIN;
    for (const std::uint32_t e : in[v]) {
      rank = std::max(rank, ranks[edges[e].from] + edges[e].length);
    }
    for (const std::uint32_t e : out[v]) {
      rank = std::min(rank, ranks[edges[e].to] - edges[e].length);
    }
    ranks[v] = rank;
  }
}

}  // namespace

std::vector<std::int32_t> find_ranks(std::span<const std::uint32_t> order,
                                     std::span<const RankEdge> edges) {
  std::vector<std::int32_t> ranks(order.size(), 0);
  const Adjacency out(order.size(), edges, &RankEdge::from);
  for (const std::uint32_t v : order) {
    for (const std::uint32_t e : out[v]) {
      ranks[edges[e].to] = std::max(ranks[edges[e].to], ranks[v] + edges[e].length);
    }
  }
  if (!edges.empty()) NetworkSimplex(edges, ranks).run();
  pull_ends(out, edges, ranks);
  const auto least = std::min_element(ranks.begin(), ranks.end());
  if (least != ranks.end()) {
    const std::int32_t base = *least;
    for (std::int32_t& rank : ranks) rank -= base;
  }
  return ranks;
}

}  // namespace trex::graph
