// A row of elements that tells each one's place, and takes and gives up elements anywhere.
//
// Sequence is a splay tree (Sleator and Tarjan 1985) with subtree sizes: every operation is O(log
// n), amortised. Elements that left stay in a plain list, where later ones are put in beside those
// still there: at the end the list is one total order that agrees with the row at every moment.
// ShortSequence does the same in an array, which is faster as long as rows are short.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace trex::graph {

// The list of all that was ever in; elements are 0 .. most - 1.
class SequenceHistory {
 public:
  explicit SequenceHistory(std::size_t most)
      : before_(most + 1, static_cast<std::uint32_t>(most)), after_(before_) {}

  std::uint32_t end() const { return static_cast<std::uint32_t>(before_.size() - 1); }
  std::uint32_t after(std::uint32_t x) const { return after_[x]; }
  void put_before(std::uint32_t next, std::uint32_t x) {
    const std::uint32_t previous = before_[next];
    before_[x] = previous;
    after_[x] = next;
    after_[previous] = x;
    before_[next] = x;
  }
  std::vector<std::uint32_t> elements() const {
    std::vector<std::uint32_t> result;
    for (std::uint32_t x = after_[end()]; x != end(); x = after_[x]) result.push_back(x);
    return result;
  }

 private:
  std::vector<std::uint32_t> before_, after_;  // at end(): the list's ends
};

class Sequence {
 public:
  explicit Sequence(std::size_t most) : node_(most), history_(most) {}

  std::uint32_t size() const { return root_ == none ? 0 : node_[root_].size; }

  std::uint32_t index_of(std::uint32_t x) {
    splay(x);
    return size_of(node_[x].left);
  }

  // Puts x in before the element that is at `index`; at the end for index = size().
  void insert(std::uint32_t index, std::uint32_t x) {
    node_[x] = {};
    if (root_ == none) {
      history_.put_before(history_.end(), x);
    } else if (index >= size()) {
      const std::uint32_t last = at(size() - 1);
      history_.put_before(history_.after(last), x);
      set_left(x, last);
    } else {
      const std::uint32_t right = at(index);
      history_.put_before(right, x);
      set_left(x, node_[right].left);
      node_[right].left = none;
      update(right);
      node_[x].right = right;
      node_[right].parent = x;
    }
    update(x);
    root_ = x;
  }

  void remove(std::uint32_t x) {
    splay(x);
    const std::uint32_t left = node_[x].left, right = node_[x].right;
    if (left != none) node_[left].parent = none;
    if (right != none) node_[right].parent = none;
    root_ = left;
    if (left == none) {
      root_ = right;
    } else if (right != none) {
      const std::uint32_t last = at(size() - 1);
      node_[last].right = right;
      node_[right].parent = last;
      update(last);
    }
  }

  // Each `fresh` one, from the left, before what is at its place in `indices` now.
  void insert(std::span<const std::uint32_t> indices, std::span<const std::uint32_t> fresh) {
    for (std::size_t i = fresh.size(); i-- > 0;) insert(indices[i], fresh[i]);
  }
  void remove(std::span<const std::uint32_t> elements) {
    for (const std::uint32_t x : elements) remove(x);
  }

  // Every element that was ever in, in order.
  std::vector<std::uint32_t> history() const { return history_.elements(); }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Node {
    std::uint32_t left = none, right = none, parent = none, size = 1;
  };

  std::uint32_t size_of(std::uint32_t x) const { return x == none ? 0 : node_[x].size; }
  void update(std::uint32_t x) {
    node_[x].size = 1 + size_of(node_[x].left) + size_of(node_[x].right);
  }
  void set_left(std::uint32_t x, std::uint32_t left) {
    node_[x].left = left;
    if (left != none) node_[left].parent = x;
  }
  std::uint32_t at(std::uint32_t index) {
    std::uint32_t x = root_;
    for (;;) {
      const std::uint32_t left = size_of(node_[x].left);
      if (index == left) break;
      if (index < left) {
        x = node_[x].left;
      } else {
        index -= left + 1;
        x = node_[x].right;
      }
    }
    splay(x);
    return x;
  }

  void rotate(std::uint32_t x) {
    const std::uint32_t p = node_[x].parent, g = node_[p].parent;
    if (node_[p].left == x) {
      node_[p].left = node_[x].right;
      if (node_[x].right != none) node_[node_[x].right].parent = p;
      node_[x].right = p;
    } else {
      node_[p].right = node_[x].left;
      if (node_[x].left != none) node_[node_[x].left].parent = p;
      node_[x].left = p;
    }
    node_[p].parent = x;
    node_[x].parent = g;
    if (g != none) (node_[g].left == p ? node_[g].left : node_[g].right) = x;
    update(p);
    update(x);
  }

  void splay(std::uint32_t x) {
    while (node_[x].parent != none) {
      const std::uint32_t p = node_[x].parent, g = node_[p].parent;
      if (g != none) rotate((node_[g].left == p) == (node_[p].left == x) ? p : x);
      rotate(x);
    }
    root_ = x;
  }

  std::vector<Node> node_;
  SequenceHistory history_;
  std::uint32_t root_ = none;
};

// Inserting and removing costs as much as the row is long, once for all of them together.
class ShortSequence {
 public:
  explicit ShortSequence(std::size_t most) : place_(most, none), history_(most) {}

  std::uint32_t index_of(std::uint32_t x) const { return place_[x]; }

  void insert(std::span<const std::uint32_t> indices, std::span<const std::uint32_t> fresh) {
    const std::size_t old = row_.size();
    const std::uint32_t beyond = old == 0 ? history_.end() : history_.after(row_.back());
    row_.resize(old + fresh.size());
    std::size_t from = old, to = row_.size();
    std::uint32_t next = beyond;
    const auto put = [&](std::uint32_t x) {
      place_[x] = static_cast<std::uint32_t>(--to);
      row_[to] = next = x;
    };
    for (std::size_t i = fresh.size(); i-- > 0;) {
      while (from > indices[i]) put(row_[--from]);
      history_.put_before(next, fresh[i]);
      put(fresh[i]);
    }
  }
  void remove(std::span<const std::uint32_t> elements) {
    if (elements.empty()) return;
    for (const std::uint32_t x : elements) place_[x] = none;
    std::uint32_t to = 0;
    for (const std::uint32_t x : row_) {
      if (place_[x] == none) continue;
      place_[x] = to;
      row_[to++] = x;
    }
    row_.resize(to);
  }

  std::vector<std::uint32_t> history() const { return history_.elements(); }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  std::vector<std::uint32_t> row_, place_;  // place_: by element
  SequenceHistory history_;
};

}  // namespace trex::graph
