// Unknown times add nothing, and a sum of unknown times is unknown.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/together.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/lint/words.hpp"

namespace trex::lint {

std::optional<double> add(std::optional<double> a, std::optional<double> b) {
  if (!a || !b) return a ? a : b;
  return *a + *b;
}

std::optional<double> time_of(const Context& c, std::span<const Row> layers) {
  std::optional<double> sum;
  for (const Row row : layers) sum = add(sum, c.time_ms(row));
  if (sum && !std::isfinite(*sum)) sum.reset();  // a profile may say 1e308 ms twice
  return sum;
}

std::optional<double> time_but_longest(const Context& c, std::span<const Row> layers) {
  const std::optional<double> sum = time_of(c, layers);
  if (!sum) return std::nullopt;
  double longest = 0;
  for (const Row row : layers) longest = std::max(longest, c.time_ms(row).value_or(0));
  return *sum - longest;
}

std::string names_of(const Context& c, std::span<const Row> layers) {
  constexpr std::size_t most_named = 2;
  std::string result;
  for (std::size_t i = 0; i < std::min(layers.size(), most_named); ++i) {
    if (i > 0) result += layers.size() == 2 ? " and " : ", ";
    result += quoted(c.name(layers[i]));
  }
  if (layers.size() > most_named) result += fmt::format(" and {} more", layers.size() - most_named);
  return result;
}

std::string time_text(std::optional<double> time_ms) {
  return time_ms ? fmt::format(", {:.3g} ms", *time_ms) : std::string();
}

std::vector<Row> Alike::layers() const {
  std::vector<Row> rows;
  for (const std::vector<Row>& one : cases) rows.insert(rows.end(), one.begin(), one.end());
  return rows;
}

void Gathered::add(const std::string& cause, std::vector<Row> layers) {
  const auto [place, is_new] = places_.try_emplace(cause, groups_.size());
  if (is_new) groups_.push_back({.cause = cause, .cases = {}});
  groups_[place->second].cases.push_back(std::move(layers));
}

}  // namespace trex::lint
