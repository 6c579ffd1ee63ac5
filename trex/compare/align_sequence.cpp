// Pairs by order: what lies between the same two pairs is compared as two sequences.
//
// The pairs that keep one order in both engines (the longest increasing chain of them) cut both
// engines into gaps. A small gap is aligned as biologists align sequences (O. Gotoh, 1982): the
// sum of similarities is made as large as can be, and one long hole costs less than many short
// ones, so that repeated blocks stay whole. A large gap is first cut further at the longest common
// subsequence of signatures.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "trex/compare/align_diff.hpp"
#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

struct Link {
  Row a, b;
};

// The longest run of pairs that ascends in both engines. O(n log n).
std::vector<Link> increasing_chain(const std::vector<Link>& links) {
  std::vector<std::uint32_t> tails;  // index of the link that ends the best chain of each length
  std::vector<std::uint32_t> previous(links.size(), UINT32_MAX);
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    const auto place =
        std::lower_bound(tails.begin(), tails.end(), links[i].b,
                         [&](std::uint32_t tail, Row b) { return links[tail].b < b; });
    if (place != tails.begin()) previous[i] = *(place - 1);
    if (place == tails.end()) {
      tails.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<Link> chain;
  for (std::uint32_t i = tails.empty() ? UINT32_MAX : tails.back(); i != UINT32_MAX;
       i = previous[i]) {
    chain.push_back(links[i]);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

// What the neighbours say: the groups beside a free step, at most `most` each way.
struct Beside {
  static constexpr std::size_t most = 4;
  std::array<std::uint32_t, most> before{}, after{};
  std::size_t before_count = 0, after_count = 0;
};

template <class GroupOf>
Beside beside(const StepGraph& graph, Row row, GroupOf group_of) {
  Beside result;
  const auto gather = [&](std::span<const Row> rows, auto& groups, std::size_t& count) {
    for (const Row next : rows) {
      if (count == Beside::most) return;
      const std::uint32_t g = group_of(next);
      if (g != no_group) groups[count++] = g;
    }
  };
  gather(graph.before(row), result.before, result.before_count);
  gather(graph.after(row), result.after, result.after_count);
  return result;
}

bool meet(const std::array<std::uint32_t, Beside::most>& x, std::size_t x_count,
          const std::array<std::uint32_t, Beside::most>& y, std::size_t y_count) {
  for (std::size_t i = 0; i < x_count; ++i) {
    if (std::find(y.begin(), y.begin() + static_cast<std::ptrdiff_t>(y_count), x[i]) !=
        y.begin() + static_cast<std::ptrdiff_t>(y_count)) {
      return true;
    }
  }
  return false;
}

constexpr int hole_cost = 15;       // of beginning a run of unpaired layers, in similarity points
constexpr int neighbour_gain = 12;  // for a pair beside another, each way
constexpr std::uint64_t most_cells = 1u << 20;  // of one gap's table: some 10 ms, 1 MB
constexpr std::size_t band = 48;  // half the width of the table where that would be exceeded

// One gap: steps free in both engines between two pairs of the chain.
class Gap {
 public:
  Gap(Job& job, std::span<const Row> a, std::span<const Row> b) : job_(job), a_(a), b_(b) {}

  void align() {
    find_neighbours();
    width_ = b_.size() + 1;
    const bool whole = std::uint64_t{a_.size() + 1} * width_ <= most_cells;
    half_ = whole ? b_.size() : band;
    stride_ = std::min(width_, 2 * half_ + 2);
    fill();
    trace();
  }

 private:
  enum Move : std::uint8_t { pair_move = 0, skip_a = 1, skip_b = 2 };
  static constexpr int never = -(1 << 28);

  void find_neighbours() {
    for (const Row row : a_) {
      beside_a_.push_back(
          beside(job_.graph_a, row, [&](Row r) { return job_.pairs.group_of_a(r); }));
    }
    for (const Row row : b_) {
      beside_b_.push_back(
          beside(job_.graph_b, row, [&](Row r) { return job_.pairs.group_of_b(r); }));
    }
  }

  int score(std::size_t i, std::size_t j) const {
    int points = similarity(job_.a, a_[i], job_.b, b_[j]);
    if (points < alike - neighbour_gain) return never;
    const Beside &x = beside_a_[i], &y = beside_b_[j];
    if (meet(x.before, x.before_count, y.before, y.before_count)) points += neighbour_gain;
    if (meet(x.after, x.after_count, y.after, y.after_count)) points += neighbour_gain;
    return points < alike ? never : points;
  }

  // The first column of the band in a line of the table.
  std::size_t band_start(std::size_t line) const {
    const auto middle =
        static_cast<std::size_t>(a_.empty() ? 0 : std::uint64_t{line} * b_.size() / a_.size());
    const std::size_t start = middle > half_ ? middle - half_ : 0;
    return std::min(start, width_ - stride_);
  }

  struct Cell {  // the best sum that ends in a pair, in a layer of a left out, in one of b
    std::array<int, 3> best = {never, never, never};
  };

  static std::uint8_t best_of(const std::array<int, 3>& sums) {
    std::uint8_t best = 0;
    if (sums[1] > sums[best]) best = 1;
    if (sums[2] > sums[best]) best = 2;
    return best;
  }

  // For each cell and each way to end there: how the cell before ended. Two bits each.
  void fill() {
    const std::size_t lines = a_.size() + 1;
    from_.assign(lines * stride_, 0);
    std::vector<Cell> above(stride_), line(stride_);
    std::size_t start_above = 0;
    for (std::size_t i = 0; i < lines; ++i) {
      const std::size_t start = band_start(i);
      for (std::size_t c = 0; c < stride_; ++c) {
        const std::size_t j = start + c;
        line[c] =
            cell(i, j, above, start_above, c > 0 ? &line[c - 1] : nullptr, from_[i * stride_ + c]);
      }
      std::swap(above, line);
      start_above = start;
    }
    last_ = above.back();
  }

  const Cell& look_up(const std::vector<Cell>& above, std::size_t start, std::size_t j) const {
    static const Cell outside;
    return j >= start && j - start < stride_ ? above[j - start] : outside;
  }

  Cell cell(std::size_t i, std::size_t j, const std::vector<Cell>& above, std::size_t start_above,
            const Cell* left, std::uint8_t& from) const {
    Cell result;
    if (i == 0 && j == 0) {
      result.best[pair_move] = 0;
      return result;
    }
    std::uint8_t moves = 0;
    const auto take = [&](std::array<int, 3> sums, Move move, int gain) {
      const std::uint8_t best = best_of(sums);
      result.best[move] = sums[best] <= never / 2 ? never : sums[best] + gain;
      moves = static_cast<std::uint8_t>(moves | (best << (2 * move)));
    };
    const auto after_hole = [](std::array<int, 3> sums, Move same) {
      for (int m = 0; m < 3; ++m) sums[static_cast<std::size_t>(m)] -= m == same ? 0 : hole_cost;
      return sums;
    };
    if (i > 0 && j > 0) {
      const int points = score(i - 1, j - 1);
      if (points != never) take(look_up(above, start_above, j - 1).best, pair_move, points);
    }
    if (i > 0) take(after_hole(look_up(above, start_above, j).best, skip_a), skip_a, 0);
    if (left != nullptr) take(after_hole(left->best, skip_b), skip_b, 0);
    from = moves;
    return result;
  }

  void trace() {
    std::size_t i = a_.size(), j = b_.size();
    std::uint8_t state = best_of(last_.best);
    if (last_.best[state] <= never / 2) return;  // the band lost the way
    std::vector<std::pair<std::size_t, std::size_t>> found;
    while (i > 0 || j > 0) {
      const std::size_t start = band_start(i);
      if (j < start || j - start >= stride_) break;
      const std::uint8_t moves = from_[i * stride_ + (j - start)];
      if (state == pair_move) {
        if (i == 0 || j == 0) break;
        found.emplace_back(i - 1, j - 1);
      }
      const auto before = static_cast<std::uint8_t>((moves >> (2 * state)) & 3);
      if (state != skip_b && i > 0) --i;
      if (state != skip_a && j > 0) --j;
      state = before;
    }
    for (const auto& [x, y] : found) pair(x, y);
  }

  void pair(std::size_t x, std::size_t y) {
    const Row a = a_[x], b = b_[y];
    const int points = score(x, y);
    const bool same = job_.a[a].signature == job_.b[b].signature;
    const bool works = job_.a[a].work != 0 && job_.a[a].work == job_.b[b].work;
    const AlignReason reason = same || works ? AlignReason::same_work : AlignReason::same_place;
    const double sure = works ? 0.92 : same ? 0.88 : points >= 60 ? 0.85 : points >= 45 ? 0.7 : 0.5;
    job_.pairs.pair(a, b, reason, sure);
  }

  Job& job_;
  std::span<const Row> a_, b_;
  std::vector<Beside> beside_a_, beside_b_;
  std::size_t width_ = 0, half_ = 0, stride_ = 0;
  std::vector<std::uint8_t> from_;
  Cell last_;
};

class Sequences {
 public:
  explicit Sequences(Job& job) : job_(job) {}

  void run() {
    const std::vector<Link> chain = increasing_chain(leading_pairs());
    Row from_a = 0, from_b = 0;
    for (const Link& link : chain) {
      gap(from_a, link.a, from_b, link.b);
      from_a = link.a + 1;
      from_b = link.b + 1;
    }
    gap(from_a, job_.a.size(), from_b, job_.b.size());
  }

 private:
  std::vector<Link> leading_pairs() const {
    std::vector<Link> links;
    for (Row a = 0; a < job_.a.size(); ++a) {
      if (job_.pairs.leads_a(a) && job_.a[a].role == Role::step) {
        links.push_back({a, job_.pairs.partner_of_a(a)});
      }
    }
    return links;
  }

  void gap(Row a0, Row a1, Row b0, Row b1) {
    rows_a_.clear();
    rows_b_.clear();
    for (Row row = a0; row < a1; ++row) {
      if (job_.pairs.free_a(row) && job_.a[row].role == Role::step) rows_a_.push_back(row);
    }
    for (Row row = b0; row < b1; ++row) {
      if (job_.pairs.free_b(row) && job_.b[row].role == Role::step) rows_b_.push_back(row);
    }
    if (rows_a_.empty() || rows_b_.empty()) return;
    if (std::uint64_t{rows_a_.size()} * rows_b_.size() <= most_cells) {
      Gap(job_, rows_a_, rows_b_).align();
    } else {
      large_gap();
    }
  }

  void large_gap() {
    std::vector<Id> ids_a, ids_b;
    for (const Row row : rows_a_) ids_a.push_back(job_.a[row].signature);
    for (const Row row : rows_b_) ids_b.push_back(job_.b[row].signature);
    const auto common = common_subsequence(ids_a, ids_b);
    std::size_t i = 0, j = 0;
    const std::span<const Row> a(rows_a_), b(rows_b_);
    const auto between = [&](std::size_t to_i, std::size_t to_j) {
      if (to_i > i && to_j > j) {
        Gap(job_, a.subspan(i, to_i - i), b.subspan(j, to_j - j)).align();
      }
    };
    // How much of the gap the sequence holds is how far a member of it can be trusted.
    const double held =
        static_cast<double>(common.size()) / static_cast<double>(std::min(a.size(), b.size()));
    for (const auto& [x, y] : common) {
      between(x, y);
      job_.pairs.pair(a[x], b[y], AlignReason::same_work, 0.5 + 0.4 * held);
      i = x + 1;
      j = y + 1;
    }
    between(a.size(), b.size());
  }

  Job& job_;
  std::vector<Row> rows_a_, rows_b_;
};

}  // namespace

void pair_sequences(Job& job) { Sequences(job).run(); }

}  // namespace trex::compare
