// `trex check`: is the evidence sound? Load notes, pairing, measurement hygiene.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/check_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/report/evidence.hpp"
#include "trex/report/facts.hpp"

namespace trex::report {
namespace {

Table issues_table(const std::vector<EvidenceIssue>& issues) {
  std::vector<std::string> ids, severities, messages;
  for (const EvidenceIssue& issue : issues) {
    ids.push_back(issue.id);
    severities.push_back(issue.severity);
    messages.push_back(issue.message);
  }
  using Text = Key<std::string_view>;
  Table table;
  table.add(Text{"id", Unit::none, "which check"}, ids);
  table.add(Text{"severity", Unit::none, "warning or note"}, severities);
  table.add(Text{"message", Unit::none, "what, and the fix"}, messages);
  return table;
}

FactsBlock pairing(const Engine& engine) {
  const ProfileFacts& profile = engine.profile;
  const View<bool> is_hidden = engine.layers[layer::hidden];
  std::int64_t shown = 0;
  for (Row row = 0; row < is_hidden.size(); ++row) shown += is_hidden.is_true(row) ? 0 : 1;
  FactsBlock block{.key = "paired", .title = "", .facts = {}};
  block.facts = {
      {.key = "layers", .label = "", .value = static_cast<std::int64_t>(engine.layer_count())},
      {.key = "shown_layers", .label = "", .value = shown},
      {.key = "profile_rows", .label = "", .value = profile.rows},
      {.key = "matched", .label = "", .value = profile.matched_rows},
      {.key = "joined_by",
       .label = "",
       .value = profile.joined_by.empty() ? Json() : Json(profile.joined_by)},
      {.key = "iterations",
       .label = "",
       .value = profile.iterations == null_integer ? Json() : Json(profile.iterations)},
  };
  Json unmatched{Json::Array{}};
  for (const std::string& name : profile.unmatched) unmatched.push(name);
  block.facts.push_back({.key = "unmatched", .label = "", .value = std::move(unmatched)});
  block.facts.push_back({.key = "", .label = "profile", .value = said_pairing(engine)});
  return block;
}

constexpr std::size_t people_notes = 40;

ListBlock said_issues(const std::vector<EvidenceIssue>& issues) {
  ListBlock list{"Measurement", {}};
  for (const EvidenceIssue& issue : issues) {
    list.items.push_back(fmt::format("{}: {} [{}]", issue.severity, issue.message, issue.id));
  }
  if (list.items.empty()) list.items.emplace_back("nothing amiss");
  return list;
}

// How a file came to belong to the engine, in words.
std::string said_origin(const SourceFile& source) {
  if (source.how == "sibling") return "found beside the others";
  if (source.how == "content") return "told by its content";
  return source.how == "named" ? "as named" : source.how;
}

FactsBlock said_sources(const Engine& engine) {
  FactsBlock block{.key = "", .title = "Files", .facts = {}};
  for (const SourceFile& source : engine.sources) {
    block.facts.push_back(
        {.key = "", .label = source.kind, .value = source.path, .remark = said_origin(source)});
  }
  return block;
}

// trtexec states the clocks that the GPU can run at, not whether they were held there.
std::string said_clocks(const Engine& engine) {
  const Device device = device_of(engine);
  if (!device.clock_mhz) return "";
  return fmt::format("{:.0f} MHz compute ({}); no file says whether it was locked",
                     *device.clock_mhz, device.clock_source);
}

ListBlock said_notes(const Engine& engine) {
  ListBlock list{"Load notes", {}};
  for (const Note& note : engine.notes) {
    if (list.items.size() == people_notes) {
      list.items.push_back(
          fmt::format("{} more: --json has them all", engine.notes.size() - people_notes));
      break;
    }
    std::string where = note.file;
    if (!note.path.empty()) where += ": " + note.path;
    list.items.push_back(where + ": " + note.message);
  }
  if (list.items.empty()) list.items.emplace_back("none: every file was read as it is");
  return list;
}

}  // namespace

bool has_problems(const Engine& engine) {
  if (!engine.notes.empty()) return true;
  const std::vector<EvidenceIssue> issues = evidence_issues(engine);
  return std::any_of(issues.begin(), issues.end(),
                     [](const EvidenceIssue& issue) { return issue.severity == "warning"; });
}

Document check_report(const Engine& engine) {
  const std::vector<EvidenceIssue> issues = evidence_issues(engine);
  Document document{.title = engine.name, .blocks = {}};
  std::vector<Block>& blocks = document.blocks;

  const bool has_graph = engine.verbosity != Verbosity::unknown;
  const std::string layers =
      has_graph ? fmt::format("{}, schema of {}", engine.file_layer_count, engine.schema)
      : engine.profile.present ? fmt::format("{}, no graph file", engine.file_layer_count)
                               : std::string("unknown: no graph file, no profile");
  FactsBlock identity;
  identity.facts = {{.key = "name", .label = "", .value = engine.name},
                    {.key = "", .label = "layers", .value = layers}};
  if (const std::string clocks = said_clocks(engine); !clocks.empty()) {
    identity.facts.push_back({.key = "", .label = "clocks", .value = clocks});
  }
  blocks.emplace_back(std::move(identity));
  blocks.emplace_back(pairing(engine));
  TableBlock sources{.key = "sources", .title = "", .table = sources_table(engine)};
  sources.audience = Audience::programs;
  blocks.emplace_back(std::move(sources));
  blocks.emplace_back(said_sources(engine));

  TableBlock table{.key = "issues", .title = "", .table = issues_table(issues)};
  table.audience = Audience::programs;
  blocks.emplace_back(std::move(table));
  blocks.emplace_back(said_issues(issues));
  TableBlock notes{.key = "notes", .title = "", .table = notes_table(engine)};
  notes.audience = Audience::programs;
  blocks.emplace_back(std::move(notes));
  blocks.emplace_back(said_notes(engine));
  return document;
}

}  // namespace trex::report
