// Cuts edges at the borders of groups and turns round those that close a cycle.

// SPDX-License-Identifier: Apache-2.0

#include "trex/graph/layout/hierarchy.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>

#include "trex/base/error.hpp"

namespace trex::graph {
namespace {

constexpr std::uint32_t none = UINT32_MAX;
// Groups in groups: each edge has a piece in every one it leaves, so this bounds the work.
constexpr std::uint32_t most_depth = 64;

class Builder {
 public:
  Builder(Hierarchy& h, const LayoutGraph& graph, const LayoutOptions& options)
      : h_(h), graph_(graph), options_(options) {}

  void run() {
    check();
    find_depths();
    find_keys();
    fill_items();
    find_joints();
    turn_back_edges();
    number_ports();
    find_terminals();
    for (std::uint32_t e = 0; e < graph_.edges.size(); ++e) cut(e);
    share_pieces();
  }

 private:
  struct Joint {  // the level that holds both ends, and what holds them there
    std::uint32_t level;
    Item source, target;
  };

  void check() const {
    const auto groups = static_cast<std::int64_t>(graph_.groups.size());
    for (const LayoutEdge& e : graph_.edges) {
      if (std::max(e.source, e.target) >= graph_.nodes.size()) {
        throw Error("layout: edge: its source or target is not a node");
      }
    }
    for (const LayoutNode& n : graph_.nodes) {
      if (n.group < -1 || n.group >= groups) throw Error("layout: node: its group does not exist");
    }
    for (const LayoutGroup& g : graph_.groups) {
      if (g.parent < -1 || g.parent >= groups) {
        throw Error("layout: group: its parent does not exist");
      }
    }
    if (graph_.nodes.size() + graph_.groups.size() > none / 4 || graph_.edges.size() > none / 4) {
      throw Error("layout: graph: too many nodes or edges");
    }
  }

  std::uint32_t level_of(std::int32_t group) const {
    return group < 0 ? h_.root() : static_cast<std::uint32_t>(group);
  }

  void find_depths() {
    for (const LayoutGroup& g : graph_.groups) h_.parent.push_back(level_of(g.parent));
    depth_.assign(h_.group_count + 1, none);
    depth_[h_.root()] = 0;
    std::vector<std::uint32_t> path;
    for (std::uint32_t g = 0; g < h_.group_count; ++g) {
      path.clear();
      for (std::uint32_t at = g; depth_[at] == none; at = h_.parent[at]) {
        path.push_back(at);
        if (path.size() > most_depth) {
          throw Error("layout: group: its parents form a cycle, or it is more than 64 deep");
        }
      }
      for (auto at = path.rbegin(); at != path.rend(); ++at) {
        depth_[*at] = depth_[h_.parent[*at]] + 1;
        if (depth_[*at] > most_depth) throw Error("layout: group: it is more than 64 deep");
      }
    }
    h_.inside_out.resize(h_.group_count + 1);
    std::iota(h_.inside_out.begin(), h_.inside_out.end(), 0);
    std::stable_sort(h_.inside_out.begin(), h_.inside_out.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return depth_[a] > depth_[b]; });
  }

  // A group stands where the first node in it stands; one without nodes after all.
  void find_keys() {
    h_.key.assign(h_.node_count + h_.group_count, none);
    for (std::uint32_t n = 0; n < h_.node_count; ++n) {
      h_.key[n] = n;
      const std::uint32_t g = level_of(graph_.nodes[n].group);
      if (g != h_.root()) h_.key[h_.group_item(g)] = std::min(h_.key[h_.group_item(g)], n);
    }
    for (const std::uint32_t g : h_.inside_out) {
      if (g == h_.root() || h_.parent[g] == h_.root()) continue;
      std::uint32_t& around = h_.key[h_.group_item(h_.parent[g])];
      around = std::min(around, h_.key[h_.group_item(g)]);
    }
  }

  void fill_items() {
    h_.items.resize(h_.group_count + 1);
    for (std::uint32_t n = 0; n < h_.node_count; ++n) {
      h_.items[level_of(graph_.nodes[n].group)].push_back(n);
    }
    for (std::uint32_t g = 0; g < h_.group_count; ++g) {
      h_.items[h_.parent[g]].push_back(h_.group_item(g));
    }
    for (auto& items : h_.items) {
      std::stable_sort(items.begin(), items.end(),
                       [&](Item a, Item b) { return h_.key[a] < h_.key[b]; });
    }
  }

  void find_joints() {
    for (const LayoutEdge& e : graph_.edges) {
      Joint joint{0, e.source, e.target};
      std::uint32_t a = level_of(graph_.nodes[e.source].group);
      std::uint32_t b = level_of(graph_.nodes[e.target].group);
      while (a != b) {
        if (depth_[a] >= depth_[b]) {
          joint.source = h_.group_item(a);
          a = h_.parent[a];
        } else {
          joint.target = h_.group_item(b);
          b = h_.parent[b];
        }
      }
      joint.level = a;
      joints_.push_back(joint);
    }
    h_.back.assign(graph_.edges.size(), false);
    for (std::uint32_t e = 0; e < joints_.size(); ++e) {
      const LayoutEdge& edge = graph_.edges[e];
      const bool nodes = h_.is_node(joints_[e].source) && h_.is_node(joints_[e].target);
      h_.back[e] = nodes && edge.source >= edge.target;
    }
  }

