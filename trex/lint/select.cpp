// Which rules does `--rules` name?

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/lint/rule.hpp"

namespace trex::lint {
namespace {

constexpr std::pair<std::string_view, Group> group_words[] = {
    {"precision", Group::precision}, {"quantization", Group::quantization},
    {"movement", Group::movement},   {"fusion", Group::fusion},
    {"shapes", Group::shapes},       {"efficiency", Group::efficiency},
    {"evidence", Group::evidence},
};

bool names(std::string_view word, const Rule& rule) {
  if (equals_ignoring_case(word, "all") || word == rule.id ||
      equals_ignoring_case(word, rule.code)) {
    return true;
  }
  return std::any_of(std::begin(group_words), std::end(group_words),
                     [&](const auto& g) { return word == g.first && rule.group == g.second; });
}

[[noreturn]] void unknown(std::string_view word) {
  std::vector<std::string> known{"all"};
  for (const auto& g : group_words) known.emplace_back(g.first);
  for (const Rule* rule : rules()) known.emplace_back(rule->id);
  fail("no rule '{}'{}", word, did_you_mean(word, known));
}

}  // namespace

const Rule* find_rule(std::string_view id_or_code) {
  for (const Rule* rule : rules()) {
    if (id_or_code == rule->id || equals_ignoring_case(id_or_code, rule->code)) return rule;
  }
  return nullptr;
}

std::vector<const Rule*> select_rules(std::string_view list) {
  const std::vector<std::string_view> words = split(list, ',');
  std::vector<bool> chosen(rules().size(), starts_with(trim(list), "-"));
  for (std::string_view word : words) {
    word = trim(word);
    const bool drop = starts_with(word, "-");
    if (drop) word.remove_prefix(1);
    bool found = false;
    for (std::size_t i = 0; i < rules().size(); ++i) {
      if (!names(word, *rules()[i])) continue;
      found = true;
      chosen[i] = !drop;
    }
    if (!found) unknown(word);
  }
  std::vector<const Rule*> result;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) result.push_back(rules()[i]);
  }
  return result;
}

}  // namespace trex::lint
