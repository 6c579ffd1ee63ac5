// Patterns of layer types: read, then followed along the edges.
//
// First, backwards, which layers may stand at which step at all; then chains are walked forwards
// through those only, so that no walk ends in vain: the cost is steps x edges, and the chains.

// SPDX-License-Identifier: Apache-2.0
#include "trex/graph/op_pattern.hpp"

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/graph/plan_links.hpp"

namespace trex::graph {
namespace {

constexpr std::size_t most_steps = 64;

// '*' and '?', in time |glob| x |text| at worst.
bool fits(std::string_view glob, std::string_view text) {
  std::size_t g = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

bool fits(const OpPattern::Step& step, const std::string& type, const std::string& subtype) {
  const bool any = std::any_of(step.globs.begin(), step.globs.end(), [&](const std::string& glob) {
    return fits(glob, type) || fits(glob, subtype);
  });
  return any != step.negated;
}

// Layers that each layer feeds, through tensors' nodes too.
class Feeds {
 public:
  explicit Feeds(const PlanGraph& graph) : graph_(graph), links_(graph, Walk::forward) {}

  std::vector<std::uint32_t> of(std::uint32_t layer) const {
    std::vector<std::uint32_t> result;
    for (const std::uint32_t next : links_.of(layer)) add(next, result);
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  // Whether it feeds one of `layers`, or one of the tensors' nodes `fed` that do.
  bool any(std::uint32_t layer, const std::vector<std::uint8_t>& fed,
           const std::vector<std::uint8_t>& layers) const {
    const std::span<const std::uint32_t> next = links_.of(layer);
    return std::any_of(next.begin(), next.end(), [&](std::uint32_t n) {
      return graph_.nodes[n].kind == NodeKind::layer ? layers[n] != 0 : fed[n] != 0;
    });
  }

 private:
  void add(std::uint32_t node, std::vector<std::uint32_t>& result) const {
    if (graph_.nodes[node].kind == NodeKind::layer) return result.push_back(node);
    for (const std::uint32_t next : links_.of(node)) {  // what was written is read; not its reuse
      if (graph_.nodes[next].kind == NodeKind::layer) result.push_back(next);
    }
  }

  const PlanGraph& graph_;
  PlanLinks links_;
};

class Finder {
 public:
  Finder(const Engine& engine, const PlanGraph& graph, const OpPattern& pattern, std::size_t most)
      : graph_(graph), pattern_(pattern), most_(most), feeds_(graph) {
    const auto type = engine.layers[layer::type];
    const auto subtype = engine.layers[layer::subtype];
    for (const PlanNode& node : graph.nodes) {
      const bool is_layer = node.kind == NodeKind::layer;
      types_.push_back(is_layer ? lower(type[node.layer]) : "");
      subtypes_.push_back(is_layer ? lower(subtype[node.layer]) : "");
    }
  }

  OpMatches find() {
    mark();
    const auto count = static_cast<std::uint32_t>(graph_.nodes.size());
    for (std::uint32_t n = 0; n < count && !result_.more; ++n) {
      if (possible_[0][n] != 0) walk(n);
    }
    return std::move(result_);
  }

 private:
  void mark() {
    possible_.assign(pattern_.steps.size(), std::vector<std::uint8_t>(graph_.nodes.size(), 0));
    for (std::size_t s = pattern_.steps.size(); s-- > 0;) {
      const std::vector<std::uint8_t> fed =
          s + 1 == pattern_.steps.size() ? std::vector<std::uint8_t>() : tensors_that_feed(s + 1);
      for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
        if (graph_.nodes[n].kind != NodeKind::layer) continue;
        if (!fits(pattern_.steps[s], types_[n], subtypes_[n])) continue;
        possible_[s][n] = fed.empty() || feeds_.any(n, fed, possible_[s + 1]);
      }
    }
  }

  // By node: 1 for tensors' nodes that a layer possible at `step` reads. Once a step, so that a
  // tensor with many writers and readers costs their sum.
  std::vector<std::uint8_t> tensors_that_feed(std::size_t step) const {
    std::vector<std::uint8_t> result(graph_.nodes.size(), 0);
    for (const PlanEdge& edge : graph_.edges) {
      const bool is_tensor = graph_.nodes[edge.source].kind != NodeKind::layer;
      if (is_tensor && possible_[step][edge.target] != 0) result[edge.source] = 1;
    }
    return result;
  }

  // Every chain from `first`, by an explicit stack: what is left to try at each step.
  void walk(std::uint32_t first) {
    std::vector<std::vector<std::uint32_t>> left{{first}};
    std::vector<Row> chain;
    while (!left.empty()) {
      if (left.back().empty()) {
        left.pop_back();
        if (!chain.empty()) chain.pop_back();
        continue;
      }
      const std::uint32_t node = left.back().back();
      left.back().pop_back();
      chain.push_back(graph_.nodes[node].layer);
      const std::size_t step = chain.size();
      if (step < pattern_.steps.size()) {
        left.push_back(choices(node, step));
        continue;
      }
      if (result_.chains.size() == most_) {
        result_.more = true;
        return;
      }
      result_.chains.push_back(chain);
      chain.pop_back();
    }
  }

  // In reverse: the stack gives them back in order.
  std::vector<std::uint32_t> choices(std::uint32_t node, std::size_t step) const {
    std::vector<std::uint32_t> next = feeds_.of(node);
    next.erase(std::remove_if(next.begin(), next.end(),
                              [&](std::uint32_t n) { return possible_[step][n] == 0; }),
               next.end());
    std::reverse(next.begin(), next.end());
    return next;
  }

  const PlanGraph& graph_;
  const OpPattern& pattern_;
  std::size_t most_;
  Feeds feeds_;
  std::vector<std::string> types_, subtypes_;        // by node, lower case
  std::vector<std::vector<std::uint8_t>> possible_;  // by step, node
  OpMatches result_;
};

OpPattern::Step parse_step(std::string_view text, std::string_view whole) {
  OpPattern::Step step;
  text = trim(text);
  if (starts_with(text, "!")) {
    step.negated = true;
    text = trim(text.substr(1));
  }
  for (const std::string_view glob : split(text, '|')) {
    if (trim(glob).empty()) {
      fail("'{}': a step is empty; write types joined by ->, as in 'Convolution -> Reformat'",
           whole);
    }
    step.globs.push_back(lower(trim(glob)));
  }
  return step;
}

}  // namespace

OpPattern parse_op_pattern(std::string_view text) {
  OpPattern pattern;
  for (const std::string_view step : split(text, std::string_view("->"))) {
    pattern.steps.push_back(parse_step(step, text));
  }
  if (pattern.steps.size() > most_steps) {
    fail("a pattern has at most {} steps, not {}", most_steps, pattern.steps.size());
  }
  return pattern;
}

OpMatches find_ops(const Engine& engine, const PlanGraph& graph, const OpPattern& pattern,
                   std::size_t most) {
  return Finder(engine, graph, pattern, most).find();
}

}  // namespace trex::graph
