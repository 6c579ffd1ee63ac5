// `trex lint` for programs: the JSON contract, and one CSV row a finding.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/text.hpp"
#include "trex/report/lint_report.hpp"

namespace trex::report {
namespace {

Json texts(const std::vector<std::string>& list) {
  Json result{Json::Array{}};
  for (const std::string& text : list) result.push(text);
  return result;
}

Json evidence_json(const std::vector<FoundEvidence>& evidence) {
  Json result{Json::Object{}};
  for (const FoundEvidence& e : evidence) result.set(e.key, e.value);
  return result;
}

Json suppressed_json(const Found& found) {
  if (!found.suppressed_because) return {};
  Json result;
  result.set("reason", *found.suppressed_because);
  result.set("expires", found.suppressed_until.empty() ? Json() : Json(found.suppressed_until));
  return result;
}

Json finding_json(const FoundIn& in, const Found& found) {
  const FoundRule& rule = in.rules[found.rule];
  Json layers{Json::Array{}}, indices{Json::Array{}};
  for (const FoundPlace& place : found.places) {
    layers.push(place.layer);
    indices.push(place.index);
  }
  Json result;
  result.set("engine", in.engine);
  result.set("rule", rule.id);
  result.set("code", rule.code);
  result.set("group", rule.group);
  result.set("severity", found.severity);
  result.set("message", found.message);
  result.set("layers", std::move(layers));
  result.set("indices", std::move(indices));
  result.set("tensors", texts(found.tensors));
  result.set("source_ops", texts(found.source_ops));
  result.set("evidence", evidence_json(found.evidence));
  result.set("measured_ms", found.measured_ms);
  result.set("recoverable_ms", found.recoverable_ms);
  result.set("confidence", found.confidence);
  result.set("mitigation", found.mitigation.empty() ? rule.mitigation : found.mitigation);
  result.set("fingerprint", found.fingerprint);
  result.set("baseline_state", found.baseline_state.empty() ? Json() : Json(found.baseline_state));
  result.set("suppressed", suppressed_json(found));
  result.set("fails", found.fails);
  return result;
}

Json positives_json(std::span<const FoundIn> engines) {
  Json list{Json::Array{}};
  for (const FoundIn& in : engines) {
    for (const FoundGood& positive : in.positives) {
      Json item;
      item.set("engine", in.engine);
      item.set("id", positive.id);
      item.set("message", positive.message);
      item.set("evidence", evidence_json(positive.evidence));
      list.push(std::move(item));
    }
  }
  return list;
}

Json notes_json(std::span<const FoundIn> engines) {
  Json list{Json::Array{}};
  for (const FoundIn& in : engines) {
    for (const auto* notes : {&in.notes, &in.run_notes}) {
      for (const FoundNote& note : *notes) {
        Json item;
        item.set("engine", in.engine);
        item.set("file", note.file);
        item.set("path", note.path);
        item.set("message", note.message);
        list.push(std::move(item));
      }
    }
  }
  return list;
}

Json skipped_json(std::span<const FoundIn> engines) {
  Json list{Json::Array{}};
  for (const FoundIn& in : engines) {
    for (const FoundSkipped& skipped : in.skipped) {
      Json item;
      item.set("engine", in.engine);
      item.set("rule", skipped.rule);
      item.set("code", skipped.code);
      item.set("reason", skipped.reason);
      list.push(std::move(item));
    }
  }
  return list;
}

Json engines_json(std::span<const FoundIn> engines) {
  Json list{Json::Array{}};
  for (const FoundIn& in : engines) {
    Json item;
    item.set("name", in.engine);
    item.set("layer_time_ms", in.engine_ms);
    item.set("recoverable_ms", in.recoverable_ms);
    item.set("best_ms", in.best_ms);
    item.set("below_min_ms", static_cast<std::int64_t>(in.below_min_ms));
    list.push(std::move(item));
  }
  return list;
}

template <class Visit>
void each_finding(std::span<const FoundIn> engines, Visit visit) {
  for (const FoundIn& in : engines) {
    for (const Found& found : in.evidence) visit(in, found);
    for (const Found& found : in.findings) visit(in, found);
  }
}

using Text = Key<std::string_view>;

}  // namespace

Document lint_data(std::span<const FoundIn> engines) {
  Json findings{Json::Array{}};
  each_finding(engines, [&](const FoundIn& in, const Found& found) {
    findings.push(finding_json(in, found));
  });
  Document document;
  const auto add = [&](std::string_view key, Json value) {
    document.blocks.emplace_back(
        JsonBlock{.key = std::string(key), .title = "", .value = std::move(value)});
  };
  add("findings", std::move(findings));
  add("positives", positives_json(engines));
  add("notes", notes_json(engines));
  add("skipped", skipped_json(engines));
  add("engines", engines_json(engines));
  return document;
}

Document lint_rows(std::span<const FoundIn> engines) {
  std::vector<std::string> names, rules, severities, messages, layers, confidences, prints;
  std::vector<std::int64_t> counts;
  std::vector<double> measured, recoverable;
  each_finding(engines, [&](const FoundIn& in, const Found& found) {
    names.push_back(in.engine);
    rules.push_back(in.rules[found.rule].id);
    severities.push_back(found.severity);
    messages.push_back(found.message);
    layers.push_back(found.places.empty() ? "" : found.places[0].layer);
    counts.push_back(static_cast<std::int64_t>(found.places.size()));
    measured.push_back(found.measured_ms.value_or(null_real));
    recoverable.push_back(found.recoverable_ms.value_or(null_real));
    confidences.push_back(found.confidence);
    prints.push_back(found.fingerprint);
  });
  Table table;
  table.add(Text{"engine", Unit::none, "engine"}, names);
  table.add(Text{"rule", Unit::none, "id of the rule"}, rules);
  table.add(Text{"severity", Unit::none, "note, warning or error"}, severities);
  table.add(Text{"message", Unit::none, "what was found"}, messages);
  table.add(Text{"layer", Unit::none, "the first of its layers"}, layers);
  table.add(Key<std::int64_t>{"layer_count", Unit::count, "layers it is about"}, std::move(counts));
  table.add(Key<double>{"measured_ms", Unit::milliseconds, "time of its layers"},
            std::move(measured));
  table.add(Key<double>{"recoverable_ms", Unit::milliseconds, "what a change could win"},
            std::move(recoverable));
  table.add(Text{"confidence", Unit::none, "low, medium or high"}, confidences);
  table.add(Text{"fingerprint", Unit::none, "the same after a rebuild"}, prints);
  Document document;
  document.blocks.emplace_back(
      TableBlock{.key = "findings", .title = "", .table = std::move(table)});
  document.json_root = "findings";
  return document;
}

}  // namespace trex::report
