// One engine in one file: written as JSON, read back through the loaders.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/engine_baseline.hpp"

#include <algorithm>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/load/plan.hpp"
#include "trex/report/diff_findings.hpp"
#include "trex/report/known.hpp"

namespace trex::report {
namespace {

constexpr std::int64_t version = 1;
// The median of so many records is known to 2 % of their spread: more would only make the file
// large. They are taken at even distances, in their order.
constexpr std::size_t most_latencies = 4096;

constexpr const Key<double>* time_keys[] = {&layer::time_ms, &layer::median_ms, &layer::total_ms,
                                            &layer::share};

Json reals(std::span<const double> values) {
  Json list{Json::Array{}};
  for (const double value : values) list.push(known(value));
  return list;
}

// The graph's own text where it is JSON; what only the lenient reader understood is put together
// from its layers.
Json graph_json(const Engine& engine) {
  try {
    Json graph = parse_json(engine.graph_text.view(), "graph");
    if (graph.object() != nullptr || graph.array() != nullptr) return graph;
  } catch (const Error&) {
  }
  Json layers{Json::Array{}};
  for (Row row = 0; row < engine.layer_count(); ++row) layers.push(attributes(engine, row));
  Json graph;
  graph.set("Layers", std::move(layers));
  return graph;
}

Json profile_json(const Engine& engine) {
  if (!engine.profile.present) return {};
  Json result;
  result.set("kind", engine.profile.kind);
  result.set("iterations",
             engine.profile.iterations == null_integer ? Json() : Json(engine.profile.iterations));
  result.set("rows", engine.profile.rows);
  result.set("matched_rows", engine.profile.matched_rows);
  result.set("layer_time_ms", std::isfinite(engine.profile.layer_time_ms)
                                  ? Json(engine.profile.layer_time_ms)
                                  : Json());
  for (const Key<double>* key : time_keys) {
    result.set(std::string(key->name), reals(engine.layers[*key].values()));
  }
  Json unmatched{Json::Array{}};
  for (const std::string& name : engine.profile.unmatched) unmatched.push(name);
  result.set("unmatched", std::move(unmatched));
  return result;
}

Json latencies_json(const Engine& engine) {
  if (!engine.timing.has(timing::latency_ms)) return {};
  std::vector<double> values;
  for (const double value : engine.timing[timing::latency_ms].values()) {
    if (std::isfinite(value)) values.push_back(value);
  }
  const std::size_t count = std::min(values.size(), most_latencies);
  std::vector<double> taken;
  taken.reserve(count);
  for (std::size_t i = 0; i < count; ++i) taken.push_back(values[i * values.size() / count]);
  return reals(taken);
}

Json metadata_json(const Metadata& metadata) {
  Json sections{Json::Object{}};
  std::vector<std::pair<std::string, Json>> list;
  for (const MetadataEntry& entry : metadata.entries) {
    auto at = std::find_if(list.begin(), list.end(),
                           [&](const auto& section) { return section.first == entry.section; });
    if (at == list.end()) at = list.insert(list.end(), {entry.section, Json(Json::Object{})});
    at->second.set(entry.key, entry.value);
  }
  for (auto& [name, section] : list) sections.set(name, std::move(section));
  Json latencies{Json::Array{}}, facts{Json::Array{}};
  for (const LatencySummary& latency : metadata.latencies) {
    Json item;
    item.set("name", latency.name);
    const double figures[] = {latency.min, latency.max, latency.mean, latency.median};
    item.set("figures", reals(figures));
    Json percentiles{Json::Array{}};
    for (const auto& [p, value] : latency.percentiles) percentiles.push(Json::Array{p, value});
    item.set("percentiles", std::move(percentiles));
    latencies.push(std::move(item));
  }
  for (const LogFact& fact : metadata.facts) {
    if (!std::isfinite(fact.value)) continue;
    Json item;
    item.set("name", fact.name);
    item.set("value", fact.value);
    item.set("unit", fact.unit);
    facts.push(std::move(item));
  }
  Json result;
  result.set("tensorrt_version", metadata.tensorrt_version);
  result.set("sections", std::move(sections));
  result.set("latencies", std::move(latencies));
  result.set("facts", std::move(facts));
  return result;
}

// Reads what the functions above wrote; what is not as they write it is an Error.
class Reader {
 public:
  Reader(const Bytes& text, const std::string& file)
      : file_(file), root_(parse_json(text.view(), file)) {}

  EngineBaseline read() {
    const Json* stated = root_.find("trex_baseline");
    if (stated == nullptr || stated->integer() == nullptr) {
      fail(
          "{}: this is no baseline of trex diff: write one with trex diff ENGINE "
          "--write-baseline FILE",
          file_);
    }
    if (*stated->integer() != version) {
      fail("{}: baseline version {} is not known, only {}", file_, stated->dump(), version);
    }
    EngineBaseline result;
    std::optional<int> opt_profile;
    if (const auto number = integer(root_, "opt_profile")) opt_profile = static_cast<int>(*number);
    result.engine = load_plan(Bytes::from(member(root_, "graph").dump()), file_, opt_profile);
    result.engine.name = text(root_, "name");
    result.engine.sources.push_back({"baseline", file_, "named"});
    read_profile(result.engine);
    read_latencies(result.engine);
    read_metadata(member(root_, "profile_metadata"), result.engine.profile_metadata);
    read_metadata(member(root_, "build_metadata"), result.engine.build_metadata);
    result.findings = member(root_, "findings").dump();
    return result;
  }

