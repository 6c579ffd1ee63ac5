// What the whole file tells: its generation of TensorRT, its verbosity, its optimization profiles;
// and whether there is anything to show.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan_finish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/plan.hpp"

namespace trex {
namespace {

constexpr std::string_view how_to_export =
    "write it with trtexec --exportLayerInfo=FILE --profilingVerbosity=detailed";
constexpr std::size_t most_profiles_listed = 20;

[[noreturn]] void fail_without_layers(const PlanWalk& walk, const PlanSource& source) {
  if (!source.cut_off_at.empty()) {
    fail_at(source.file, source.cut_off_at,
            "the file is cut off before its first layer is whole; copy or export it again");
  }
  if (walk.has_list && walk.entries == 0) {
    throw NoLayersInPlan(
        fmt::format("{}: /Layers: the list of layers is empty, as TensorRT leaves "
                    "it for an engine built with profiling verbosity 'none'; {}",
                    source.file, how_to_export));
  }
  if (walk.has_list || walk.entries > 0) {
    fail_at(source.file, walk.is_engine ? "/Layers" : "",
            fmt::format("nothing in the list is a layer (an object or a name); {}", how_to_export));
  }
  if (!walk.list_type.empty()) {
    fail_at(source.file, "/Layers",
            fmt::format("expected a list of layers, got {}; {}", walk.list_type, how_to_export));
  }
  fail_at(source.file, {},
          fmt::format("no plan graph: there are no 'Layers' in it; {}", how_to_export));
}

int binding_profile_count(const PlanWalk& walk) {
  int last = 0;
  for (const RawBinding& binding : walk.io_tensors.empty() ? walk.bindings : walk.io_tensors) {
    last = std::max(last, std::min(binding.opt_profile, std::numeric_limits<int>::max() - 1));
  }
  return last + 1;
}

std::string list_profiles(const PlanWalk& walk) {
  if (layers_serve_all_profiles(walk)) {
    const int count = binding_profile_count(walk);
    return count == 1 ? "0" : fmt::format("0 to {}", count - 1);
  }
  std::string list;
  std::size_t listed = 0;
  for (const auto& [profile, count] : walk.layers_of_profile) {
    if (listed++ == most_profiles_listed) return list + " ...";
    if (!list.empty()) list += ", ";
    list += std::to_string(profile);
  }
  return list;
}

std::string schema_of(const PlanWalk& walk, bool is_text) {
  if (walk.context.has_io_tensors || walk.context.has_split_format) return "TensorRT 11.x";
  if (walk.context.has_stream_or_metadata) return "TensorRT 8.6 to 10.x";
  // The text of a names-only engine says no more than types and tensors, whatever its version.
  if (is_text && walk.named_layers < walk.file_layers) return "TensorRT, text form";
  if (walk.named_layers < walk.file_layers) return "TensorRT 8.2 to 8.5";
  return "TensorRT, layer names only";
}

// "kDETAILED", "LAYER_NAMES_ONLY", "Layer names only" ...
std::optional<Verbosity> parse_verbosity(std::string_view word) {
  if (contains_ignoring_case(word, "detailed")) return Verbosity::detailed;
  if (contains_ignoring_case(word, "names")) return Verbosity::names_only;
  if (contains_ignoring_case(word, "none")) return Verbosity::none;
  return std::nullopt;
}

// The layers themselves are better evidence than what the file says of itself.
void set_verbosity(const PlanWalk& walk, const std::string& file, Engine& engine) {
  const auto stated = parse_verbosity(walk.verbosity);
  const bool only_names = walk.named_layers == walk.file_layers;
  engine.verbosity = only_names ? stated.value_or(Verbosity::names_only) : Verbosity::detailed;
  if (only_names && engine.verbosity == Verbosity::detailed) {
    engine.verbosity = Verbosity::names_only;
  }
  engine.verbosity_source = stated && *stated == engine.verbosity ? "ProfilingVerbosity"
                            : only_names                          ? "layers are plain names"
                                                                  : "layers have fields";
  if (stated && *stated != engine.verbosity) {
    engine.notes.push_back(
        {file, "/ProfilingVerbosity",
         fmt::format("says '{}', but {}", walk.verbosity, engine.verbosity_source)});
  }
  if (!only_names && walk.named_layers > 0) {
    engine.notes.push_back({file, "/Layers",
                            fmt::format("{} of {} layers are plain names, the others have fields",
                                        walk.named_layers, walk.file_layers)});
  }
}

void set_profiles(const PlanWalk& walk, const PlanSource& source, int opt_profile, Engine& engine) {
  engine.opt_profile = opt_profile;
  engine.opt_profile_count =
      std::max(static_cast<int>(walk.layers_of_profile.size()), binding_profile_count(walk));
  if (walk.kept_layers == walk.file_layers) return;
  engine.notes.push_back(
      {source.file, "/Layers",
       fmt::format("{} of {} layers are of optimization profile {}, which is shown; the file has "
                   "{}: choose with --opt-profile",
                   walk.kept_layers, walk.file_layers, opt_profile, list_profiles(walk))});
}

// "x [profile 1]" -> "x".
std::string_view without_profile(std::string_view name) {
  return trim(name.substr(0, std::min(name.find("[profile "), name.size())));
}

// "I/O Tensors" say more than "Bindings"; a file has one of the two. "I/O Tensors" state the shapes
// of all profiles of a tensor, "Bindings" list "x", "x [profile 1]" ...: the shown profile's is
// kept, or that of profile 0 where a tensor has no other. The rest stays in `profile_bindings`.
void choose_bindings(int opt_profile, Engine& engine) {
  if (engine.opt_profile_count < 2) return;
  engine.profile_bindings = engine.bindings;
  const auto name = engine.profile_bindings[binding::name];
  const auto profile = engine.profile_bindings[binding::opt_profile];
  std::set<std::string_view> listed;
  for (Row row = 0; row < name.size(); ++row) {
    if (profile[row] == opt_profile) listed.insert(without_profile(name[row]));
  }
  engine.bindings = engine.profile_bindings.filter([&](Row row) {
    const bool only = profile[row] == 0 && listed.count(without_profile(name[row])) == 0;
    return profile[row] == opt_profile || only;
  });
}

void note_repeated_names(const std::string& file, Engine& engine) {
  const auto name = engine.layers[layer::name];
  const auto index = engine.layers[layer::index];
  std::vector<bool> seen(engine.strings->size());
  std::int64_t repeated = 0;
  Row first = no_row;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    if (name.is_null(row)) continue;
    if (seen[name.id(row)] && repeated++ == 0) first = row;
    seen[name.id(row)] = true;
  }
  if (repeated == 0) return;
  constexpr int columns = 60;
  engine.notes.push_back(
      {file, fmt::format("/Layers/{}", index[first].value_or(first)),
       fmt::format("'{}' is the name of an earlier layer, too{}",
                   printable(shorten_middle(name[first], columns)),
                   repeated == 1 ? "" : fmt::format(" ({} such layers, here first)", repeated))});
}

}  // namespace

