// Two searches meet in the middle; each half is solved on its own, from a stack instead of calls.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/align_diff.hpp"

#include <algorithm>

namespace trex::compare {
namespace {

using Ids = std::span<const std::uint32_t>;

struct Box {  // a[a0, a1) against b[b0, b1)
  std::int64_t a0, a1, b0, b1;
};
struct Point {
  std::int64_t a, b;
};

class Differ {
 public:
  Differ(Ids a, Ids b, std::int64_t cost_limit) : a_(a), b_(b), cost_limit_(cost_limit) {
    const std::size_t size = 2 * (a.size() + b.size()) + 5;
    forward_.resize(size);
    backward_.resize(size);
  }

  std::vector<std::pair<std::uint32_t, std::uint32_t>> run() {
    std::vector<Box> boxes = {{0, signed_size(a_), 0, signed_size(b_)}};
    while (!boxes.empty()) {
      Box box = boxes.back();
      boxes.pop_back();
      trim(box);
      if (box.a0 == box.a1 || box.b0 == box.b1) continue;
      const Point middle = split(box);
      boxes.push_back({middle.a, box.a1, middle.b, box.b1});
      boxes.push_back({box.a0, middle.a, box.b0, middle.b});
    }
    std::sort(matches_.begin(), matches_.end());
    return std::move(matches_);
  }

 private:
  static std::int64_t signed_size(Ids ids) { return static_cast<std::int64_t>(ids.size()); }
  bool equal(std::int64_t a, std::int64_t b) const {
    return a_[static_cast<std::size_t>(a)] == b_[static_cast<std::size_t>(b)];
  }

  // Common beginnings and ends are matches.
  void trim(Box& box) {
    while (box.a0 < box.a1 && box.b0 < box.b1 && equal(box.a0, box.b0)) {
      matches_.emplace_back(box.a0++, box.b0++);
    }
    while (box.a0 < box.a1 && box.b0 < box.b1 && equal(box.a1 - 1, box.b1 - 1)) {
      matches_.emplace_back(--box.a1, --box.b1);
    }
  }

  std::int64_t& at(std::vector<std::int64_t>& reach, std::int64_t diagonal) {
    return reach[static_cast<std::size_t>(diagonal + signed_size(b_) + 2)];
  }

  // One more difference from the start of the box; true with `met` when the searches meet. A
  // diagonal is a - b; forward_[d] is how far in a the search came on it.
  bool step_forward(const Box& box, std::int64_t d, bool odd, std::int64_t end, Point& met) {
    const std::int64_t start = box.a0 - box.b0;
    for (std::int64_t k = start - d; k <= start + d; k += 2) {
      if (k < box.a0 - box.b1 || k > box.a1 - box.b0) continue;
      std::int64_t a =
          d == 0 ? box.a0
          : k == start - d || (k != start + d && at(forward_, k - 1) < at(forward_, k + 1))
              ? at(forward_, k + 1)
              : at(forward_, k - 1) + 1;
      a = std::min(a, box.a1);
      while (a < box.a1 && a - k < box.b1 && a - k >= box.b0 && equal(a, a - k)) ++a;
      at(forward_, k) = a;
      if (odd && k >= end - (d - 1) && k <= end + (d - 1) && a >= at(backward_, k)) {
        met = {a, a - k};
        return true;
      }
    }
    return false;
  }

  bool step_backward(const Box& box, std::int64_t d, bool odd, std::int64_t end, Point& met) {
    const std::int64_t start = box.a0 - box.b0;
    for (std::int64_t k = end - d; k <= end + d; k += 2) {
      if (k < box.a0 - box.b1 || k > box.a1 - box.b0) continue;
      std::int64_t a =
          d == 0 ? box.a1
          : k == end + d || (k != end - d && at(backward_, k - 1) < at(backward_, k + 1))
              ? at(backward_, k - 1)
              : at(backward_, k + 1) - 1;
      a = std::max(a, box.a0);
      while (a > box.a0 && a - k > box.b0 && a - k <= box.b1 && equal(a - 1, a - k - 1)) --a;
      at(backward_, k) = a;
      if (!odd && k >= start - d && k <= start + d && at(forward_, k) >= a) {
        met = {a, a - k};
        return true;
      }
    }
    return false;
  }

  Point split(const Box& box) {
    const std::int64_t end = box.a1 - box.b1;
    const bool odd = ((box.a1 - box.a0 - box.b1 + box.b0) & 1) != 0;
    const std::int64_t most = (box.a1 - box.a0 + box.b1 - box.b0 + 1) / 2 + 1;
    Point met{};
    for (std::int64_t d = 0; d <= most; ++d) {
      reset(box, d, end);
      if (step_forward(box, d, odd, end, met) || step_backward(box, d, odd, end, met)) {
        return inside(box, met);
      }
      if (d > cost_limit_) return furthest(box, d);
    }
    return inside(box, {(box.a0 + box.a1) / 2, (box.b0 + box.b1) / 2});
  }

  // The diagonals that round `d` looks at for the first time, so that a small box costs little.
  void reset(const Box& box, std::int64_t d, std::int64_t end) {
    const std::int64_t start = box.a0 - box.b0;
    const std::int64_t first = box.a0 - box.b1 - 1, last = box.a1 - box.b0 + 1;
    for (const std::int64_t k : {start - d - 1, start + d + 1, d == 0 ? start : start + d + 1}) {
      if (k >= first && k <= last) at(forward_, k) = box.a0 - 1;
    }
    for (const std::int64_t k : {end - d - 1, end + d + 1, d == 0 ? end : end + d + 1}) {
      if (k >= first && k <= last) at(backward_, k) = box.a1 + 1;
    }
  }

  // The point furthest from the start that the forward search came to.
  Point furthest(const Box& box, std::int64_t d) {
    Point best{box.a0, box.b0};
    const std::int64_t start = box.a0 - box.b0;
    for (std::int64_t k = start - d; k <= start + d; k += 2) {
      if (k < box.a0 - box.b1 || k > box.a1 - box.b0) continue;
      const std::int64_t a = at(forward_, k);
      const bool valid = a >= box.a0 && a - k >= box.b0 && a - k <= box.b1;
      if (valid && 2 * a - k > best.a + best.b) best = {a, a - k};
    }
    return inside(box, best);
  }

  // A point that leaves both halves smaller than the box.
  static Point inside(const Box& box, Point p) {
    p.a = std::clamp(p.a, box.a0, box.a1);
    p.b = std::clamp(p.b, box.b0, box.b1);
    const bool at_start = p.a == box.a0 && p.b == box.b0;
    const bool at_end = p.a == box.a1 && p.b == box.b1;
    if (at_start) ++p.a;
    if (at_end) --p.a;
    return p;
  }

  Ids a_, b_;
  std::int64_t cost_limit_;
  std::vector<std::int64_t> forward_, backward_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> matches_;
};

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> common_subsequence(Ids a, Ids b,
                                                                        std::int64_t cost_limit) {
  return Differ(a, b, cost_limit).run();
}

}  // namespace trex::compare