 private:
  [[noreturn]] void fail_member(std::string_view key) const {
    fail("{}: '{}' is missing or of another type; write the baseline again", file_, key);
  }
  const Json& member(const Json& in, std::string_view key) const {
    const Json* found = in.find(key);
    if (found == nullptr) fail_member(key);
    return *found;
  }
  std::string text(const Json& in, std::string_view key) const {
    const Json& found = member(in, key);
    if (found.text() == nullptr) fail_member(key);
    return *found.text();
  }
  const Json::Array& array(const Json& in, std::string_view key) const {
    const Json& found = member(in, key);
    if (found.array() == nullptr) fail_member(key);
    return *found.array();
  }
  std::optional<std::int64_t> integer(const Json& in, std::string_view key) const {
    const Json& found = member(in, key);
    return found.integer() == nullptr ? std::nullopt : std::optional(*found.integer());
  }
  static double real(const Json& value) { return value.number().value_or(null_real); }
  std::vector<double> list(const Json& in, std::string_view key) const {
    std::vector<double> values;
    for (const Json& value : array(in, key)) values.push_back(real(value));
    return values;
  }

  void read_profile(Engine& engine) const {
    const Json& stated = member(root_, "profile");
    if (stated.is_null()) return;
    ProfileFacts& facts = engine.profile;
    facts.present = true;
    facts.file = file_;
    facts.kind = text(stated, "kind");
    facts.iterations = integer(stated, "iterations").value_or(null_integer);
    facts.rows = integer(stated, "rows").value_or(0);
    facts.matched_rows = integer(stated, "matched_rows").value_or(0);
    facts.layer_time_ms = real(member(stated, "layer_time_ms"));
    for (const Json& name : array(stated, "unmatched")) {
      if (name.text() != nullptr) facts.unmatched.push_back(*name.text());
    }
    for (const Key<double>* key : time_keys) {
      std::vector<double> values = list(stated, key->name);
      if (values.size() != engine.layer_count()) {
        fail("{}: '{}' holds {} values for {} layers; write the baseline again", file_, key->name,
             values.size(), engine.layer_count());
      }
      engine.layers.add(*key, std::move(values));
    }
  }

  void read_latencies(Engine& engine) const {
    if (member(root_, "latencies_ms").is_null()) return;
    engine.timing.add(timing::latency_ms, list(root_, "latencies_ms"));
    engine.timing_file = file_;
  }

  void read_metadata(const Json& stated, Metadata& metadata) const {
    if (member(stated, "sections").object() == nullptr) fail_member("sections");
    for (const auto& [section, entries] : *stated.find("sections")->object()) {
      if (entries.object() == nullptr) continue;
      for (const auto& [key, value] : *entries.object()) {
        metadata.entries.push_back({section, key, value, file_});
      }
    }
    metadata.tensorrt_version = text(stated, "tensorrt_version");
    for (const Json& item : array(stated, "latencies")) {
      const std::vector<double> figures = list(item, "figures");
      if (figures.size() != 4) fail_member("figures");
      LatencySummary latency{text(item, "name"), figures[0], figures[1],
                             figures[2],         figures[3], {}};
      for (const Json& pair : array(item, "percentiles")) {
        if (pair.array() == nullptr || pair.array()->size() != 2) fail_member("percentiles");
        latency.percentiles.emplace_back(real((*pair.array())[0]), real((*pair.array())[1]));
      }
      metadata.latencies.push_back(std::move(latency));
    }
    for (const Json& item : array(stated, "facts")) {
      LogFact fact;
      fact.name = text(item, "name");
      fact.value = real(member(item, "value"));
      fact.unit = text(item, "unit");
      metadata.facts.push_back(std::move(fact));
    }
  }

  std::string file_;
  Json root_;
};

}  // namespace

std::string engine_baseline_text(const Engine& engine) {
  Json root;
  root.set("trex_baseline", version);
  root.set("name", engine.name);
  root.set("opt_profile", engine.opt_profile);
  root.set("latencies_ms", latencies_json(engine));
  root.set("profile_metadata", metadata_json(engine.profile_metadata));
  root.set("build_metadata", metadata_json(engine.build_metadata));
  root.set("findings", parse_json(findings_text(engine), "findings"));
  root.set("profile", profile_json(engine));
  root.set("graph", graph_json(engine));
  return root.dump() + "\n";
}

EngineBaseline read_engine_baseline(const Bytes& text, const std::string& file) {
  return Reader(text, file).read();
}

}  // namespace trex::report
