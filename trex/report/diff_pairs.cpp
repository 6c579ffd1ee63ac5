// The pairs of a diff as a table: a row a group of layers, the largest change first.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/table/expression.hpp"

namespace trex::report {
namespace {

using compare::PairDifference;
using T = std::string_view;
using I = std::int64_t;

constexpr std::size_t people_pairs = 20;

constexpr Key<Texts> a_key{"a", Unit::none, "its layers in a"};
constexpr Key<Texts> b_key{"b", Unit::none, "its layers in b"};
constexpr Key<Integers> a_indices_key{"a_indices", Unit::none, "their rows in a's file"};
constexpr Key<Integers> b_indices_key{"b_indices", Unit::none, "their rows in b's file"};
constexpr Key<T> relation_key{"relation", Unit::none, "1-1, 1-n, n-1, n-m, added, removed"};
constexpr Key<T> reason_key{"reason", Unit::none, "what spoke for the pair"};
constexpr Key<double> confidence_key{"confidence", Unit::none, "0 to 1"};
constexpr Key<double> time_a_key{"time_a_ms", Unit::milliseconds, "time in a"};
constexpr Key<double> time_b_key{"time_b_ms", Unit::milliseconds, "time in b"};
constexpr Key<Texts> changes_key{"changes", Unit::none, "what differs"};
constexpr Key<double> delta_key{"delta_ms", Unit::milliseconds, "time in b less time in a"};
constexpr Key<double> speedup_key{"speedup", Unit::none, "time in a / time in b"};
constexpr Key<T> cause_key{"cause", Unit::none, "step of the waterfall it counts in"};
constexpr Key<T> layer_key{"layer", Unit::none, "the layer that stands for it"};
constexpr Key<T> type_key{"type", Unit::none, "layer type"};
constexpr Key<T> precision_key{"precision", Unit::none, "precision, from a to b"};
constexpr Key<T> format_key{"format", Unit::none, "what it writes, from a to b"};
constexpr Key<T> tactic_key{"tactic", Unit::none, "kernel, from a to b"};
constexpr Key<double> low_key{"interval_low_ms", Unit::milliseconds,
                              "95 % interval of delta_ms over the profiles"};
constexpr Key<double> high_key{"interval_high_ms", Unit::milliseconds, "its upper end"};
constexpr Key<double> p_key{"p", Unit::none, "Welch's t test over the profiles"};
constexpr Key<bool> significant_key{"significant", Unit::none,
                                    "no noise, at a false discovery rate of 5 %"};

// "FP16", or "FP16 → INT8".
std::string from_to(std::string_view a, std::string_view b) {
  if (a == b || b.empty()) return std::string(a);
  if (a.empty()) return std::string(b);
  return fmt::format("{} → {}", a, b);
}

std::string_view cell(const Engine& engine, Key<T> key, Row row) {
  return row == no_row ? std::string_view() : engine.layers[key][row];
}

// Builds the columns of the chosen groups.
class PairColumns {
 public:
  explicit PairColumns(const DiffInput& input) : in_(input) {}

  void add(std::size_t group) {
    const compare::AlignedGroup& aligned = in_.difference.alignment.groups[group];
    const PairDifference& pair = in_.difference.pairs[group];
    push(in_.a.engine, aligned.a, a_, a_indices_);
    push(in_.b.engine, aligned.b, b_, b_indices_);
    relation_.emplace_back(pool().intern(compare::relation_name(aligned.relation)));
    reason_.emplace_back(pool().intern(compare::reason_text(aligned.reason)));
    confidence_.push_back(aligned.confidence);
    time_a_.push_back(pair.time_a_ms);
    time_b_.push_back(pair.time_b_ms);
    delta_.push_back(pair.delta_ms);
    speedup_.push_back(pair.time_b_ms > 0 ? pair.time_a_ms / pair.time_b_ms : null_real);
    push_changes(pair);
    const bool reformats = pair.has_reformats && pair.part_ms == 0;
    cause_.push_back(
        pool().intern(compare::cause_name(reformats ? pair.reformat_cause : pair.cause)));
    push_words(aligned, pair);
    low_.push_back(pair.repeated.interval.low);
    high_.push_back(pair.repeated.interval.high);
    p_.push_back(pair.repeated.p);
    const bool tested = !std::isnan(pair.repeated.p);
    significant_.push_back(!tested ? null_boolean : pair.significant ? 1 : 0);
  }

  Table table() && {
    Table table(strings_);
    table.add(a_key, std::move(a_)).add(b_key, std::move(b_));
    table.add(a_indices_key, std::move(a_indices_)).add(b_indices_key, std::move(b_indices_));
    table.add(relation_key, std::move(relation_)).add(reason_key, std::move(reason_));
    table.add(confidence_key, std::move(confidence_));
    table.add(time_a_key, std::move(time_a_)).add(time_b_key, std::move(time_b_));
    table.add(changes_key, std::move(changes_));
    table.add(delta_key, std::move(delta_)).add(speedup_key, std::move(speedup_));
    table.add(cause_key, std::move(cause_)).add(layer_key, std::move(layer_));
    table.add(type_key, std::move(type_)).add(precision_key, std::move(precision_));
    table.add(format_key, std::move(format_)).add(tactic_key, std::move(tactic_));
    table.add(low_key, std::move(low_)).add(high_key, std::move(high_));
    table.add(p_key, std::move(p_)).add(significant_key, std::move(significant_));
    return table;
  }

 private:
  StringPool& pool() { return *strings_; }