  // Between groups execution order is no longer one: a level's items are put in an order that
  // follows its edges, and where these form a cycle, the item that stands first goes first.
  void turn_back_edges() {
    std::vector<std::uint32_t> waiting(h_.key.size(), 0), place(h_.key.size(), none);
    std::vector<std::pair<Item, Item>> links;
    for (std::uint32_t e = 0; e < joints_.size(); ++e) {
      if (h_.back[e]) continue;
      links.emplace_back(joints_[e].source, joints_[e].target);
      ++waiting[joints_[e].target];
    }
    std::sort(links.begin(), links.end());
    const auto less = [&](Item a, Item b) {
      return std::tie(h_.key[a], a) > std::tie(h_.key[b], b);
    };
    std::uint32_t next = 0;
    for (const auto& items : h_.items) {
      std::priority_queue<Item, std::vector<Item>, decltype(less)> ready(less);
      for (const Item item : items) {
        if (waiting[item] == 0) ready.push(item);
      }
      std::size_t first_left = 0;
      for (std::size_t done = 0; done < items.size(); ++done) {
        while (place[items[first_left]] != none) ++first_left;
        while (!ready.empty() && place[ready.top()] != none) ready.pop();
        const Item item = ready.empty() ? items[first_left] : ready.top();
        place[item] = next++;
        auto link = std::lower_bound(links.begin(), links.end(), std::pair<Item, Item>(item, 0));
        for (; link != links.end() && link->first == item; ++link) {
          if (--waiting[link->second] == 0) ready.push(link->second);
        }
      }
    }
    for (std::uint32_t e = 0; e < joints_.size(); ++e) {
      h_.back[e] = place[joints_[e].source] >= place[joints_[e].target];
    }
  }

  // The ports in use on each side of each node, numbered from the left: outputs below and inputs
  // above in their order, then those of back edges, which are on the other side.
  void number_ports() {
    struct End {
      std::uint32_t node;
      bool below, back;
      std::uint32_t port, tensor, edge;
      auto order() const { return std::tie(node, below, back, port, tensor); }
    };
    std::vector<End> ends;
    for (std::uint32_t e = 0; e < graph_.edges.size(); ++e) {
      const LayoutEdge& edge = graph_.edges[e];
      if (edge.source == edge.target) continue;
      const bool back = h_.back[e];
      ends.push_back({edge.source, !back, back, edge.source_port, edge.tensor, 2 * e});
      ends.push_back({edge.target, back, back, edge.target_port, edge.tensor, 2 * e + 1});
    }
    std::stable_sort(ends.begin(), ends.end(),
                     [](const End& a, const End& b) { return a.order() < b.order(); });
    port_.assign(2 * graph_.edges.size(), 0);
    for (std::size_t i = 1; i < ends.size(); ++i) {
      const End &before = ends[i - 1], &end = ends[i];
      if (before.node != end.node || before.below != end.below) continue;
      port_[end.edge] = port_[before.edge] + (before.order() != end.order() ? 1 : 0);
    }
  }

  template <typename Visit>
  void for_each_border(std::uint32_t e, bool source, Visit visit) const {
    const LayoutEdge& edge = graph_.edges[e];
    std::uint32_t g = level_of(graph_.nodes[source ? edge.source : edge.target].group);
    for (; g != joints_[e].level; g = h_.parent[g]) visit(g);
  }

  // Where edges cross the border of a group: one terminal per tensor, direction and side.
  void find_terminals() {
    h_.stub = find_stubs(graph_, options_);
    for (std::uint32_t e = 0; e < graph_.edges.size(); ++e) {
      if (h_.stub[e]) continue;
      for (const bool source : {true, false}) {
        for_each_border(e, source,
                        [&](std::uint32_t g) { borders_.push_back(border(e, g, source)); });
      }
    }
    std::sort(borders_.begin(), borders_.end());
    borders_.erase(std::unique(borders_.begin(), borders_.end()), borders_.end());
    for (const Border& b : borders_) {
      // In from above or out to above.
      h_.terminals.push_back({b.group, b.out == b.back});
    }
  }

  struct Border {
    std::uint32_t group, tensor;
    bool out, back;
    auto order() const { return std::tie(group, tensor, out, back); }
    bool operator<(const Border& o) const { return order() < o.order(); }
    bool operator==(const Border& o) const { return order() == o.order(); }
  };
  Border border(std::uint32_t e, std::uint32_t g, bool out) const {
    return {g, graph_.edges[e].tensor, out, h_.back[e]};
  }
  std::uint32_t terminal(std::uint32_t e, std::uint32_t g, bool out) const {
    const auto at = std::lower_bound(borders_.begin(), borders_.end(), border(e, g, out));
    return static_cast<std::uint32_t>(at - borders_.begin());
  }

