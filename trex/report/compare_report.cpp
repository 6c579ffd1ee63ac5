// `trex compare`: several engines side by side, and the steps from one to the next.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/compare_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/compare/comparable.hpp"
#include "trex/compare/figures.hpp"
#include "trex/document/units.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/report/facts.hpp"
#include "trex/report/known.hpp"

namespace trex::report {
namespace {

using Sides = std::deque<compare::ComparedSide>;

// One engine's part of "totals".
struct TotalsOf {
  std::vector<double> figures;  // by figure_specs()
  std::optional<std::int64_t> batch;
  double per_item_ms = null_real;
  double speedup = null_real, speedup_per_item = null_real;
};

std::vector<TotalsOf> totals_of(const Sides& sides, std::size_t baseline) {
  std::vector<TotalsOf> list;
  for (const compare::ComparedSide& side : sides) {
    TotalsOf one;
    one.figures = compare::figures_of(side);
    one.batch = compare::batch_size(side.engine);
    if (one.batch) one.per_item_ms = one.figures[0] / static_cast<double>(*one.batch);
    list.push_back(std::move(one));
  }
  // End to end where both know it, else the layers.
  const auto layer_time = static_cast<std::size_t>(5);
  const TotalsOf& base = list[baseline];
  for (TotalsOf& one : list) {
    const std::size_t figure =
        std::isfinite(one.figures[0]) && std::isfinite(base.figures[0]) ? 0 : layer_time;
    const double before = base.figures[figure], after = one.figures[figure];
    if (!(after > 0)) continue;
    one.speedup = before / after;
    if (!one.batch || !base.batch) continue;
    one.speedup_per_item =
        one.speedup * static_cast<double>(*one.batch) / static_cast<double>(*base.batch);
  }
  return list;
}

Json engines_json(const Sides& sides, const std::vector<std::string>& labels) {
  Json list{Json::Array{}};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Engine& engine = sides[i].engine;
    const Metadata& stated =
        engine.profile_metadata.entries.empty() ? engine.build_metadata : engine.profile_metadata;
    Json item;
    item.set("name", engine.name);
    item.set("label", labels[i]);
    item.set("schema", engine.schema);
    const std::string version = compare::tensorrt_version(engine);
    item.set("tensorrt_version", version.empty() ? Json() : Json(version));
    item.set("device", device_json(sides[i].context.device, stated));
    item.set("builder", builder_json(engine));
    item.set("performance", performance_json(engine));
    item.set("inference", inference_json(engine));
    list.push(std::move(item));
  }
  return list;
}

Json totals_json(const Sides& sides, const std::vector<TotalsOf>& totals) {
  Json list{Json::Array{}};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Json item;
    item.set("engine", sides[i].engine.name);
    const auto specs = compare::figure_specs();
    for (std::size_t f = 0; f < specs.size(); ++f) {
      item.set(std::string(specs[f].key),
               compare::figure_json(totals[i].figures[f], specs[f].unit));
    }
    item.set("batch", Json(totals[i].batch));
    item.set("per_item_ms", known(totals[i].per_item_ms));
    item.set("speedup", known(totals[i].speedup));
    item.set("speedup_per_item", known(totals[i].speedup_per_item));
    list.push(std::move(item));
  }
  return list;
}

// The summary: a row a fact, a column an engine.
class Summary {
 public:
  explicit Summary(std::size_t engines) : cells_(engines) {}

  void add(std::string fact, std::vector<std::string> values) {
    for (std::string& value : values) {
      if (value.empty()) value = "-";
    }
    const bool any =
        std::any_of(values.begin(), values.end(), [](const std::string& v) { return v != "-"; });
    if (!any) return;
    facts_.push_back(std::move(fact));
    for (std::size_t i = 0; i < values.size(); ++i) cells_[i].push_back(std::move(values[i]));
  }
  template <class Value>
  void add_each(std::string fact, const Sides& sides, Value value) {
    std::vector<std::string> values;
    for (const compare::ComparedSide& side : sides) values.push_back(value(side));
    add(std::move(fact), std::move(values));
  }
  // Takes out those of the first `rows` rows in which all engines are alike.
  std::vector<Fact> take_alike(std::size_t rows) {
    std::vector<Fact> alike;
    std::vector<std::string> facts;
    std::vector<std::vector<std::string>> cells(cells_.size());
    for (std::size_t row = 0; row < facts_.size(); ++row) {
      const bool same = std::all_of(cells_.begin(), cells_.end(), [&](const auto& column) {
        return column[row] == cells_[0][row];
      });
      if (row < rows && same) {
        alike.push_back({.key = "", .label = facts_[row], .value = Json(cells_[0][row])});
        continue;
      }
      facts.push_back(std::move(facts_[row]));
      for (std::size_t i = 0; i < cells_.size(); ++i) cells[i].push_back(std::move(cells_[i][row]));
    }
    facts_ = std::move(facts);
    cells_ = std::move(cells);
    return alike;
  }
  std::size_t row_count() const { return facts_.size(); }
  TableBlock table(const std::vector<std::string>& labels, std::string title) const {
    static constexpr Key<std::string_view> fact_key{"fact", Unit::none, "what is compared"};
    Table table;
    table.add(fact_key, facts_);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      std::vector<StringId> ids;
      for (const std::string& cell : cells_[i]) ids.push_back(table.strings()->intern(cell));
      table.add(std::make_shared<const Column>(labels[i], Unit::none, "", TextIds{std::move(ids)},
                                               table.strings()));
    }
    TableBlock block{.key = "", .title = std::move(title), .table = std::move(table)};
    block.audience = Audience::people;
    return block;
  }

 private:
  std::vector<std::string> facts_;
  std::vector<std::vector<std::string>> cells_;  // by engine
};

