// Findings that are alike, told as one: their layers named by example, their times added.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trex/lint/context.hpp"

namespace trex::lint {

// Sum of the known times; nothing when none is known.
std::optional<double> time_of(const Context& c, std::span<const Row> layers);
// The same without the longest: what is won when one layer does the work of all.
std::optional<double> time_but_longest(const Context& c, std::span<const Row> layers);
// "'a', 'b' and 11 more": two names at most.
std::string names_of(const Context& c, std::span<const Row> layers);
// ", 0.31 ms"; "" when unknown.
std::string time_text(std::optional<double> time_ms);
std::optional<double> add(std::optional<double> a, std::optional<double> b);  // unknown as nothing

// Cases by their common cause, in order of first appearance.
struct Alike {
  std::string cause;                    // what they have in common
  std::vector<std::vector<Row>> cases;  // the layers of each
  std::vector<Row> layers() const;      // of all, in order
};
class Gathered {
 public:
  void add(const std::string& cause, std::vector<Row> layers);
  const std::vector<Alike>& groups() const { return groups_; }

 private:
  std::map<std::string, std::size_t> places_;
  std::vector<Alike> groups_;
};

}  // namespace trex::lint
