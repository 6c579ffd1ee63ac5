// A lint result as plain data: rows become names and places, rules their texts.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/lint_findings.hpp"

#include <map>

#include "trex/base/text.hpp"
#include "trex/lint/fingerprint.hpp"

namespace trex::report {
namespace {

using RuleNumbers = std::map<std::string_view, std::size_t>;

std::vector<FoundEvidence> copied(const std::vector<lint::Evidence>& evidence) {
  std::vector<FoundEvidence> result;
  for (const lint::Evidence& e : evidence) result.push_back({e.key, e.value, e.unit});
  return result;
}

// Bytes of layers whose text was mended point nowhere: the table has none for them.
std::vector<FoundPlace> places_of(const Engine& engine, const lint::Finding& finding) {
  const auto name = engine.layers[layer::name];
  const auto index = engine.layers[layer::index];
  const auto offset = engine.layers[layer::byte_offset];
  const auto length = engine.layers[layer::byte_length];
  std::vector<FoundPlace> places;
  places.reserve(finding.layers.size());
  for (const Row row : finding.layers) {
    places.push_back({std::string(name[row]), index[row].value_or(row), offset[row], length[row]});
  }
  return places;
}

std::vector<Found> copied(const Engine& engine, const std::vector<lint::Finding>& findings,
                          const RuleNumbers& numbers) {
  const std::vector<std::string> prints = lint::fingerprints(engine, findings);
  std::vector<Found> result;
  result.reserve(findings.size());
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const lint::Finding& finding = findings[i];
    Found found;
    found.rule = numbers.at(finding.rule);
    found.severity = lint::severity_name(finding.severity);
    found.confidence = lint::confidence_name(finding.confidence);
    found.message = finding.message;
    found.mitigation = finding.mitigation;
    found.places = places_of(engine, finding);
    found.tensors = finding.tensors;
    found.source_ops = finding.source_ops;
    found.evidence = copied(finding.evidence);
    found.measured_ms = finding.measured_ms;
    found.recoverable_ms = finding.recoverable_ms;
    found.fingerprint = prints[i];
    result.push_back(std::move(found));
  }
  return result;
}

}  // namespace

FoundRule found_rule(const lint::Rule& rule) {
  FoundRule found;
  found.id = rule.id;
  found.code = rule.code;
  found.group = lint::group_title(rule.group);
  found.summary = rule.summary;
  found.why = rule.why;
  found.mitigation = rule.mitigation;
  found.source = rule.source;
  // By time: anything; what most findings of a fast engine are is the middle.
  found.severity =
      lint::severity_name(rule.severity.by_time ? lint::Severity::warning : rule.severity.fixed);
  return found;
}

FoundIn lint_findings(const Engine& engine, const std::vector<const lint::Rule*>& rules,
                      const lint::Result& result) {
  FoundIn found;
  found.engine = engine.name;
  for (const SourceFile& source : engine.sources) {
    if (source.kind == "graph") found.graph_file = source.path;
  }
  RuleNumbers numbers;
  for (const lint::Rule* rule : rules) {
    numbers.emplace(rule->id, found.rules.size());
    found.rules.push_back(found_rule(*rule));
  }
  found.evidence = copied(engine, result.evidence, numbers);
  found.findings = copied(engine, result.findings, numbers);
  for (const lint::Positive& positive : result.positives) {
    found.positives.push_back({positive.id, positive.message, copied(positive.evidence)});
  }
  for (const lint::Skipped& skipped : result.skipped) {
    found.skipped.push_back(
        {std::string(skipped.rule->id), std::string(skipped.rule->code), skipped.reason});
  }
  for (const Note& note : engine.notes) found.notes.push_back({note.file, note.path, note.message});
  found.engine_ms = result.engine_ms;
  found.recoverable_ms = result.recoverable_ms;
  found.best_ms = result.best_ms;
  return found;
}

}  // namespace trex::report
