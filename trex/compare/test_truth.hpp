// Hand-made alignments and the measure of an alignment against them.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/compare/alignment.hpp"
#include "trex/load/load.hpp"

namespace trex::test {

using RowPair = std::pair<Row, Row>;

struct Truth {
  std::string file_a, file_b;  // in the corpus
  std::set<RowPair> pairs;     // each row of a group's a with each of its b
  std::set<Row> judged_a, judged_b;
};

inline std::vector<Row> rows_of(std::string_view list) {
  std::vector<Row> rows;
  if (list == "-") return rows;
  for (const std::string_view row : split(list, ',')) {
    rows.push_back(static_cast<Row>(std::stoul(std::string(row))));
  }
  return rows;
}

// tests/compare_truth/NAME.tsv: "# a: FILE", "# b: FILE", then a group a line.
inline Truth load_truth(const std::string& name) {
  Truth truth;
  const Bytes text = read_file(TREX_SOURCE_DIR "/tests/compare_truth/" + name + ".tsv");
  for (const std::string_view line : split(text.view(), '\n')) {
    if (starts_with(line, "# a: ")) truth.file_a = line.substr(5);
    if (starts_with(line, "# b: ")) truth.file_b = line.substr(5);
    if (line.empty() || line[0] == '#' || starts_with(line, "a\tb")) continue;
    const auto fields = split(line, '\t');
    const std::vector<Row> a = rows_of(fields[0]), b = rows_of(fields[1]);
    truth.judged_a.insert(a.begin(), a.end());
    truth.judged_b.insert(b.begin(), b.end());
    for (const Row x : a) {
      for (const Row y : b) truth.pairs.insert({x, y});
    }
  }
  return truth;
}

inline std::set<RowPair> pairs_of(const compare::Alignment& alignment) {
  std::set<RowPair> pairs;
  for (const compare::AlignedGroup& group : alignment.groups) {
    for (const Row a : group.a) {
      for (const Row b : group.b) pairs.insert({a, b});
    }
  }
  return pairs;
}

struct Score {
  std::size_t right = 0, found = 0, possible = 0;
  std::vector<RowPair> wrong, missed;
  double precision() const {
    return found == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(found);
  }
  double recall() const {
    return possible == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(possible);
  }
};

inline Score measure(const std::set<RowPair>& pairs, const Truth& truth) {
  Score score;
  score.possible = truth.pairs.size();
  for (const RowPair& pair : pairs) {
    if (!truth.judged_a.count(pair.first) && !truth.judged_b.count(pair.second)) continue;
    ++score.found;
    if (truth.pairs.count(pair)) {
      ++score.right;
    } else {
      score.wrong.push_back(pair);
    }
  }
  for (const RowPair& pair : truth.pairs) {
    if (!pairs.count(pair)) score.missed.push_back(pair);
  }
  return score;
}

}  // namespace trex::test
