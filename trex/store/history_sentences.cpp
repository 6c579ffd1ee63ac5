// What people read of a change, in words.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/document/units.hpp"
#include "trex/store/history_report.hpp"

namespace trex::store {
namespace {

constexpr std::size_t said_parts = 3;
// Parts that carry less of a change than that explain nothing.
constexpr double least_part = 0.1;
constexpr int longest_name = 40;

// "layers.3 +0.0312 ms, layers.4 +0.0205 ms".
std::string said_parts_of(const std::vector<PartChange>& parts) {
  if (parts.empty()) return "";
  const double largest = std::abs(parts[0].delta_ms());
  if (!(largest > 0)) return "";
  std::vector<std::string> said;
  for (const PartChange& part : parts) {
    if (said.size() == said_parts || std::abs(part.delta_ms()) < least_part * largest) break;
    const std::string sign = part.delta_ms() < 0 ? "-" : "+";
    said.push_back(fmt::format(
        "{} {}{} ms{}", part.name.empty() ? "unknown" : shorten_middle(part.name, longest_name),
        sign, human_ms(std::abs(part.delta_ms())),
        part.significant.value_or(true) ? "" : " (may be noise)"));
  }
  return join(said, ", ");
}

std::string said_facts(const std::vector<FactChange>& facts) {
  std::vector<std::string> said;
  for (const FactChange& fact : facts) {
    said.push_back(fmt::format("{} {} → {}", fact.what, fact.before, fact.after));
  }
  return join(said, "; ");
}

std::string headline(const HistorySeries& series, const HistoryChange& change,
                     const std::vector<std::string>& labels) {
  const compare::ChangePoint& point = change.point;
  const HistoryEngine& engine = *series.points[point.at];
  std::string text = fmt::format(
      "{}{} → {}: {}, {} → {}", engine.date.empty() ? "" : engine.date + "  ", labels[point.at - 1],
      labels[point.at], signed_percent(point.ratio), figure_text(*series.metric, point.before),
      figure_text(*series.metric, point.after));
  if (point.interval.known()) {
    text += fmt::format(" (99% interval {} to {})", signed_percent(point.interval.low),
                        signed_percent(point.interval.high));
  }
  if (point.basis == compare::Basis::records) {
    text += "; real within these runs, too few engines to tell how much runs differ";
  } else if (point.last - point.at == 1) {
    text += "; rests on the newest engine alone";
  }
  return text;
}

}  // namespace

std::string signed_percent(double ratio) {
  if (!std::isfinite(ratio)) return "";
  return fmt::format("{:+.{}f}%", 100 * ratio, std::abs(ratio) < 0.1 ? 2 : 1);
}

std::string figure_text(const HistoryMetric& metric, double value) {
  return said(Json(value), metric.unit);
}

std::vector<std::string> change_sentences(const HistorySeries& series,
                                          const std::vector<std::string>& labels) {
  std::vector<std::string> sentences;
  for (const HistoryChange& change : series.changes) {
    std::string text = headline(series, change, labels);
    const std::string facts = said_facts(change.facts);
    if (!facts.empty()) text += "; differs: " + facts;
    const auto add = [&](std::string_view what, const std::vector<PartChange>& parts) {
      const std::string said = said_parts_of(parts);
      if (!said.empty()) text += fmt::format("; {}: {}", what, said);
    };
    add("blocks", change.blocks);
    add("types", change.types);
    add("layers of these two", change.layers);
    const HistoryEngine& from = *series.points[change.point.at - 1];
    const HistoryEngine& to = *series.points[change.point.at];
    if (!from.path.empty() && !to.path.empty()) {
      text += fmt::format("; pairs of layers: trex diff '{}' '{}'", from.path, to.path);
    }
    sentences.push_back(std::move(text));
  }
  return sentences;
}

}  // namespace trex::store
