// Findings that somebody decided to live with.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/lint_suppress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "trex/base/error.hpp"
#include "trex/base/regex.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/lint/rule.hpp"

namespace trex::report {
namespace {

constexpr int days_of_month[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// Rule ids in one spelling; "all" stays.
std::string rule_id(const Suppression& s) {
  if (s.rule == "all") return s.rule;
  if (const lint::Rule* rule = lint::find_rule(s.rule)) return std::string(rule->id);
  std::vector<std::string> known{"all"};
  for (const lint::Rule* rule : lint::rules()) known.emplace_back(rule->id);
  fail("{}: {}: no rule '{}'{}", s.file, s.where, s.rule, did_you_mean(s.rule, known));
}

std::optional<Regex> pattern_of(const Suppression& s) {
  if (s.layers.empty()) return std::nullopt;
  try {
    return Regex(s.layers);
  } catch (const Error& error) {
    fail("{}: {}: layers: {}", s.file, s.where, error.what());
  }
}

void check(const Suppression& s) {
  if (trim(s.reason).empty()) {
    fail("{}: {}: no reason: say why in 'reason'", s.file, s.where);
  }
  if (!s.expires.empty() && !is_date(s.expires)) {
    fail("{}: {}: expires: '{}' is not a date like 2026-12-31", s.file, s.where, s.expires);
  }
}

bool holds(const Found& found, const std::optional<Regex>& pattern) {
  if (!pattern) return true;
  return !found.places.empty() &&
         std::all_of(found.places.begin(), found.places.end(), [&](const FoundPlace& place) {
           return pattern->matches_part_of(place.layer);
         });
}

// Whether anything matched; `mark` false only looks.
bool apply(std::span<FoundIn> engines, const Suppression& s, bool mark) {
  const std::string id = rule_id(s);
  const std::optional<Regex> pattern = pattern_of(s);
  bool any = false;
  for (FoundIn& in : engines) {
    for (auto* list : {&in.evidence, &in.findings}) {
      for (Found& found : *list) {
        if (found.baseline_state == "absent" || (id != "all" && in.rules[found.rule].id != id) ||
            !holds(found, pattern)) {
          continue;
        }
        any = true;
        if (!mark || found.suppressed_because) continue;
        found.suppressed_because = s.reason;
        found.suppressed_until = s.expires;
      }
    }
  }
  return any;
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  const auto month = *parse_integer(text.substr(5, 2));
  const auto day = *parse_integer(text.substr(8, 2));
  return month >= 1 && month <= 12 && day >= 1 &&
         day <= days_of_month[static_cast<std::size_t>(month - 1)];
}

void suppress(std::span<FoundIn> engines, const std::vector<Suppression>& suppressions,
              std::string_view today) {
  for (const Suppression& s : suppressions) {
    check(s);
    // Dates of this form order as text does.
    const bool expired = !s.expires.empty() && s.expires < today;
    const bool matched = apply(engines, s, !expired);
    if (engines.empty() || (matched && !expired)) continue;
    const std::string what =
        !matched ? "matches no finding: remove it"
                 : fmt::format("expired on {}: its findings count again", s.expires);
    engines[0].run_notes.push_back(
        {s.file, s.where, fmt::format("the suppression of '{}' {}", s.rule, what)});
  }
}

}  // namespace trex::report
