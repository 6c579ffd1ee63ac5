// Sifting: one element at a time goes to the place where its lines cross fewest others.
//
// Bachmaier, Brandenburg, Brunner, Huebner (Global k-Level Crossing Reduction, JGAA 15, 2011) sift
// whole segments, not single dummies; so here. What an element's lines cross is a step function of
// its place, which changes only at the ends of the links in the gaps it touches: sorted, one pass
// finds the best place, exactly. Only elements at gaps with crossings are tried; a near planar
// graph costs next to nothing. The work is limited to a multiple of the graph's size.

// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <numeric>

#include "trex/graph/layout/order.hpp"

namespace trex::graph {
namespace {

constexpr std::uint64_t steps_per_element = 60;
constexpr int rounds = 12;
constexpr std::uint64_t spacing = std::uint64_t{1} << 32;    // between labels, at first
constexpr std::uint64_t port_room = std::uint64_t{1} << 20;  // ports stand within it

class Sifter {
 public:
  Sifter(const Layered& graph, Ordered& ordered)
      : graph_(graph),
        ordered_(ordered),
        above_(graph.size(), graph.links, &Link::lower),
        below_(graph.size(), graph.links, &Link::upper),
        label_(graph.size()),
        sifted_(graph.size(), 0),
        most_steps_(steps_per_element * (graph.size() + graph.links.size() + 100)) {}

  void run() {
    if (!list_passing()) return;
    for (std::uint32_t e = 0; e < label_.size(); ++e) {
      label_[e] = (ordered_.places[e] + std::uint64_t{1}) * spacing;
    }
    find_crossed();
    for (int round = 0; round < rounds && ordered_.crossings > 0; ++round) {
      const std::uint64_t before = ordered_.crossings;
      for (std::uint32_t i = 0; i < graph_.size() && steps_ < most_steps_; ++i) {
        const auto e = static_cast<std::uint32_t>(round % 2 == 0 ? i : graph_.size() - 1 - i);
        if (round == 0 ? crossed(e) : has_changed(e)) sift(e);
      }
      renumber();
      if (ordered_.crossings == before || steps_ >= most_steps_) break;
    }
    for (std::uint32_t e = 0; e < label_.size(); ++e) {
      ordered_.places[e] = static_cast<std::uint32_t>(label_[e] / spacing - 1);
    }
  }

 private:
  struct Event {
    std::uint64_t label;
    std::int64_t change;  // of the number of crossings, when passing the label to the right
  };