  void cut(std::uint32_t e) {
    EdgePath path;
    path.first = path.joint = path.last = static_cast<std::uint32_t>(raw_.size());
    const LayoutEdge& edge = graph_.edges[e];
    if (edge.source == edge.target) {
      h_.stub[e] = false;
    } else if (h_.stub[e]) {
      add_tags(e, true);
      path.joint = static_cast<std::uint32_t>(raw_.size());
      add_tags(e, false);
    } else {
      PieceEnd from{edge.source, port_[2 * e]};
      for_each_border(e, true, [&](std::uint32_t g) {
        const std::uint32_t t = terminal(e, g, true);
        add(e, g, from, {h_.first_terminal() + t, 0}, false);
        from = {h_.group_item(g), t};
      });
      path.joint = static_cast<std::uint32_t>(raw_.size());
      raw_.emplace_back();
      PieceEnd to{edge.target, port_[2 * e + 1]};
      for_each_border(e, false, [&](std::uint32_t g) {
        const std::uint32_t t = terminal(e, g, false);
        add(e, g, {h_.first_terminal() + t, 0}, to, false);
        to = {h_.group_item(g), t};
      });
      std::reverse(raw_.begin() + static_cast<std::ptrdiff_t>(path.joint) + 1, raw_.end());
      raw_[path.joint] = piece(e, joints_[e].level, from, to, true);
    }
    path.last = static_cast<std::uint32_t>(raw_.size());
    h_.paths.push_back(path);
  }

  EdgePiece piece(std::uint32_t e, std::uint32_t level, PieceEnd from, PieceEnd to, bool joint) {
    if (h_.back[e]) std::swap(from, to);  // drawn from above
    EdgePiece result;
    result.from = from;
    result.to = to;
    result.level = level;
    result.tensor = graph_.edges[e].tensor;
    result.edge = e;
    result.joint = joint;
    return result;
  }
  void add(std::uint32_t e, std::uint32_t level, PieceEnd from, PieceEnd to, bool joint) {
    raw_.push_back(piece(e, level, from, to, joint));
  }

  // Tags at the node and, for when they are closed, at every group around it. The tag's item is
  // filled in when the pieces are shared: one tag for each tensor and box.
  void add_tags(std::uint32_t e, bool source) {
    const LayoutEdge& edge = graph_.edges[e];
    PieceEnd end{source ? edge.source : edge.target, port_[2 * e + (source ? 0 : 1)]};
    std::uint32_t g = level_of(graph_.nodes[end.item].group);
    for (;; g = h_.parent[g]) {
      const PieceEnd tag{none, 0};
      add(e, g, source ? end : tag, source ? tag : end, false);
      raw_.back().tag = true;
      if (g == joints_[e].level) break;
      end = {h_.group_item(g), none - 1 - edge.tensor % (none / 2)};
    }
  }

  // Edges of one tensor share the pieces that are the same for both.
  void share_pieces() {
    const auto order = [&](std::uint32_t i) {
      const EdgePiece& p = raw_[i];
      return std::tie(p.level, p.tag, p.joint, p.from.item, p.from.port, p.to.item, p.to.port,
                      p.tensor);
    };
    std::vector<std::uint32_t> sorted(raw_.size());
    std::iota(sorted.begin(), sorted.end(), 0);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return order(a) < order(b); });
    h_.edge_pieces.resize(raw_.size());
    h_.pieces.resize(h_.group_count + 1);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const EdgePiece& p = raw_[sorted[i]];
      if (i == 0 || order(sorted[i - 1]) != order(sorted[i])) {
        h_.pieces[p.level].push_back(static_cast<std::uint32_t>(h_.all_pieces.size()));
        h_.all_pieces.push_back(p);
        if (p.tag) make_tag(h_.all_pieces.back());
      }
      h_.edge_pieces[sorted[i]] = static_cast<std::uint32_t>(h_.all_pieces.size() - 1);
    }
  }

  void make_tag(EdgePiece& p) {
    PieceEnd& end = p.from.item == none ? p.from : p.to;
    end.item = h_.first_terminal() + static_cast<Item>(h_.terminals.size() + h_.tags.size());
    h_.tags.push_back({p.level, p.edge});
  }

  Hierarchy& h_;
  const LayoutGraph& graph_;
  const LayoutOptions& options_;
  std::vector<std::uint32_t> depth_;  // by level
  std::vector<Joint> joints_;         // by edge
  std::vector<std::uint32_t> port_;   // by edge: source's, target's
  std::vector<Border> borders_;       // sorted; index = terminal
  std::vector<EdgePiece> raw_;
};

}  // namespace

Hierarchy::Hierarchy(const LayoutGraph& graph, const LayoutOptions& options)
    : node_count(static_cast<std::uint32_t>(graph.nodes.size())),
      group_count(static_cast<std::uint32_t>(graph.groups.size())) {
  Builder(*this, graph, options).run();
}

}  // namespace trex::graph