std::string inputs_text(const compare::ComparedSide& side) {
  const auto modes = side.engine.bindings[binding::mode];
  const auto dims = side.engine.bindings[binding::dims];
  std::vector<std::string> shapes;
  for (Row row = 0; row < side.engine.bindings.row_count(); ++row) {
    if (modes[row] == "output" || dims[row].empty()) continue;
    shapes.push_back(fmt::format("{}", fmt::join(dims[row], "x")));
  }
  constexpr std::size_t most = 3;
  if (shapes.size() > most) {
    const std::size_t more = shapes.size() - most;
    shapes.resize(most);
    shapes.push_back(fmt::format("and {} more", more));
  }
  return join(shapes, ", ");
}

std::string said_figure(double value, Unit unit) {
  return std::isfinite(value) ? said(Json(value), unit) : "-";
}

std::string said_times(double speedup) {
  return std::isfinite(speedup) ? fmt::format("{:.2f}x", speedup) : "-";
}

// What logs and metadata state of build and run: every plain option that any engine has.
void add_options(Summary& summary, const Sides& sides, std::string_view group,
                 Json (*options_of)(const Engine&)) {
  std::vector<std::string> keys;
  std::vector<std::map<std::string, std::string>> values;
  for (const compare::ComparedSide& side : sides) {
    auto& of_engine = values.emplace_back();
    const Json options = options_of(side.engine);
    if (options.object() == nullptr) continue;
    for (const auto& [key, value] : *options.object()) {
      if (value.object() != nullptr || value.array() != nullptr || key == "command_line") continue;
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
      of_engine.emplace(key, said(value, Unit::none));
    }
  }
  for (const std::string& key : keys) {
    std::vector<std::string> cells;
    for (const auto& of_engine : values) {
      const auto at = of_engine.find(key);
      cells.push_back(at == of_engine.end() ? "-" : at->second);
    }
    summary.add(fmt::format("{}: {}", group, key), std::move(cells));
  }
}

void add_descriptions(Summary& summary, const Sides& sides) {
  summary.add_each("TensorRT", sides, [](const compare::ComparedSide& side) {
    const std::string version = compare::tensorrt_version(side.engine);
    return version.empty() ? side.engine.schema : version;
  });
  summary.add_each("GPU", sides,
                   [](const compare::ComparedSide& side) { return side.context.device.name; });
  summary.add_each("build", sides,
                   [](const compare::ComparedSide& side) { return said_builder(side.engine); });
  summary.add_each("inputs", sides, inputs_text);
}

void add_figures(Summary& summary, const std::vector<TotalsOf>& totals) {
  const auto specs = compare::figure_specs();
  const auto each = [&](auto value) {
    std::vector<std::string> values;
    for (const TotalsOf& one : totals) values.push_back(value(one));
    return values;
  };
  for (std::size_t f = 0; f < specs.size(); ++f) {
    summary.add(std::string(specs[f].label), each([&](const TotalsOf& one) {
                  return said_figure(one.figures[f], specs[f].unit);
                }));
    if (f != 0) continue;
    summary.add("speed-up", each([](const TotalsOf& one) { return said_times(one.speedup); }));
    const bool batches_differ = std::any_of(totals.begin(), totals.end(), [&](const TotalsOf& one) {
      return one.batch != totals[0].batch;
    });
    if (!batches_differ) continue;
    summary.add("ms per item",
                each([](const TotalsOf& one) { return said_figure(one.per_item_ms, Unit::none); }));
    summary.add("speed-up per item",
                each([](const TotalsOf& one) { return said_times(one.speedup_per_item); }));
  }
}

// What all have in common, then the table of what they have not, and of their figures.
std::vector<Block> summary_blocks(const Sides& sides, const std::vector<TotalsOf>& totals,
                                  const std::vector<std::string>& labels,
                                  const CompareQuery& query) {
  Summary summary(sides.size());
  add_descriptions(summary, sides);
  const std::size_t descriptions = summary.row_count();
  add_figures(summary, totals);
  if (query.differing) {
    add_options(summary, sides, "build", builder_json);
    add_options(summary, sides, "run", inference_json);
  }
  FactsBlock common;
  common.facts = summary.take_alike(query.differing ? summary.row_count() : descriptions);
  std::vector<Block> blocks;
  if (!query.differing) blocks.emplace_back(std::move(common));
  blocks.emplace_back(summary.table(
      labels,
      fmt::format("{} (speed-up against {})", query.differing ? "What differs" : "Side by side",
                  labels[query.baseline])));
  return blocks;
}

