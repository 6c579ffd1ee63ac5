// Findings as SARIF 2.1.0: what code scanning services and editors read.
//
// A finding points at its first layer: as bytes of the graph file, where they are known, and by
// name. SARIF keeps `locations` for what must change together, so a group's other layers are
// related locations. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/text.hpp"
#include "trex/render/lint_formats.hpp"

namespace trex::render {
namespace {

// Of one finding; all layers are in `trex lint --json`. Services refuse much longer lists (GitHub
// takes 1000 locations a result).
constexpr std::size_t most_related = 100;

Json object(std::initializer_list<Json::Member> members) { return Json(Json::Object(members)); }
Json message(std::string_view text) { return object({{"text", to_valid_utf8(text)}}); }

// "/a/./b/../c" -> "/a/c": SARIF wants its URIs normalised (rule SARIF1002). A path that climbs out
// of where it begins ("../c") keeps those steps.
std::string normalised(std::string_view path) {
  const bool absolute = starts_with(path, "/");
  std::vector<std::string_view> steps;
  for (const std::string_view step : split(path, '/')) {
    if (step.empty() || step == ".") continue;
    const bool can_climb = !steps.empty() && steps.back() != "..";
    if (step == ".." && can_climb) {
      steps.pop_back();
    } else if (step != ".." || !absolute) {
      steps.push_back(step);
    }
  }
  std::string result;
  for (const std::string_view step : steps) {
    if (absolute || !result.empty()) result += '/';
    result += step;
  }
  return result;
}

// RFC 3986: what is not unreserved is percent-encoded; "/" parts the path.
std::string as_uri(std::string_view written_path) {
  const std::string path = normalised(written_path);
  std::string uri = starts_with(path, "/") ? "file://" : "";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       contains("-._~/", std::string_view(&c, 1));
    if (plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json rule_json(const FoundRule& rule) {
  Json tags{Json::Array{}};
  tags.push(rule.group);
  Json result;
  result.set("id", rule.id);
  result.set("shortDescription", message(rule.summary));
  result.set("fullDescription", message(rule.summary + ": " + rule.why));
  result.set("help", message(rule.mitigation + "\n\nSource: " + rule.source));
  result.set("defaultConfiguration", object({{"level", rule.severity}}));
  result.set("properties",
             object({{"code", rule.code}, {"tags", std::move(tags)}, {"source", rule.source}}));
  return result;
}

Json layer_location(std::string_view name, std::string_view engine) {
  return object({{"name", to_valid_utf8(name)},
                 {"fullyQualifiedName", to_valid_utf8(fmt::format("{}::{}", engine, name))},
                 {"kind", "layer"}});
}

// Nothing when neither a file nor a layer can be named.
Json location(const FoundIn& in, std::size_t artifact, const FoundPlace* place,
              const std::vector<std::string>& source_ops) {
  Json result;
  if (!in.graph_file.empty() && in.graph_file != "-") {
    Json physical;
    physical.set("artifactLocation", object({{"uri", as_uri(in.graph_file)}, {"index", artifact}}));
    if (place != nullptr && place->byte_offset && place->byte_length) {
      physical.set("region", object({{"byteOffset", *place->byte_offset},
                                     {"byteLength", *place->byte_length}}));
    }
    result.set("physicalLocation", std::move(physical));
  }
  Json logical{Json::Array{}};
  if (place != nullptr) logical.push(layer_location(place->layer, in.engine));
  for (std::size_t i = 0; i < std::min(source_ops.size(), most_related); ++i) {
    logical.push(object({{"name", to_valid_utf8(source_ops[i])}, {"kind", "operation"}}));
  }
  if (!logical.array()->empty()) result.set("logicalLocations", std::move(logical));
  return result;
}

void set_locations(Json& result, const FoundIn& in, std::size_t artifact, const Found& found) {
  const FoundPlace* first = found.places.empty() ? nullptr : &found.places[0];
  Json main = location(in, artifact, first, found.source_ops);
  if (!main.is_null()) {
    Json list;
    list.push(std::move(main));
    result.set("locations", std::move(list));
  }
  Json related{Json::Array{}};
  for (std::size_t i = 1; i < std::min(found.places.size(), most_related + 1); ++i) {
    Json place = location(in, artifact, &found.places[i], {});
    if (place.is_null()) continue;
    place.set("id", static_cast<std::int64_t>(i));
    related.push(std::move(place));
  }
  if (!related.array()->empty()) result.set("relatedLocations", std::move(related));
}

Json properties(const FoundIn& in, const Found& found) {
  Json evidence{Json::Object{}};
  for (const FoundEvidence& e : found.evidence) evidence.set(e.key, e.value);
  Json result;
  result.set("engine", in.engine);
  result.set("layerCount", static_cast<std::int64_t>(found.places.size()));
  result.set("measuredMs", found.measured_ms);
  result.set("recoverableMs", found.recoverable_ms);
  result.set("confidence", found.confidence);
  result.set("evidence", std::move(evidence));
  return result;
}

Json result_json(const FoundIn& in, std::size_t artifact, const Found& found) {
  Json result;
  result.set("ruleId", in.rules[found.rule].id);
  result.set("ruleIndex", static_cast<std::int64_t>(found.rule));
  result.set("level", found.severity);
  result.set("message", message(found.message));
  set_locations(result, in, artifact, found);
  result.set("partialFingerprints", object({{"trexFinding/v1", found.fingerprint}}));
  if (!found.baseline_state.empty()) result.set("baselineState", found.baseline_state);
  if (found.suppressed_because) {
    Json suppression = object({{"kind", "external"},
                               {"status", "accepted"},
                               {"justification", to_valid_utf8(*found.suppressed_because)}});
    if (!found.suppressed_until.empty()) {
      suppression.set("properties", object({{"expires", found.suppressed_until}}));
    }
    Json list;
    list.push(std::move(suppression));
    result.set("suppressions", std::move(list));
  }
  result.set("properties", properties(in, found));
  return result;
}

// What was tolerated and what was not looked at, so that silence is not taken for health.
void add_notifications(Json& list, const FoundIn& in) {
  const auto add = [&](std::string text) {
    list.push(object({{"level", "note"}, {"message", message(text)}}));
  };
  for (const auto* notes : {&in.notes, &in.run_notes}) {
    for (const FoundNote& note : *notes) {
      add(fmt::format("{}: {}", note.path.empty() ? note.file : note.file + ": " + note.path,
                      note.message));
    }
  }
  for (const FoundSkipped& skipped : in.skipped) {
    add(fmt::format("{}: rule '{}' was skipped: {}", in.engine, skipped.rule, skipped.reason));
  }
}

Json run_json(std::span<const FoundIn> engines, std::string_view version) {
  Json rules{Json::Array{}}, artifacts{Json::Array{}}, results{Json::Array{}},
      notifications{Json::Array{}}, totals{Json::Array{}};
  if (!engines.empty()) {
    for (const FoundRule& rule : engines[0].rules) rules.push(rule_json(rule));
  }
  for (std::size_t i = 0; i < engines.size(); ++i) {
    const FoundIn& in = engines[i];
    Json roles{Json::Array{"analysisTarget"}};
    artifacts.push(object({{"location", object({{"uri", as_uri(in.graph_file)}})},
                           {"description", message(in.engine)},
                           {"roles", std::move(roles)}}));
    for (const Found& found : in.evidence) results.push(result_json(in, i, found));
    for (const Found& found : in.findings) results.push(result_json(in, i, found));
    add_notifications(notifications, in);
    totals.push(object({{"name", in.engine},
                        {"layerTimeMs", in.engine_ms},
                        {"recoverableMs", in.recoverable_ms},
                        {"bestMs", in.best_ms}}));
  }
  Json invocations;
  invocations.push(object(
      {{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(notifications)}}));
  Json driver = object(
      {{"name", "trex"}, {"semanticVersion", std::string(version)}, {"rules", std::move(rules)}});
  Json run;
  run.set("tool", object({{"driver", std::move(driver)}}));
  run.set("invocations", std::move(invocations));
  run.set("artifacts", std::move(artifacts));
  run.set("results", std::move(results));
  run.set("properties", object({{"engines", std::move(totals)}}));
  return run;
}

}  // namespace

std::string sarif(std::span<const FoundIn> engines, std::string_view version) {
  Json runs;
  runs.push(run_json(engines, version));
  Json log;
  log.set("$schema",
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
          "sarif-schema-2.1.0.json");
  log.set("version", "2.1.0");
  log.set("runs", std::move(runs));
  return log.dump(2) + "\n";
}

}  // namespace trex::render
