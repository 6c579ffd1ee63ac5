// `trex lint` for people: evidence first, then findings, what is good, what was skipped.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/lint_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"

namespace trex::report {
namespace {

// Names in one line of text; all of them are in the JSON.
constexpr std::size_t people_layers = 3;

std::string said_share(double part_ms, const std::optional<double>& whole_ms) {
  if (!whole_ms || *whole_ms <= 0) return "";
  return fmt::format(", {} of the layers' time", said(part_ms / *whole_ms, Unit::fraction));
}

// "0.012 ms of the 0.020 ms it takes, 3.4% of the layers' time; confidence high"
std::string said_gain(const FoundIn& in, const Found& found) {
  std::string text;
  if (found.recoverable_ms) {
    text = fmt::format("up to {}{}", said(*found.recoverable_ms, Unit::milliseconds),
                       said_share(*found.recoverable_ms, in.engine_ms));
  } else {
    text = "not known how much";
  }
  if (found.measured_ms) {
    text += fmt::format("; takes {}{}", said(*found.measured_ms, Unit::milliseconds),
                        said_share(*found.measured_ms, in.engine_ms));
  }
  return text + "; confidence " + found.confidence;
}

std::string said_layers(const Found& found) {
  std::vector<std::string> names;
  for (const FoundPlace& place : found.places) {
    if (names.size() == people_layers) break;
    names.push_back(fmt::format("{} '{}'", place.index, shorten_middle(place.layer, 80)));
  }
  std::string text = join(names, ", ");
  if (found.places.size() > names.size()) {
    text += fmt::format(" and {} more", found.places.size() - names.size());
  }
  return text;
}

FactsBlock said_finding(const FoundIn& in, const Found& found, std::size_t number) {
  const FoundRule& rule = in.rules[found.rule];
  FactsBlock block;
  block.audience = Audience::people;
  const std::string state = found.baseline_state.empty() ? "" : found.baseline_state + " ";
  block.title = fmt::format("{}. {}{}: {}", number, state, found.severity, found.message);
  const auto add = [&](std::string_view label, std::string text) {
    if (!text.empty()) {
      block.facts.push_back({.key = "", .label = std::string(label), .value = std::move(text)});
    }
  };
  add("could win", said_gain(in, found));
  add("layers", said_layers(found));
  add("do", found.mitigation.empty() ? rule.mitigation : found.mitigation);
  add("rule", fmt::format("{} ({})", rule.id, rule.code));
  return block;
}

FactsBlock heading(const FoundIn& in) {
  FactsBlock block;
  block.audience = Audience::people;
  if (in.engine_ms) {
    block.facts.push_back(
        {.key = "", .label = "layers' time", .value = said(*in.engine_ms, Unit::milliseconds)});
  }
  if (in.recoverable_ms && in.best_ms) {
    block.facts.push_back({.key = "",
                           .label = "could win",
                           .value = fmt::format("at most {}{}: {} would be left",
                                                said(*in.recoverable_ms, Unit::milliseconds),
                                                said_share(*in.recoverable_ms, in.engine_ms),
                                                said(*in.best_ms, Unit::milliseconds)),
                           .remark = "no layer counted twice"});
  }
  std::map<std::string, std::size_t> counts;
  for (const Found& found : in.findings) {
    if (!found.suppressed_because && found.baseline_state != "absent") ++counts[found.severity];
  }
  std::vector<std::string> said_counts;
  for (const char* severity : {"error", "warning", "note"}) {
    if (counts[severity] > 0) said_counts.push_back(counted(counts[severity], severity));
  }
  block.facts.push_back({.key = "",
                         .label = "findings",
                         .value = said_counts.empty() ? "none" : join(said_counts, ", ")});
  return block;
}

void add_evidence(const FoundIn& in, std::vector<Block>& blocks) {
  ListBlock list{"Read first: how far the evidence goes", {}};
  for (const Found& found : in.evidence) {
    if (found.suppressed_because) continue;
    list.items.push_back(
        fmt::format("{}: {} [{}]", found.severity, found.message, in.rules[found.rule].id));
  }
  blocks.emplace_back(std::move(list));
}

void add_findings(const FoundIn& in, std::size_t most, std::vector<Block>& blocks) {
  std::size_t number = 0, suppressed = 0, left_out = 0;
  for (const Found& found : in.findings) {
    if (found.suppressed_because) {
      ++suppressed;
    } else if (found.baseline_state != "absent") {
      ++number;
      if (most == 0 || number <= most) {
        blocks.emplace_back(said_finding(in, found, number));
      } else {
        ++left_out;
      }
    }
  }
  const auto add = [&](std::size_t count, std::string_view text) {
    if (count > 0) {
      blocks.emplace_back(ParagraphBlock{fmt::format("{} {}", counted(count, "finding"), text)});
    }
  };
  add(left_out, "more, with less to win: --all shows them");
  add(in.below_min_ms, "below --min-ms");
  add(suppressed, "suppressed");
}

void add_rest(const FoundIn& in, std::vector<Block>& blocks) {
  ListBlock good{"What is good", {}};
  for (const FoundGood& positive : in.positives) good.items.push_back(positive.message);
  blocks.emplace_back(std::move(good));

  ListBlock gone{"No longer found", {}};
  for (const Found& found : in.findings) {
    if (found.baseline_state == "absent") {
      gone.items.push_back(fmt::format("{} [{}]", found.message, in.rules[found.rule].id));
    }
  }
  blocks.emplace_back(std::move(gone));

  // Alike reasons in one line.
  std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
  for (const FoundSkipped& skipped : in.skipped) {
    auto at = std::find_if(reasons.begin(), reasons.end(),
                           [&](const auto& r) { return r.first == skipped.reason; });
    if (at == reasons.end()) at = reasons.insert(at, {skipped.reason, {}});
    at->second.push_back(skipped.code);
  }
  ListBlock list{"Not looked at", {}};
  for (const auto& [reason, codes] : reasons) {
    list.items.push_back(
        fmt::format("{}: {} ({})", counted(codes.size(), "rule"), reason, join(codes, " ")));
  }
  blocks.emplace_back(std::move(list));

  ListBlock notes{"Notes", {}};
  for (const FoundNote& note : in.run_notes) {
    notes.items.push_back(fmt::format("{}: {}: {}", note.file, note.path, note.message));
  }
  if (!in.notes.empty()) {
    notes.items.push_back(fmt::format("{} of the files; trex check lists them",
                                      counted(in.notes.size(), "load note")));
  }
  blocks.emplace_back(std::move(notes));
}

}  // namespace

Document lint_report(const FoundIn& in, std::size_t most) {
  Document document{.title = in.engine, .blocks = {}};
  document.blocks.emplace_back(heading(in));
  add_evidence(in, document.blocks);
  add_findings(in, most, document.blocks);
  add_rest(in, document.blocks);
  return document;
}

}  // namespace trex::report
