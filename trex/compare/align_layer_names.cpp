// Pairs by equal layer names, the k-th with the k-th where a name repeats as often in both.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/compare/align_stages.hpp"

namespace trex::compare {
namespace {

struct Candidate {
  Row a, b;
  bool repeated;
};

struct Uses {
  Row first = no_row, last = no_row;
  std::uint32_t count = 0;
};

// The rows of each name as a list through `next`.
struct NameList {
  std::vector<Uses> uses;
  std::vector<Row> next;

  NameList(const Side& side, std::size_t name_count) : uses(name_count), next(side.size(), no_row) {
    for (Row row = 0; row < side.size(); ++row) {
      if (side[row].name == no_id) continue;
      Uses& use = uses[side[row].name];
      if (use.count++ == 0) {
        use.first = row;
      } else {
        next[use.last] = row;
      }
      use.last = row;
    }
  }
};

struct Class {
  std::vector<Candidate> candidates;
  CountedNames counted;
};

std::size_t count_trust(const Side& side, NameTrust trust) {
  std::size_t count = 0;
  for (Row row = 0; row < side.size(); ++row) count += side[row].trust == trust;
  return count;
}

bool trusted(const Job& job, NameTrust trust, Class& names) {
  if (trust == NameTrust::specific) return true;
  names.counted.in_a = count_trust(job.a, trust);
  names.counted.in_b = count_trust(job.b, trust);
  // Myelin's kernels are numbered by their place: one more at the start moves all of them.
  return names.counted.trusted(trust == NameTrust::numbered ? 50 : 90);
}

double confidence_of(const Job& job, NameTrust trust, const Candidate& candidate) {
  if (candidate.repeated) return 0.9;
  if (trust == NameTrust::generated) return 0.9;
  const bool agrees = names_may_agree(job, candidate.a, candidate.b);
  return trust == NameTrust::specific ? (agrees ? 0.99 : 0.9) : 0.95;
}

}  // namespace

void pair_names(Job& job) {
  if (!job.shared.options.use_names) return;
  const NameList in_a(job.a, job.shared.texts.size()), in_b(job.b, job.shared.texts.size());
  Class classes[3];
  for (Row first = 0; first < job.a.size(); ++first) {
    const Id name = job.a[first].name;
    if (name == no_id || in_a.uses[name].first != first) continue;
    if (in_a.uses[name].count != in_b.uses[name].count) continue;
    Row b = in_b.uses[name].first;
    for (Row a = first; a != no_row; a = in_a.next[a], b = in_b.next[b]) {
      if (job.a[a].role != job.b[b].role) continue;
      Class& names = classes[static_cast<int>(job.a[a].trust)];
      names.candidates.push_back({a, b, in_a.uses[name].count > 1});
      names.counted.look_at(job, a, b);
    }
  }
  for (const NameTrust trust : {NameTrust::specific, NameTrust::numbered, NameTrust::generated}) {
    Class& names = classes[static_cast<int>(trust)];
    if (!trusted(job, trust, names)) continue;
    for (const Candidate& candidate : names.candidates) {
      if (trust != NameTrust::specific && !names_may_agree(job, candidate.a, candidate.b)) continue;
      job.pairs.pair(candidate.a, candidate.b, AlignReason::same_name,
                     confidence_of(job, trust, candidate));
    }
  }
}

}  // namespace trex::compare
