// Which findings were there before.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/lint_baseline.hpp"

#include <algorithm>
#include <map>

#include "trex/base/error.hpp"

namespace trex::report {
namespace {

constexpr std::int64_t version = 1;

struct Entry {
  std::string rule, severity, message;
  bool seen = false;
};
using Entries = std::map<std::string, Entry>;  // by fingerprint

std::string text_of(const Json& item, std::string_view key, std::string_view file,
                    std::size_t number) {
  const Json* value = item.find(key);
  if (value != nullptr && value->text() != nullptr) return *value->text();
  fail("{}: finding {}: no text '{}'; write the baseline again with --write-baseline", file, number,
       key);
}

std::map<std::string, Entries> read(std::string_view text, std::string_view file) {
  const Json root = parse_json(text, file);
  const Json* stated = root.find("version");
  const Json* list = root.find("findings");
  if (stated == nullptr || list == nullptr || list->array() == nullptr) {
    fail(
        "{}: this is no baseline: 'version' and 'findings' are expected, as --write-baseline "
        "writes them",
        file);
  }
  if (stated->integer() == nullptr || *stated->integer() != version) {
    fail("{}: baseline version {} is not known, only {}", file, stated->dump(), version);
  }
  std::map<std::string, Entries> result;
  std::size_t number = 0;
  for (const Json& item : *list->array()) {
    ++number;
    result[text_of(item, "engine", file, number)][text_of(item, "fingerprint", file, number)] = {
        text_of(item, "rule", file, number), text_of(item, "severity", file, number),
        text_of(item, "message", file, number), false};
  }
  return result;
}

void mark(std::vector<Found>& findings, Entries& entries) {
  for (Found& found : findings) {
    const auto at = entries.find(found.fingerprint);
    found.baseline_state = at == entries.end() ? "new" : "unchanged";
    if (at != entries.end()) at->second.seen = true;
  }
}

// A rule that did not run says nothing of what is gone.
void add_absent(FoundIn& in, const Entries& entries) {
  std::map<std::string_view, std::size_t> numbers;
  for (std::size_t i = 0; i < in.rules.size(); ++i) numbers.emplace(in.rules[i].id, i);
  for (const FoundSkipped& skipped : in.skipped) numbers.erase(skipped.rule);
  for (const auto& [fingerprint, entry] : entries) {
    const auto rule = numbers.find(entry.rule);
    if (entry.seen || rule == numbers.end()) continue;
    Found found;
    found.rule = rule->second;
    found.severity = entry.severity;
    found.confidence = "high";
    found.message = entry.message;
    found.fingerprint = fingerprint;
    found.baseline_state = "absent";
    in.findings.push_back(std::move(found));
  }
}

}  // namespace

std::string baseline_text(std::span<const FoundIn> engines) {
  Json list{Json::Array{}};
  for (const FoundIn& in : engines) {
    for (const auto* findings : {&in.evidence, &in.findings}) {
      for (const Found& found : *findings) {
        if (found.baseline_state == "absent") continue;
        Json item;
        item.set("engine", in.engine);
        item.set("rule", in.rules[found.rule].id);
        item.set("fingerprint", found.fingerprint);
        item.set("severity", found.severity);
        item.set("message", found.message);
        list.push(std::move(item));
      }
    }
  }
  Json root;
  root.set("version", version);
  root.set("findings", std::move(list));
  return root.dump(2) + "\n";
}

void compare_with_baseline(std::span<FoundIn> engines, std::string_view text,
                           std::string_view file) {
  std::map<std::string, Entries> baseline = read(text, file);
  for (FoundIn& in : engines) {
    auto at = baseline.find(in.engine);
    if (at == baseline.end() && engines.size() == 1 && baseline.size() == 1) at = baseline.begin();
    Entries none;
    Entries& entries = at == baseline.end() ? none : at->second;
    mark(in.evidence, entries);
    mark(in.findings, entries);
    add_absent(in, entries);
  }
}

}  // namespace trex::report