  void push(const Engine& engine, const std::vector<Row>& rows, Lists<StringId>& names,
            Lists<I>& indices) {
    const auto name = engine.layers[layer::name];
    const auto index = engine.layers[layer::index];
    names_.clear();
    indices_.clear();
    for (const Row row : rows) {
      names_.push_back(pool().intern(name[row]));
      indices_.push_back(index[row].value_or(row));
    }
    names.push(names_);
    indices.push(indices_);
  }

  void push_changes(const PairDifference& pair) {
    names_.clear();
    for (const compare::ChangedWord& word : compare::changed_words()) {
      if ((pair.changes & word.bit) != 0) names_.push_back(pool().intern(word.word));
    }
    changes_.push(names_);
  }

  void push_words(const compare::AlignedGroup& aligned, const PairDifference& pair) {
    const Engine &a = in_.a.engine, &b = in_.b.engine;
    const Row x = pair.main_a, y = pair.main_b;
    const bool from_b = y != no_row;
    const std::size_t more = std::max(aligned.a.size(), aligned.b.size()) - 1;
    std::string label = short_name(from_b ? cell(b, layer::name, y) : cell(a, layer::name, x));
    if (more > 0) label += fmt::format(" (+{})", more);
    layer_.push_back(pool().intern(label));
    type_.push_back(intern_known(from_to(cell(a, layer::type, x), cell(b, layer::type, y))));
    precision_.push_back(
        intern_known(from_to(cell(a, layer::precision, x), cell(b, layer::precision, y))));
    format_.push_back(intern_known(from_to(x == no_row ? "" : compare::output_format(in_.a, x),
                                           y == no_row ? "" : compare::output_format(in_.b, y))));
    tactic_.push_back(intern_known(from_to(cell(a, layer::tactic, x), cell(b, layer::tactic, y))));
  }

  StringId intern_known(std::string_view text) {
    return text.empty() ? null_string : pool().intern(text);
  }

  const DiffInput& in_;
  std::shared_ptr<StringPool> strings_ = std::make_shared<StringPool>();
  std::vector<StringId> names_;
  std::vector<I> indices_;
  Lists<StringId> a_, b_, changes_;
  Lists<I> a_indices_, b_indices_;
  std::vector<StringId> relation_, reason_, cause_, layer_, type_, precision_, format_, tactic_;
  std::vector<double> confidence_, time_a_, time_b_, delta_, speedup_, low_, high_, p_;
  std::vector<std::uint8_t> significant_;
};

unsigned wanted_changes(const DiffQuery& query) {
  unsigned bits = 0;
  for (const std::string& word : query.only) {
    const auto& words = compare::changed_words();
    const auto at = std::find_if(words.begin(), words.end(),
                                 [&](const compare::ChangedWord& w) { return w.word == word; });
    if (at == words.end())
      fail("--only: no change '{}'{}", word, did_you_mean(word, diff_changes()));
    bits |= at->bit;
  }
  return bits;
}

// Groups to show, the largest change first, unknown changes last.
std::vector<std::size_t> chosen_groups(const DiffInput& input, const DiffQuery& query) {
  const std::vector<PairDifference>& pairs = input.difference.pairs;
  const unsigned bits = wanted_changes(query);
  std::vector<std::size_t> groups;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].hidden && !query.all) continue;
    if (bits == 0 || (pairs[i].changes & bits) != 0) groups.push_back(i);
  }
  const auto size = [&](std::size_t i) {
    return std::isnan(pairs[i].delta_ms) ? -1.0 : std::abs(pairs[i].delta_ms);
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](std::size_t x, std::size_t y) { return size(x) > size(y); });
  return groups;
}

}  // namespace

std::string short_name(std::string_view name, int width) {
  // A name may be a megabyte: only its ends can be seen.
  constexpr std::size_t enough = 4096;
  if (name.size() > 2 * enough) {
    return shorten_middle(printable(std::string(name.substr(0, enough)) + "…" +
                                    std::string(name.substr(name.size() - enough))),
                          width);
  }
  return shorten_middle(printable(name), width);
}

std::vector<std::string> diff_changes() {
  std::vector<std::string> words;
  for (const compare::ChangedWord& word : compare::changed_words()) words.emplace_back(word.word);
  return words;
}

Table pairs_table(const DiffInput& input, const DiffQuery& query) {
  PairColumns columns(input);
  for (const std::size_t group : chosen_groups(input, query)) columns.add(group);
  Table table = std::move(columns).table();
  if (!query.where.empty()) table = table.take(rows_where(table, query.where));
  return query.top ? table.head(static_cast<std::size_t>(*query.top)) : table;
}

TableBlock pairs_block(const DiffInput& input, const DiffQuery& query) {
  TableBlock block{.key = "pairs",
                   .title = "Pairs of layers, the largest change first",
                   .table = pairs_table(input, query)};
  block.text_columns = {"layer",     "time_a_ms", "time_b_ms", "delta_ms", "speedup",
                        "precision", "type",      "format",    "cause",    "tactic"};
  if (input.difference.profiles_a > 1 && input.difference.profiles_b > 1) {
    block.text_columns.insert(block.text_columns.begin() + 4, "significant");
  }
  block.optional_columns = {"precision", "type", "cause", "format", "tactic"};
  block.people_rows = query.all || query.top ? 0 : people_pairs;
  const std::size_t count = block.table.row_count();
  if (count > people_pairs && block.people_rows > 0) block.remark = "--all or --top N shows them";
  return block;
}

}  // namespace trex::report
