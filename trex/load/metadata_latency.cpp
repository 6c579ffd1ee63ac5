// What the figures of a latency list mean.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/metadata_latency.hpp"

#include <array>

#include "trex/base/text.hpp"

namespace trex {
namespace {

// A list has no names. Four figures are always there; what follows is certain only in the two
// default lists of trtexec.
std::optional<LatencySummary> from_list(const std::string& name, const Json::Array& list) {
  LatencySummary summary{.name = name};
  static constexpr std::array<std::string_view, 4> words{"min", "max", "mean", "median"};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::optional<double> value = list[i].number();
    if (!value && !list[i].is_null()) return std::nullopt;
    if (i < words.size() && value) set_statistic(summary, words[i], *value);
  }
  static constexpr std::array<double, 1> before_8_5{99};
  static constexpr std::array<double, 3> from_8_5{90, 95, 99};
  const auto add = [&](const auto& percents) {
    for (std::size_t i = 0; i < percents.size(); ++i) {
      const std::optional<double> value = list[words.size() + i].number();
      if (value) summary.percentiles.emplace_back(percents[i], *value);
    }
  };
  if (list.size() == words.size() + before_8_5.size()) add(before_8_5);
  if (list.size() == words.size() + from_8_5.size()) add(from_8_5);
  return list.empty() ? std::nullopt : std::optional(std::move(summary));
}

}  // namespace

std::optional<double> percentile_of(std::string_view word) {
  constexpr std::string_view before = "percentile(";
  if (!starts_with(word, before) || !ends_with(word, "%)")) return std::nullopt;
  return parse_real(word.substr(before.size(), word.size() - before.size() - 2));
}

void set_statistic(LatencySummary& summary, std::string_view word, double value) {
  if (word == "min") summary.min = value;
  if (word == "max") summary.max = value;
  if (word == "mean") summary.mean = value;
  if (word == "median") summary.median = value;
  if (const std::optional<double> percent = percentile_of(word)) {
    summary.percentiles.emplace_back(*percent, value);
  }
}

std::optional<LatencySummary> read_latency(const std::string& name, const Json& value) {
  if (value.array() != nullptr) return from_list(name, *value.array());
  if (value.object() == nullptr) return std::nullopt;
  LatencySummary summary{.name = name};
  for (const auto& [word, figure] : *value.object()) {
    if (const std::optional<double> number = figure.number()) {
      set_statistic(summary, word, *number);
    }
  }
  return summary;
}

}  // namespace trex