  // The segments that pass each gap; false: too many to look at one by one.
  bool list_passing() {
    const std::size_t gaps = graph_.first_link.size() - 1;
    std::uint64_t total = 0;
    for (std::size_t s = graph_.vertex_count; s < graph_.size(); ++s) {
      total += static_cast<std::uint64_t>(graph_.bottom[s] - graph_.top[s]);
    }
    if (total > 20 * (graph_.size() + graph_.links.size()) + 100'000) return false;
    passing_.resize(gaps);
    changed_.assign(gaps, 0);
    for (auto s = static_cast<std::uint32_t>(graph_.vertex_count); s < graph_.size(); ++s) {
      for (std::int32_t g = graph_.top[s]; g < graph_.bottom[s]; ++g) {
        passing_[static_cast<std::size_t>(g)].push_back(s);
      }
    }
    return true;
  }

  std::uint64_t key(std::uint32_t element, std::uint32_t port) const {
    return label_[element] + std::min<std::uint64_t>(port, port_room - 1);
  }

  // Which gaps have crossings, as sums from the left.
  void find_crossed() {
    const std::size_t gaps = passing_.size();
    crossed_before_.assign(gaps + 1, 0);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ends;
    for (std::size_t g = 0; g < gaps; ++g) {
      ends.clear();
      for (std::uint32_t i = graph_.first_link[g]; i < graph_.first_link[g + 1]; ++i) {
        const Link& link = graph_.links[i];
        ends.emplace_back(key(link.upper, link.upper_port), key(link.lower, link.lower_port));
      }
      for (const std::uint32_t s : passing_[g]) ends.emplace_back(label_[s], label_[s]);
      steps_ += ends.size();
      std::sort(ends.begin(), ends.end());
      const bool sorted =
          std::is_sorted(ends.begin(), ends.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
      crossed_before_[g + 1] = crossed_before_[g] + (sorted ? 0 : 1);
    }
  }
  bool crossed(std::uint32_t e) const {
    const std::int32_t gaps = static_cast<std::int32_t>(passing_.size());
    const auto first = static_cast<std::size_t>(std::clamp(graph_.top[e] - 1, 0, gaps));
    const auto last = static_cast<std::size_t>(std::clamp(graph_.bottom[e] + 1, 0, gaps));
    return crossed_before_[last] > crossed_before_[first];
  }

  // Since e was sifted last, or since the beginning: else it stays where it is.
  bool has_changed(std::uint32_t e) const {
    const std::int32_t gaps = static_cast<std::int32_t>(passing_.size());
    const auto first = changed_.begin() + std::clamp(graph_.top[e] - 1, 0, gaps);
    const auto last = changed_.begin() + std::clamp(graph_.bottom[e] + 1, 0, gaps);
    return std::any_of(first, last, [&](std::uint32_t at) { return at > sifted_[e]; });
  }
  void note_change(std::uint32_t e) {
    const std::int32_t gaps = static_cast<std::int32_t>(passing_.size());
    std::fill(changed_.begin() + std::clamp(graph_.top[e] - 1, 0, gaps),
              changed_.begin() + std::clamp(graph_.bottom[e] + 1, 0, gaps), now_);
  }

  // What e's links in one gap cross, by e's place: `own` are the keys of their far ends.
  void add_gap(std::uint32_t e, std::int32_t gap, bool above) {
    const auto own_links = above ? above_[e] : below_[e];
    if (own_links.empty()) return;
    own_.clear();
    for (const std::uint32_t i : own_links) {
      const Link& link = graph_.links[i];
      own_.push_back(above ? key(link.upper, link.upper_port) : key(link.lower, link.lower_port));
    }
    const bool few = own_.size() <= 16;
    if (!few) std::sort(own_.begin(), own_.end());
    const auto cross = [&](std::uint64_t far, std::uint64_t near_label) {
      std::int64_t left = 0, right = 0;  // own ends on either side of the far one
      if (few) {                         // without branches
        for (const std::uint64_t own : own_) {
          left += own < far;
          right += own > far;
        }
      } else {
        left = std::lower_bound(own_.begin(), own_.end(), far) - own_.begin();
        right = own_.end() - std::upper_bound(own_.begin(), own_.end(), far);
      }
      start_ += right;
      events_.push_back({near_label, left - right});
    };
    const auto g = static_cast<std::size_t>(gap);
    for (std::uint32_t i = graph_.first_link[g]; i < graph_.first_link[g + 1]; ++i) {
      const Link& link = graph_.links[i];
      if ((above ? link.lower : link.upper) == e) continue;
      if (above) {
        cross(key(link.upper, link.upper_port), label_[link.lower]);
      } else {
        cross(key(link.lower, link.lower_port), label_[link.upper]);
      }
    }
    for (const std::uint32_t s : passing_[g]) cross(label_[s], label_[s]);
  }

  void collect_events(std::uint32_t e) {
    events_.clear();
    start_ = 0;
    if (graph_.top[e] > 0) add_gap(e, graph_.top[e] - 1, true);
    for (std::int32_t gap = graph_.top[e]; gap < graph_.bottom[e]; ++gap) {
      const auto g = static_cast<std::size_t>(gap);
      for (std::uint32_t i = graph_.first_link[g]; i < graph_.first_link[g + 1]; ++i) {
        const std::uint64_t a = label_[graph_.links[i].upper], b = label_[graph_.links[i].lower];
        events_.push_back({std::min(a, b), 1});
        events_.push_back({std::max(a, b), -1});
      }
    }
    if (graph_.bottom[e] + 1 < graph_.rank_count) add_gap(e, graph_.bottom[e], false);
  }

  void sift(std::uint32_t e) {
    sifted_[e] = ++now_;
    collect_events(e);
    steps_ += events_.size() + 1;
    if (events_.empty()) return;
    std::int64_t current = start_;
    for (const Event& event : events_) current += event.label < label_[e] ? event.change : 0;
    if (current == 0) return;
    std::sort(events_.begin(), events_.end(),
              [](const Event& a, const Event& b) { return a.label < b.label; });
    std::int64_t here = start_, best = start_;
    std::size_t best_at = 0;
    const auto distance = [&](std::size_t i) {  // from e to the slot before event i
      const std::uint64_t label = i < events_.size() ? events_[i].label : events_.back().label;
      return label > label_[e] ? label - label_[e] : label_[e] - label;
    };
    for (std::size_t i = 0; i < events_.size();) {
      const std::uint64_t label = events_[i].label;
      for (; i < events_.size() && events_[i].label == label; ++i) here += events_[i].change;
      if (here < best || (here == best && distance(i) < distance(best_at))) {
        best = here;
        best_at = i;
      }
    }
    if (best >= current) return;
    ordered_.crossings -= static_cast<std::uint64_t>(current - best);
    note_change(e);
    move(e, best_at);
  }

  // Into the slot before event `at`.
  void move(std::uint32_t e, std::size_t at) {
    const std::uint64_t low = at == 0 ? 0 : events_[at - 1].label;
    const std::uint64_t high =
        at == events_.size() ? events_.back().label + 2 * spacing : events_[at].label;
    label_[e] = low + (high - low) / 2;
    if (high - low < 4 * port_room) renumber();
  }

  void renumber() {
    by_label_.resize(label_.size());
    std::iota(by_label_.begin(), by_label_.end(), 0);
    std::sort(by_label_.begin(), by_label_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return label_[a] != label_[b] ? label_[a] < label_[b] : a < b;
    });
    std::uint64_t label = 0;
    for (const std::uint32_t e : by_label_) label_[e] = label += spacing;
    steps_ += label_.size();
  }

  const Layered& graph_;
  Ordered& ordered_;
  Adjacency above_, below_;
  std::vector<std::uint64_t> label_, own_;
  std::vector<std::vector<std::uint32_t>> passing_;
  // Counted in elements sifted: when each one was, and when an element at each gap moved.
  std::vector<std::uint32_t> sifted_, changed_;
  std::uint32_t now_ = 0;
  std::vector<std::uint32_t> crossed_before_, by_label_;
  std::vector<Event> events_;
  std::int64_t start_ = 0;  // crossings at the far left
  std::uint64_t steps_ = 0, most_steps_;
};

}  // namespace

void sift(const Layered& graph, Ordered& ordered) {
  if (ordered.crossings > 0) Sifter(graph, ordered).run();
}

}  // namespace trex::graph
