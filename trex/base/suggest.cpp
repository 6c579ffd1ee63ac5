// Edit distance over normalised names, bounded so that a long word costs little.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/suggest.hpp"

#include <algorithm>
#include <numeric>

#include "trex/base/text.hpp"

namespace trex {
namespace {

constexpr std::size_t max_word_length = 64;  // longer words are no typo of a name of ours
constexpr std::size_t max_listed = 20;

std::string normalise(std::string_view word) {
  std::string result = lower(word);
  std::replace(result.begin(), result.end(), '-', '_');
  return result;
}

// Insert, delete, replace, and a swap of neighbours (optimal string alignment).
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

// A third of the letters may be wrong, at least one; of a word of two, none but its case.
std::size_t likely_mistakes(std::size_t length) {
  return length < 3 ? 0 : std::max<std::size_t>(1, length / 3);
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& names) {
  if (word.empty() || word.size() > max_word_length) return std::nullopt;
  const std::string typed = normalise(word);
  const std::string* best = nullptr;
  std::size_t best_distance = likely_mistakes(typed.size()) + 1;
  const std::string* longer = nullptr;  // the shortest name that begins with the word
  for (const std::string& name : names) {
    if (name.size() > max_word_length) continue;
    const std::string known = normalise(name);
    const std::size_t d = distance(typed, known);
    if (d < best_distance) {
      best = &name;
      best_distance = d;
    }
    const bool begins = typed.size() >= 3 && starts_with(known, typed);
    if (begins && (longer == nullptr || name.size() < longer->size())) longer = &name;
  }
  if (longer != nullptr && best_distance > 1) best = longer;
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& names) {
  if (const auto name = nearest(word, names)) return ", did you mean '" + *name + "'?";
  if (names.empty()) return "";
  const std::size_t listed = std::min(names.size(), max_listed);
  const std::vector<std::string> first(names.begin(),
                                       names.begin() + static_cast<std::ptrdiff_t>(listed));
  return "; known: " + join(first, ", ") + (listed < names.size() ? ", ..." : "");
}

}  // namespace trex
