// What is left over in the same place of both engines: holes in the chain of pairs, and regions.
//
// Between two paired layers one engine may do in a fused kernel what the other does in several,
// with nothing in names or shapes of the parts to tell (attention as GEMM, softmax, GEMM). If
// nothing else is left in that place, and what comes out has the same size, it is the same work.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

constexpr double sure_of_hole = 0.7, sure_of_bare_hole = 0.5, sure_of_region = 0.6;
constexpr std::size_t most_in_a_hole = 8;

// Free steps of both engines between pairs that follow each other in both.
class Holes {
 public:
  explicit Holes(Job& job) : job_(job) {}

  void run() {
    Row b = 0;
    for (Row a = 0; a < job_.a.size(); ++a) {
      if (job_.a[a].role != Role::step) continue;
      if (job_.pairs.free_a(a)) {
        if (!job_.alone_a[a]) in_a_.push_back(a);
        continue;
      }
      if (!job_.pairs.leads_a(a)) continue;
      const Row partner = job_.pairs.partner_of_a(a);
      if (!in_a_.empty() && partner >= b) look_between(b, partner);
      in_a_.clear();
      b = partner + 1;
    }
    if (!in_a_.empty()) look_between(b, job_.b.size());
  }

 private:
  void look_between(Row from, Row to) {
    if (in_a_.size() > most_in_a_hole || to - from > 4 * most_in_a_hole) return;
    std::vector<Row> in_b;
    for (Row row = from; row < to; ++row) {
      if (job_.b[row].role == Role::step && job_.pairs.free_b(row) && !job_.alone_b[row])
        in_b.push_back(row);
    }
    keep_what_computes(job_.a, in_a_);
    keep_what_computes(job_.b, in_b);
    if (in_b.empty() || in_b.size() > most_in_a_hole || !same_outcome(in_b)) return;
    const std::uint32_t group = job_.pairs.group_count();
    const double sure = job_.shared.bare ? sure_of_bare_hole : sure_of_hole;
    job_.pairs.pair(in_a_[0], in_b[0], AlignReason::same_place, sure);
    for (std::size_t i = 1; i < in_a_.size(); ++i) {
      job_.pairs.attach_a(in_a_[i], group, sure);
    }
    for (std::size_t i = 1; i < in_b.size(); ++i) {
      job_.pairs.attach_b(in_b[i], group, sure);
    }
  }

  // What only moves data is no part of the work, unless nothing else is there.
  static void keep_what_computes(const Side& side, std::vector<Row>& rows) {
    const auto moves = [&](Row row) { return side[row].family == Family::mover; };
    if (std::all_of(rows.begin(), rows.end(), moves)) return;
    rows.erase(std::remove_if(rows.begin(), rows.end(), moves), rows.end());
  }

  // One of them alone computes, and the last of both give tensors of one size.
  bool same_outcome(const std::vector<Row>& in_b) const {
    const LayerFacts &x = job_.a[in_a_.back()], &y = job_.b[in_b.back()];
    const auto passive = [](const LayerFacts& facts) { return facts.family == Family::constant; };
    if (passive(x) || passive(y) || (in_a_.size() > 1 && in_b.size() > 1)) return false;
    if (job_.shared.bare) return true;  // sizes are not known
    return x.out_volume != 0 && x.out_volume == y.out_volume;
  }

  Job& job_;
  std::vector<Row> in_a_;
};

// A region that one engine shows as one row (8.x's {ForeignNode[...]}) does what the other engine
// does in all the free steps between its neighbours' counterparts.
class Regions {
 public:
  Regions(Job& job, bool own_is_a)
      : job_(job),
        own_is_a_(own_is_a),
        own_(own_is_a ? job.a : job.b),
        other_(own_is_a ? job.b : job.a) {}

  void run() {
    const std::vector<Row> next = next_partners();
    Row previous = no_row;
    std::size_t budget = 4 * (own_.size() + other_.size());
    for (Row row = 0; row < own_.size(); ++row) {
      const Row partner = partner_of(row);
      if (partner != no_row) {
        previous = partner;
      } else if (is_region(row)) {
        const Row from = previous == no_row ? 0 : previous + 1;
        const Row to = next[row] == no_row ? other_.size() : next[row];
        fill(row, from, to, budget);
      }
    }
  }

 private:
  Row partner_of(Row row) const {
    return own_is_a_ ? job_.pairs.partner_of_a(row) : job_.pairs.partner_of_b(row);
  }
  bool other_is_free(Row row) const {
    return own_is_a_ ? job_.pairs.free_b(row) : job_.pairs.free_a(row);
  }
  bool is_region(Row row) const {
    return own_[row].role == Role::step &&
           (own_[row].family == Family::region ||
            own_.name(row).find("{ForeignNode[") != std::string_view::npos);
  }

  std::vector<Row> next_partners() const {
    std::vector<Row> next(own_.size(), no_row);
    Row known = no_row;
    for (Row row = own_.size(); row-- > 0;) {
      next[row] = known;
      if (partner_of(row) != no_row) known = partner_of(row);
    }
    return next;
  }

  void fill(Row row, Row from, Row to, std::size_t& budget) {
    std::uint32_t group = no_group;
    for (Row other = from; other < to && budget > 0; ++other, --budget) {
      if (!other_is_free(other) || other_[other].role != Role::step) continue;
      if (other_[other].family == Family::constant) continue;
      if (group == no_group) {
        group = job_.pairs.group_count();
        job_.pairs.pair(own_is_a_ ? row : other, own_is_a_ ? other : row, AlignReason::same_place,
                        sure_of_region);
      } else if (own_is_a_) {
        job_.pairs.attach_b(other, group, sure_of_region);
      } else {
        job_.pairs.attach_a(other, group, sure_of_region);
      }
    }
  }

  Job& job_;
  bool own_is_a_;
  const Side &own_, &other_;
};

}  // namespace

void fill_holes(Job& job) {
  Holes(job).run();
  Regions(job, true).run();
  Regions(job, false).run();
}

}  // namespace trex::compare
