// `findings`: a row a finding, as `trex lint --json` has them; `notes`: a row a load note.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/json.hpp"
#include "trex/report/facts.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

using I = std::int64_t;
using T = std::string_view;

namespace findings_column {
constexpr Key<T> rule{"rule", Unit::none, "id of the rule"};
constexpr Key<T> code{"code", Unit::none, "the rule's alias"};
// Not "group", as lint's JSON has it: a word of SQL.
constexpr Key<T> rule_group{"rule_group", Unit::none, "group of the rule"};
constexpr Key<T> severity{"severity", Unit::none, "note, warning or error"};
constexpr Key<T> message{"message", Unit::none, "what was found"};
constexpr Key<Texts> layers{"layers", Unit::none, "names of its layers; the first is the main one"};
constexpr Key<Integers> indices{"indices", Unit::none, "their `index` in `layers`"};
constexpr Key<Texts> tensors{"tensors", Unit::none, "names of the tensors it is about"};
constexpr Key<Texts> source_ops{"source_ops", Unit::none, "source ops of its layers"};
constexpr Key<double> measured_ms{"measured_ms", Unit::milliseconds, "time of its layers"};
constexpr Key<double> recoverable_ms{"recoverable_ms", Unit::milliseconds,
                                     "what a change could win"};
constexpr Key<T> confidence{"confidence", Unit::none, "low, medium or high"};
constexpr Key<T> evidence{"evidence", Unit::none, "the figures that made the rule fire, as JSON"};
constexpr Key<T> mitigation{"mitigation", Unit::none, "what to do"};
constexpr Key<T> fingerprint{"fingerprint", Unit::none, "the same after a rebuild"};

constexpr Key<T> note_file{"file", Unit::none, "file"};
constexpr Key<T> note_path{"path", Unit::none, "JSON path or line"};
constexpr Key<T> note_message{"message", Unit::none, "what was tolerated"};
}  // namespace findings_column

std::string evidence_text(const Found& found) {
  Json object{Json::Object{}};
  for (const FoundEvidence& figure : found.evidence) object.set(figure.key, figure.value);
  return object.dump();
}

class Findings {
 public:
  explicit Findings(std::shared_ptr<StringPool> strings) : strings_(std::move(strings)) {}

  void add(const FoundRule& of, const Found& found) {
    rule_.push_back(strings_->intern(of.id));
    code_.push_back(strings_->intern(of.code));
    group_.push_back(strings_->intern(of.group));
    severity_.push_back(strings_->intern(found.severity));
    message_.push_back(strings_->intern(found.message));
    std::vector<StringId> names;
    std::vector<std::int64_t> rows;
    for (const FoundPlace& place : found.places) {
      names.push_back(strings_->intern(place.layer));
      rows.push_back(place.index);
    }
    layers_.push(names);
    indices_.push(rows);
    push_texts(tensors_, found.tensors);
    push_texts(source_ops_, found.source_ops);
    measured_ms_.push_back(found.measured_ms.value_or(null_real));
    recoverable_ms_.push_back(found.recoverable_ms.value_or(null_real));
    confidence_.push_back(strings_->intern(found.confidence));
    evidence_.push_back(strings_->intern(evidence_text(found)));
    mitigation_.push_back(
        strings_->intern(found.mitigation.empty() ? of.mitigation : found.mitigation));
    fingerprint_.push_back(strings_->intern(found.fingerprint));
  }

  Table take() && {
    using namespace findings_column;
    Table table(strings_);
    table.add(rule, std::move(rule_)).add(code, std::move(code_));
    table.add(rule_group, std::move(group_)).add(severity, std::move(severity_));
    table.add(message, std::move(message_)).add(layers, std::move(layers_));
    table.add(indices, std::move(indices_)).add(tensors, std::move(tensors_));
    table.add(source_ops, std::move(source_ops_)).add(measured_ms, std::move(measured_ms_));
    table.add(recoverable_ms, std::move(recoverable_ms_)).add(confidence, std::move(confidence_));
    table.add(evidence, std::move(evidence_)).add(mitigation, std::move(mitigation_));
    table.add(fingerprint, std::move(fingerprint_));
    return table;
  }

 private:
  void push_texts(Lists<StringId>& list, const std::vector<std::string>& texts) {
    std::vector<StringId> ids;
    for (const std::string& text : texts) ids.push_back(strings_->intern(text));
    list.push(ids);
  }

  std::shared_ptr<StringPool> strings_;
  std::vector<StringId> rule_, code_, group_, severity_, message_, confidence_, evidence_,
      mitigation_, fingerprint_;
  Lists<StringId> layers_, tensors_, source_ops_;
  Lists<std::int64_t> indices_;
  std::vector<double> measured_ms_, recoverable_ms_;
};

Table make_findings(EngineTables& tables) {
  const FoundIn& found_in = tables.findings();
  Findings findings(tables.engine().strings);
  for (const Found& found : found_in.evidence) findings.add(found_in.rules[found.rule], found);
  for (const Found& found : found_in.findings) findings.add(found_in.rules[found.rule], found);
  return std::move(findings).take();
}

Table make_notes(EngineTables& tables) { return report::notes_table(tables.engine()); }

}  // namespace

TableSpec findings_spec() {
  using namespace findings_column;
  return {"findings", "a finding of lint: default thresholds, nothing suppressed",
          engine_columns(rule, code, rule_group, severity, message, layers, indices, tensors,
                         source_ops, measured_ms, recoverable_ms, confidence, evidence, mitigation,
                         fingerprint),
          make_findings};
}

TableSpec notes_spec() {
  using namespace findings_column;
  return {"notes", "something odd that was tolerated while loading",
          engine_columns(note_file, note_path, note_message), make_notes};
}

}  // namespace trex::store
