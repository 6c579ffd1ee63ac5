// Which elements stand side by side in some rank, without going through every rank's row.
//
// From one rank to the next only elements that begin or end change who stands beside whom.

// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <bit>

#include "trex/graph/layout/place.hpp"

namespace trex::graph {
namespace {

constexpr std::uint32_t nowhere = UINT32_MAX;

// A set of numbers with the next smaller and larger one in O(log_64 n).
class NumberSet {
 public:
  explicit NumberSet(std::size_t size) {
    do {
      size = size / 64 + 1;
      levels_.emplace_back(size, 0);
    } while (size > 1);
  }

  void insert(std::uint32_t x) {
    for (auto& level : levels_) {
      level[x / 64] |= std::uint64_t{1} << x % 64;
      x /= 64;
    }
  }
  void erase(std::uint32_t x) {
    for (auto& level : levels_) {
      level[x / 64] &= ~(std::uint64_t{1} << x % 64);
      if (level[x / 64] != 0) return;
      x /= 64;
    }
  }
  std::uint32_t after(std::uint32_t x) const {
    for (std::size_t l = 0; l < levels_.size(); ++l) {
      const std::uint64_t word =
          x % 64 == 63 ? 0 : levels_[l][x / 64] & (~std::uint64_t{0} << (x % 64 + 1));
      if (word != 0) return descend(l, x / 64, word, true);
      x /= 64;
    }
    return nowhere;
  }
  std::uint32_t before(std::uint32_t x) const {
    for (std::size_t l = 0; l < levels_.size(); ++l) {
      const std::uint64_t word = levels_[l][x / 64] & ((std::uint64_t{1} << x % 64) - 1);
      if (word != 0) return descend(l, x / 64, word, false);
      x /= 64;
    }
    return nowhere;
  }

 private:
  static std::uint32_t end_bit(std::uint64_t word, bool low) {
    return static_cast<std::uint32_t>(low ? std::countr_zero(word) : 63 - std::countl_zero(word));
  }
  std::uint32_t descend(std::size_t level, std::uint32_t word, std::uint64_t bits, bool low) const {
    std::uint32_t x = word * 64 + end_bit(bits, low);
    while (level-- > 0) x = x * 64 + end_bit(levels_[level][x], low);
    return x;
  }
  std::vector<std::vector<std::uint64_t>> levels_;
};

}  // namespace

std::vector<Neighbours> find_neighbours(const Layered& graph, const Places& places,
                                        const Sizes& sizes) {
  const auto ranks = static_cast<std::size_t>(graph.rank_count);
  std::vector<std::vector<std::uint32_t>> begin(ranks + 1), end(ranks + 1);
  std::vector<std::uint32_t> at(graph.size());
  for (std::uint32_t e = 0; e < graph.size(); ++e) {
    at[places[e]] = e;
    begin[static_cast<std::size_t>(graph.top[e])].push_back(e);
    end[static_cast<std::size_t>(graph.bottom[e]) + 1].push_back(e);
  }
  std::vector<Neighbours> pairs;
  const auto add = [&](std::uint32_t left, std::uint32_t right) {
    const std::uint32_t a = at[left], b = at[right];
    const bool one_line = sizes.bundle[a] != nowhere && sizes.bundle[a] == sizes.bundle[b];
    const double gap = one_line ? 0 : (sizes.gap[a] + sizes.gap[b]) / 2;
    pairs.push_back({a, b, sizes.width[a] + gap});
  };
  NumberSet row(graph.size());
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    const auto begins_here = [&](std::uint32_t place) {
      return graph.top[at[place]] == static_cast<std::int32_t>(rank);
    };
    for (const std::uint32_t e : end[rank]) row.erase(places[e]);
    for (const std::uint32_t e : begin[rank]) row.insert(places[e]);
    for (const std::uint32_t e : begin[rank]) {
      const std::uint32_t left = row.before(places[e]), right = row.after(places[e]);
      if (right != nowhere) add(places[e], right);
      if (left != nowhere && !begins_here(left)) add(left, places[e]);
    }
    for (const std::uint32_t e : end[rank]) {
      const std::uint32_t left = row.before(places[e]), right = row.after(places[e]);
      if (left == nowhere || right == nowhere || begins_here(left) || begins_here(right)) continue;
      add(left, right);
    }
  }
  return pairs;
}

}  // namespace trex::graph