bool layers_serve_all_profiles(const PlanWalk& walk) {
  return walk.layers_of_profile.size() == 1 && walk.layers_of_profile.begin()->first == 0;
}

bool bindings_have_profile(const PlanWalk& walk, int opt_profile) {
  const auto& bindings = walk.io_tensors.empty() ? walk.bindings : walk.io_tensors;
  return std::any_of(bindings.begin(), bindings.end(),
                     [&](const RawBinding& binding) { return binding.opt_profile == opt_profile; });
}

Engine finish_plan(PlanWalk& walk, const PlanSource& source, int opt_profile) {
  const bool half_a_layer = walk.is_one_layer && !source.cut_off_at.empty();
  if (walk.file_layers == 0 || half_a_layer) fail_without_layers(walk, source);
  if (walk.kept_layers == 0) {
    fail_at(
        source.file, {},
        fmt::format("no layer of optimization profile {}; the file has {}: choose one of them with "
                    "--opt-profile",
                    opt_profile, list_profiles(walk)));
  }
  for (const RawBinding& raw : walk.io_tensors.empty() ? walk.bindings : walk.io_tensors) {
    walk.builder.add_binding(raw);
  }
  Engine engine = walk.builder.finish();
  for (Note& note : engine.notes) {
    if (note.file.empty()) note.file = source.file;
  }
  engine.schema = schema_of(walk, source.is_text);
  engine.file_layer_count = walk.file_layers;
  engine.engine_attributes = std::move(walk.attributes);
  engine.graph_text = source.text;
  for (Note& note : engine.notes) note.file = source.file;  // the builder knows no file
  std::vector<Note> notes = source.notes;
  walk.context.notes.append_to(notes, source.file);
  engine.notes.insert(engine.notes.begin(), notes.begin(), notes.end());
  set_verbosity(walk, source.file, engine);
  set_profiles(walk, source, opt_profile, engine);
  choose_bindings(opt_profile, engine);
  note_repeated_names(source.file, engine);
  return engine;
}

}  // namespace trex
