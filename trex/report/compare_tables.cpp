// Time and layers by type, precision and block: a row a group, a column an engine.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/analyze/summary.hpp"
#include "trex/report/compare_report.hpp"
#include "trex/report/known.hpp"

namespace trex::report {
namespace {

constexpr std::size_t most_drawn = 12;

struct Pivot {
  std::vector<std::string> groups;  // "" for unknown
  std::vector<std::vector<double>> times;
  std::vector<std::vector<std::int64_t>> counts;  // by engine, then group
};

// Groups by the time of all engines together, without times by count.
Pivot pivot(const std::deque<compare::ComparedSide>& sides, const std::string& column) {
  struct Cell {
    double time = null_real;
    std::int64_t count = 0;
  };
  std::map<std::string, std::vector<Cell>> cells;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Table table = breakdown(sides[i].engine, column);
    const Column& names = table.at(column);
    const auto times = table[layer::time_ms];
    const auto counts = table[group_size];
    for (Row row = 0; row < table.row_count(); ++row) {
      auto& list = cells[std::string(names.text(row).value_or(""))];
      list.resize(sides.size());
      list[i] = {times[row].value_or(null_real), counts[row].value_or(0)};
    }
  }
  std::vector<std::pair<std::string, std::vector<Cell>>> rows(cells.begin(), cells.end());
  const auto weight = [](const std::vector<Cell>& list) {
    std::pair<double, std::int64_t> sum{0, 0};
    for (const Cell& cell : list) {
      if (!std::isnan(cell.time)) sum.first += cell.time;
      sum.second += cell.count;
    }
    return sum;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const auto& x, const auto& y) {
    return weight(x.second) > weight(y.second);
  });
  Pivot result;
  result.times.resize(sides.size());
  result.counts.resize(sides.size());
  for (auto& [name, list] : rows) {
    result.groups.push_back(name);
    for (std::size_t i = 0; i < sides.size(); ++i) {
      result.times[i].push_back(list[i].time);
      result.counts[i].push_back(list[i].count);
    }
  }
  return result;
}

Json pivot_json(const std::string& key, const Pivot& pivot) {
  Json rows{Json::Array{}};
  for (std::size_t row = 0; row < pivot.groups.size(); ++row) {
    Json item;
    item.set(key, pivot.groups[row].empty() ? Json() : Json(pivot.groups[row]));
    Json times{Json::Array{}}, counts{Json::Array{}};
    for (std::size_t i = 0; i < pivot.times.size(); ++i) {
      times.push(known(pivot.times[i][row]));
      counts.push(pivot.counts[i][row]);
    }
    item.set("count", std::move(counts));
    item.set("time_ms", std::move(times));
    rows.push(std::move(item));
  }
  return rows;
}

TableBlock start_table(std::string title, const std::string& key,
                       const std::vector<std::string>& groups) {
  auto pool = std::make_shared<StringPool>();
  std::vector<StringId> names;
  for (const std::string& group : groups) {
    names.push_back(group.empty() ? null_string : pool->intern(group));
  }
  Table table(pool);
  table.add(
      std::make_shared<const Column>(key, Unit::none, "what is grouped", TextIds{names}, pool));
  TableBlock block{.key = "", .title = std::move(title), .table = std::move(table)};
  block.audience = Audience::people;
  return block;
}

template <class Values>
void add_column(TableBlock& block, const std::string& label, Unit unit, Values values) {
  block.table.add(
      std::make_shared<const Column>(label, unit, "", std::move(values), block.table.strings()));
}

bool any_time(const std::vector<std::vector<double>>& times) {
  for (const std::vector<double>& list : times) {
    if (std::any_of(list.begin(), list.end(), [](double ms) { return std::isfinite(ms); })) {
      return true;
    }
  }
  return false;
}

void add_pivot(std::vector<Block>& blocks, const std::string& key, const std::string& words,
               const Pivot& pivot, const std::vector<std::string>& labels) {
  blocks.emplace_back(JsonBlock{"by_" + key, "", pivot_json(key, pivot), Audience::programs});
  if (any_time(pivot.times)) {
    TableBlock times = start_table(fmt::format("Time by {}, ms", words), key, pivot.groups);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      add_column(times, labels[i], Unit::milliseconds, pivot.times[i]);
    }
    times.charts.push_back({.title = fmt::format("Time by {}", words),
                            .label_column = key,
                            .value_columns = labels,
                            .most_rows = most_drawn});
    blocks.emplace_back(std::move(times));
  }
  TableBlock counts = start_table(fmt::format("Layers by {}", words), key, pivot.groups);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    add_column(counts, labels[i], Unit::count, pivot.counts[i]);
  }
  blocks.emplace_back(std::move(counts));
}

Json scopes_json(const ScopeTimes& scopes) {
  return pivot_json("scope", {scopes.scopes, scopes.times, scopes.counts});
}

// The blocks that any engine has layers in, with the geometric mean of the speed-ups under them.
TableBlock scopes_table(const ScopeTimes& scopes, const std::vector<std::string>& labels,
                        std::size_t baseline) {
  std::vector<std::string> names;
  std::vector<std::vector<double>> times(labels.size());
  for (std::size_t row = 0; row < scopes.scopes.size(); ++row) {
    bool used = false;
    for (const auto& counts : scopes.counts) used = used || counts[row] > 0;
    if (!used) continue;
    names.push_back(scopes.scopes[row].empty() ? "(no counterpart)" : scopes.scopes[row]);
    for (std::size_t i = 0; i < labels.size(); ++i) times[i].push_back(scopes.times[i][row]);
  }
  TableBlock block = start_table(
      fmt::format("Time by block of the network, ms (blocks as in {})", labels[baseline]), "block",
      names);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    add_column(block, labels[i], Unit::milliseconds, std::move(times[i]));
  }
  std::vector<std::string> means;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i == baseline || std::isnan(scopes.speedups[i])) continue;
    means.push_back(fmt::format("{} {:.2f}x", labels[i], scopes.speedups[i]));
  }
  if (!means.empty()) {
    block.remark =
        fmt::format("geometric mean of the blocks' speed-ups: {}", fmt::join(means, ", "));
  }
  return block;
}

}  // namespace

std::vector<Block> compare_breakdowns(const std::deque<compare::ComparedSide>& sides,
                                      const std::vector<std::string>& labels,
                                      std::size_t baseline) {
  std::vector<Block> blocks;
  add_pivot(blocks, "type", "layer type", pivot(sides, "type"), labels);
  add_pivot(blocks, "precision", "precision", pivot(sides, "precision"), labels);
  const ScopeTimes scopes = scope_times(sides, baseline);
  blocks.emplace_back(JsonBlock{"by_scope", "", scopes_json(scopes), Audience::programs});
  if (any_time(scopes.times)) blocks.emplace_back(scopes_table(scopes, labels, baseline));
  return blocks;
}

}  // namespace trex::report