// One engine after the other: what each step brought.
std::vector<std::string> steps(const Sides& sides, const std::vector<TotalsOf>& totals,
                               const std::vector<std::string>& labels) {
  std::vector<std::string> sentences;
  for (std::size_t i = 1; i < sides.size(); ++i) {
    const std::vector<double>&before = totals[i - 1].figures, &after = totals[i].figures;
    std::vector<std::string> parts;
    if (before[0] > 0 && after[0] > 0) {
      parts.push_back(fmt::format("{} → {} ms, {:.2f}x", human_ms(before[0]), human_ms(after[0]),
                                  before[0] / after[0]));
    }
    constexpr std::size_t reformat_count = 7, reformat_ms = 8;
    if (std::isfinite(before[reformat_count]) && std::isfinite(after[reformat_count])) {
      std::string text =
          fmt::format("Reformat layers {} → {}", before[reformat_count], after[reformat_count]);
      if (std::isfinite(before[reformat_ms]) && std::isfinite(after[reformat_ms])) {
        text += fmt::format(" ({:+.4f} ms)", after[reformat_ms] - before[reformat_ms]);
      }
      parts.push_back(std::move(text));
    }
    for (const std::string_view precision : {"FP16", "BF16", "INT8", "FP8", "FP4"}) {
      const double x = compare::precision_share(sides[i - 1], precision);
      const double y = compare::precision_share(sides[i], precision);
      if (!std::isfinite(x) || !std::isfinite(y) || std::abs(x - y) < 0.01) continue;
      parts.push_back(fmt::format("{} {:.0f}% → {:.0f}%", precision, 100 * x, 100 * y));
    }
    if (parts.empty()) continue;
    sentences.push_back(fmt::format("{} → {}: {}", labels[i - 1], labels[i], join(parts, "; ")));
  }
  return sentences;
}

// "a/b.c-d" ends a part after '/', '.', '-', '_' and ' '.
bool is_joint(char c) { return c == '/' || c == '.' || c == '-' || c == '_' || c == ' '; }

}  // namespace

std::vector<std::string> short_labels(const std::vector<std::string>& names) {
  std::string_view first = names.empty() ? std::string_view() : names[0];
  std::size_t prefix = first.size(), suffix = first.size();
  for (const std::string_view name : names) {
    const std::size_t shorter = std::min(first.size(), name.size());
    std::size_t same = 0;
    while (same < shorter && first[same] == name[same]) ++same;
    prefix = std::min(prefix, same);
    same = 0;
    while (same < shorter && first[first.size() - 1 - same] == name[name.size() - 1 - same]) ++same;
    suffix = std::min(suffix, same);
  }
  while (prefix > 0 && !is_joint(first[prefix - 1])) --prefix;
  while (suffix > 0 && !is_joint(first[first.size() - suffix])) --suffix;
  std::vector<std::string> labels;
  for (const std::string& name : names) {
    const bool cuttable = name.size() > prefix + suffix;
    const std::string_view middle =
        cuttable ? std::string_view(name).substr(prefix, name.size() - prefix - suffix)
                 : std::string_view(name);
    labels.push_back(short_name(middle, 24));
  }
  std::vector<std::string> sorted = labels;
  std::sort(sorted.begin(), sorted.end());
  const bool unique = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  for (std::size_t i = 0; i < labels.size() && !unique; ++i) {
    labels[i] = fmt::format("{}#{}", labels[i], i + 1);
  }
  return labels;
}

Document compare_report(const Sides& sides, const CompareQuery& query) {
  std::vector<std::string> names;
  for (const compare::ComparedSide& side : sides) names.push_back(side.engine.name);
  const std::vector<std::string> labels = short_labels(names);
  const std::vector<TotalsOf> totals = totals_of(sides, query.baseline);
  Document document{.title = fmt::format("{} engines", sides.size()), .blocks = {}};
  std::vector<Block>& blocks = document.blocks;
  blocks.emplace_back(JsonBlock{"engines", "", engines_json(sides, labels), Audience::programs});
  for (const compare::ComparedSide& side : sides) {
    for (const compare::Mismatch& mismatch : mismatches(sides[query.baseline], side)) {
      if (!mismatch.serious) continue;
      blocks.emplace_back(ParagraphBlock{
          fmt::format("{}: {}", short_name(side.engine.name), mismatch.message), true});
    }
  }
  for (Block& block : summary_blocks(sides, totals, labels, query)) {
    blocks.push_back(std::move(block));
  }
  blocks.emplace_back(JsonBlock{"totals", "", totals_json(sides, totals), Audience::programs});
  blocks.emplace_back(ListBlock{"Step by step", steps(sides, totals, labels)});
  for (Block& block : compare_breakdowns(sides, labels, query.baseline)) {
    blocks.push_back(std::move(block));
  }
  return document;
}

}  // namespace trex::report
