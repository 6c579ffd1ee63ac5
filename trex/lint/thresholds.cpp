// The table of thresholds. Sorted by rule, then name: a test checks it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/thresholds.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"

namespace trex::lint {
namespace {

// "ours": no source states the number; the reason stands behind it.
constexpr Threshold table[] = {
    {"reformat-share", "min_share", 0.05, "share of the layers' time spent in Reformat layers",
     "ours: below 5 % even removing them all stays within the noise of a build"},
};

std::size_t find(std::string_view rule, std::string_view name) {
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (table[i].rule == rule && table[i].name == name) return i;
  }
  return std::size(table);
}

}  // namespace

std::span<const Threshold> threshold_table() { return table; }

Thresholds::Thresholds() {
  for (const Threshold& t : table) values_.push_back(t.value);
}

double Thresholds::get(std::string_view rule, std::string_view name) const {
  const std::size_t i = find(rule, name);
  assert(i < values_.size());
  return values_[i];
}

void Thresholds::set(std::string_view rule, std::string_view name, double value) {
  const std::size_t i = find(rule, name);
  if (i == values_.size()) {
    std::vector<std::string> names;
    for (const Threshold& t : table) names.push_back(fmt::format("{}.{}", t.rule, t.name));
    const std::string wanted = fmt::format("{}.{}", rule, name);
    fail("no threshold '{}'{}", wanted, did_you_mean(wanted, names));
  }
  values_[i] = value;
}

void Thresholds::set(std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::size_t dot = assignment.substr(0, equals).rfind('.');
  if (equals == std::string_view::npos || dot == std::string_view::npos) {
    fail("'{}': expected rule-id.threshold=value", assignment);
  }
  const auto value = parse_real(trim(assignment.substr(equals + 1)));
  if (!value) fail("'{}': '{}' is not a number", assignment, assignment.substr(equals + 1));
  set(trim(assignment.substr(0, dot)), trim(assignment.substr(dot + 1, equals - dot - 1)), *value);
}

}  // namespace trex::lint
