// `trex diff`: what changed, where, why, and whether it is real.
//
// People read the gate and the story first, then the waterfall, then figures and pairs; programs
// get everything. What the two engines cannot be compared in is said before anything else.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/diff_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/document/units.hpp"
#include "trex/report/facts.hpp"

namespace trex::report {
namespace {

constexpr std::size_t people_findings = 5;

// What each of the two is, for programs.
JsonBlock side_json(std::string key, const compare::ComparedSide& side) {
  Json result;
  result.set("name", side.engine.name);
  result.set("schema", side.engine.schema);
  const std::string version = compare::tensorrt_version(side.engine);
  result.set("tensorrt_version", version.empty() ? Json() : Json(version));
  const std::string& device = side.context.device.name;
  result.set("device", device.empty() ? Json() : Json(device));
  result.set("batch", Json(compare::batch_size(side.engine)));
  Json files{Json::Array{}};
  for (const SourceFile& source : side.engine.sources) files.push(source.path);
  result.set("files", std::move(files));
  return {std::move(key), "", std::move(result), Audience::programs};
}

JsonBlock mismatches_json(const std::vector<compare::Mismatch>& mismatches) {
  Json list{Json::Array{}};
  for (const compare::Mismatch& mismatch : mismatches) {
    Json item;
    item.set("what", mismatch.what);
    item.set("a", mismatch.a);
    item.set("b", mismatch.b);
    item.set("message", mismatch.message);
    item.set("serious", mismatch.serious);
    list.push(std::move(item));
  }
  return {"comparability", "", std::move(list), Audience::programs};
}

Json texts(const std::vector<std::string>& list) {
  Json result{Json::Array{}};
  for (const std::string& text : list) result.push(text);
  return result;
}

std::vector<Block> findings_blocks(const compare::FindingsChange& findings) {
  Json json;
  if (findings.known) {
    json.set("added", texts(findings.added));
    json.set("removed", texts(findings.removed));
    json.set("kept", findings.kept);
  }
  std::vector<Block> blocks;
  blocks.emplace_back(JsonBlock{"findings", "", std::move(json), Audience::programs});
  const auto list = [&](std::string_view what, const std::vector<std::string>& messages) {
    ListBlock block{fmt::format("{} {}", counted(messages.size(), "finding"), what), {}};
    for (std::size_t i = 0; i < std::min(messages.size(), people_findings); ++i) {
      block.items.push_back(short_name(messages[i], 200));
    }
    if (messages.size() > people_findings) {
      block.items.push_back(
          fmt::format("{} more: trex lint tells all", messages.size() - people_findings));
    }
    blocks.emplace_back(std::move(block));
  };
  list("new", findings.added);
  list("gone", findings.removed);
  return blocks;
}

void append(std::vector<Block>& to, std::vector<Block> blocks) {
  for (Block& block : blocks) to.push_back(std::move(block));
}

}  // namespace

Document diff_report(const DiffInput& input, const DiffQuery& query) {
  Document document{.title = fmt::format("{} → {}", short_name(input.a.engine.name, 60),
                                         short_name(input.b.engine.name, 60)),
                    .blocks = {}};
  std::vector<Block>& blocks = document.blocks;
  blocks.emplace_back(side_json("a", input.a));
  blocks.emplace_back(side_json("b", input.b));
  for (const compare::Mismatch& mismatch : input.mismatches) {
    blocks.emplace_back(ParagraphBlock{mismatch.message, mismatch.serious});
  }
  blocks.emplace_back(mismatches_json(input.mismatches));
  if (input.gate) append(blocks, gate_blocks(*input.gate));
  blocks.emplace_back(ListBlock{"What changed", diff_story(input)});
  append(blocks, waterfall_blocks(input));
  append(blocks, totals_blocks(input));
  append(blocks, findings_blocks(input.findings));
  blocks.emplace_back(pairs_block(input, query));
  // Always there for programs, so that a script need not ask whether there was a gate.
  if (!input.gate) {
    Json gate;
    gate.set("passed", true);
    gate.set("reasons", Json::Array{});
    gate.set("checks", Json::Array{});
    blocks.emplace_back(JsonBlock{"gate", "", std::move(gate), Audience::programs});
  }
  return document;
}

}  // namespace trex::report
