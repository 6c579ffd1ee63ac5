// The files of one engine -> Engine: each is read, the profile is joined, the rest is kept.
//
// A side file that cannot be read costs only what it would have told: its error becomes a note.
// Without a graph the profile's rows are the layers, and without either the timing or the log is
// still worth showing.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/load.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/dla.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/find_errors.hpp"
#include "trex/load/gpu_samples.hpp"
#include "trex/load/metadata.hpp"
#include "trex/load/plan.hpp"
#include "trex/load/plan_text.hpp"
#include "trex/load/profile.hpp"
#include "trex/load/quoted.hpp"
#include "trex/load/sniff.hpp"
#include "trex/load/timing.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {
namespace {

void set_without_graph(Engine& engine) {
  engine.verbosity = Verbosity::unknown;
  engine.verbosity_source = "no graph file";
  engine.schema = "no graph file";
}

Engine engine_of_rows(const Profile& profile) {
  EngineBuilder builder;
  builder.reserve(profile.rows.size(), 0);
  RawLayer raw;
  for (std::size_t i = 0; i < profile.rows.size(); ++i) {
    raw.clear();
    raw.name = profile.rows[i].name;
    raw.index = static_cast<std::int64_t>(i);
    builder.add_layer(raw);
  }
  Engine engine = builder.finish();
  set_without_graph(engine);
  return engine;
}

// What a log or metadata file has, without what is already known.
void merge(Metadata& into, const Metadata& from) {
  const std::size_t known = into.entries.size();
  std::vector<std::pair<std::string_view, std::string_view>> keys;
  for (std::size_t i = 0; i < known; ++i) {
    keys.emplace_back(into.entries[i].section, into.entries[i].key);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<MetadataEntry> added;
  for (const MetadataEntry& entry : from.entries) {
    const std::pair<std::string_view, std::string_view> key(entry.section, entry.key);
    if (!std::binary_search(keys.begin(), keys.end(), key)) added.push_back(entry);
  }
  std::move(added.begin(), added.end(), std::back_inserter(into.entries));
  const std::size_t latencies = into.latencies.size();
  for (const LatencySummary& latency : from.latencies) {
    const auto same = [&](const LatencySummary& l) { return l.name == latency.name; };
    const auto end = into.latencies.begin() + static_cast<std::ptrdiff_t>(latencies);
    if (std::find_if(into.latencies.begin(), end, same) == end) into.latencies.push_back(latency);
  }
  into.facts.insert(into.facts.end(), from.facts.begin(), from.facts.end());
  if (into.tensorrt_version.empty()) into.tensorrt_version = from.tensorrt_version;
  if (into.command_line.empty()) into.command_line = from.command_line;
}

class Loader {
 public:
  explicit Loader(const EngineFiles& files) : files_(files) {}
  Engine load();

 private:
  // Runs `read`; its error becomes a note.
  template <class Read>
  void try_reading(const std::string& file, Read read) {
    if (file.empty()) return;
    try {
      read();
    } catch (const Error& error) {
      if (first_error_.empty()) first_error_ = error.what();
      std::string_view message = error.what();
      if (starts_with(message, file + ": ")) message.remove_prefix(file.size() + 2);
      engine_.notes.push_back({file, "", fmt::format("not used: {}", message)});
    }
  }
  void take_stdin();
  void read_graph();
  void take_beside(OtherDocuments& other);
  void read_graph_in_logs();
  bool has_graph() const { return !files_.graph.empty() || graph_in_log_; }
  void read_logs();
  LogContents read_log(const std::string& file);
  void read_metadata();
  void read_profile();
  void note_rows_as_layers(const std::string& file);
  void read_timing();
  void read_gpu_samples();
  void list_sources();
  void compare_machines();
  void check_anything_read();

  EngineFiles files_;
  Bytes standard_input_;
  Engine engine_;
  LogContents build_log_, profile_log_;
  std::string first_error_;
  Bytes profile_beside_, timing_beside_, metadata_beside_;  // what stood in the graph's file
  bool graph_in_log_ = false;
  std::string no_layers_;  // the graph has an empty list: what to say of it

  Bytes read(const std::string& path) { return path == "-" ? standard_input_ : read_file(path); }
};

// What comes on standard input may be any of the files: its content decides.
void Loader::take_stdin() {
  if (files_.graph != "-") {
    for (const FileRole& role : file_roles()) {
      if (files_.*role.path == "-") standard_input_ = read_file("-");
    }
    return;
  }
  standard_input_ = read_file("-");
  const FileKind kind = sniff(standard_input_.view().substr(0, sniff_bytes));
  if (has_plan_behind(standard_input_.view(), kind)) return;
  std::string EngineFiles::*member = nullptr;
  if (kind == FileKind::profile || kind == FileKind::torch_tensorrt_profile) {
    member = &EngineFiles::profile;
  } else if (kind == FileKind::timing) {
    member = &EngineFiles::timing;
  } else if (kind == FileKind::metadata) {
    member = &EngineFiles::profile_metadata;
  } else if (kind == FileKind::trtexec_log) {
    member = &EngineFiles::profile_log;
  }
  if (member == nullptr) return;
  files_.graph.clear();
  files_.*member = "-";
}

void Loader::read_graph() {
  if (files_.graph.empty()) return;
  const Bytes text = read(files_.graph);
  const FileKind kind = sniff(text.view().substr(0, sniff_bytes));
  const bool is_plan = is_graph(kind) || has_plan_behind(text.view(), kind);
  if (is_side_file(kind) && !is_plan) {
    fail("{}: a {}, not a graph; give it as such", files_.graph, file_kind_name(kind));
  }
  // What is not recognised may still be a graph that only the loader's mending pass can read.
  if (!is_plan && kind != FileKind::unknown) fail_as_not_loadable(files_.graph, kind);
  std::vector<OtherDocuments> others;
  try {
    engine_ = load_plan(text, files_.graph, files_.opt_profile, &others);
  } catch (const NoLayersInPlan& error) {
    no_layers_ = error.what();  // an error only where no profile names the layers
  }
  for (OtherDocuments& other : others) take_beside(other);
}

// A document that stands in the graph's file serves where no file of its own was given.
void Loader::take_beside(OtherDocuments& other) {
  const std::string_view name = file_kind_name(other.kind);
  const bool is_timing = other.kind == FileKind::timing;
  const bool is_metadata = other.kind == FileKind::metadata;
  if (!is_metadata && !(is_timing ? files_.timing : files_.profile).empty()) {
    engine_.notes.push_back(
        {files_.graph, "",
         fmt::format("a {} stands in the same file; left out, for {} is given", name,
                     quoted_name(is_timing ? files_.timing : files_.profile))});
    return;
  }
  engine_.notes.push_back(
      {files_.graph, "", fmt::format("a {} stands in the same file; read as this engine's", name)});
  Bytes& kept = is_metadata ? metadata_beside_ : is_timing ? timing_beside_ : profile_beside_;
  kept = Bytes::from(std::move(other.text));
}

// trtexec --dumpLayerInfo prints the layers into its log.
void Loader::read_graph_in_logs() {
  for (const std::string& file : {files_.profile_log, files_.build_log}) {
    if (has_graph() || file.empty()) continue;
    try_reading(file, [&] {
      const auto text = plan_text_in_log(read(file).view());
      if (!text) return;
      engine_ = load_plan(Bytes::from(*text), file, files_.opt_profile);
      graph_in_log_ = true;
    });
  }
}

LogContents Loader::read_log(const std::string& file) {
  LogContents contents;
  try_reading(file, [&] {
    contents = load_trtexec_log(read(file), file, *engine_.strings, engine_.notes);
  });
  return contents;
}

void Loader::read_logs() {
  profile_log_ = read_log(files_.profile_log);
  // One log of build and run fills both places and is read once.
  if (files_.build_log == files_.profile_log) {
    build_log_ = profile_log_;
  } else {
    build_log_ = read_log(files_.build_log);
  }
  const bool no_profile_facts = files_.profile_log.empty() && files_.profile_metadata.empty();
  const bool no_build_facts = files_.build_log.empty() && files_.build_metadata.empty();
  if (no_profile_facts && build_log_.is_profile_log) profile_log_ = build_log_;
  if (no_build_facts && profile_log_.is_build_log) build_log_ = profile_log_;
  engine_.profile_metadata = profile_log_.metadata;
  engine_.build_metadata = build_log_.metadata;
}

void Loader::read_metadata() {
  const auto add = [&](const std::string& file, Metadata& into) {
    try_reading(file, [&] {
      // The log, where there is one, has whole values; TREx's files cut them at a colon.
      merge(into, load_metadata_json(read(file), file, engine_.notes));
    });
  };
  add(files_.profile_metadata, engine_.profile_metadata);
  add(files_.build_metadata, engine_.build_metadata);
  if (metadata_beside_.size() == 0) return;
  const bool built = contains(metadata_beside_.view(), "build_options");
  try_reading(files_.graph, [&] {
    merge(built ? engine_.build_metadata : engine_.profile_metadata,
          load_metadata_json(metadata_beside_, files_.graph, engine_.notes));
  });
}

void Loader::read_profile() {
  std::optional<Profile> profile;
  const bool is_beside = profile_beside_.size() > 0;
  std::string file = is_beside ? files_.graph : files_.profile;
  StringPool strings;  // the rows' names, until the engine has them
  try_reading(file, [&] {
    profile = load_profile(is_beside ? profile_beside_ : read(file), file, strings);
  });
  if (!profile) {
    const bool from_profile_log = profile_log_.profile.has_value();
    profile = from_profile_log ? profile_log_.profile : build_log_.profile;
    file = from_profile_log && !files_.profile_log.empty() ? files_.profile_log : files_.build_log;
  }
  if (!profile) return;
  // A log's table names its rows in the pool of the engine that may be replaced here.
  const std::shared_ptr<StringPool> row_names = engine_.strings;
  if (!has_graph() || !no_layers_.empty()) {
    std::vector<Note> notes = std::move(engine_.notes);
    Engine rows = engine_of_rows(*profile);
    rows.profile_metadata = std::move(engine_.profile_metadata);
    rows.build_metadata = std::move(engine_.build_metadata);
    rows.notes = std::move(notes);
    engine_ = std::move(rows);
    note_rows_as_layers(file);
  }
  join_profile(engine_, *profile, file);
}

void Loader::note_rows_as_layers(const std::string& file) {
  if (no_layers_.empty()) {
    engine_.notes.push_back(
        {file, "",
         "no graph file: the profile's rows are shown as layers, without types, "
         "tensors or precision; export it with trtexec --exportLayerInfo"});
    return;
  }
  engine_.verbosity = Verbosity::none;
  engine_.verbosity_source = "the list of layers is empty";
  engine_.schema = "graph without layers";
  engine_.notes.push_back(
      {files_.graph, "/Layers",
       "the list of layers is empty (profiling verbosity 'none'): the profile's rows are shown as "
       "layers; rebuild with trtexec --profilingVerbosity=detailed"});
}

void Loader::read_timing() {
  const bool is_beside = timing_beside_.size() > 0;
  const std::string file = is_beside ? files_.graph : files_.timing;
  try_reading(file, [&] {
    Timing timing = load_timing(is_beside ? timing_beside_ : read(file), file);
    engine_.timing = std::move(timing.table);
    engine_.timing_file = file;
    std::move(timing.notes.begin(), timing.notes.end(), std::back_inserter(engine_.notes));
  });
}

void Loader::read_gpu_samples() {
  try_reading(files_.gpu_samples, [&] {
    for (MetadataEntry& entry :
         load_gpu_recording(read(files_.gpu_samples), files_.gpu_samples, engine_.notes)) {
      engine_.profile_metadata.entries.push_back(std::move(entry));
    }
  });
}

void Loader::list_sources() {
  for (const FileRole& role : file_roles()) {
    const std::string& path = files_.*role.path;
    if (path.empty()) continue;
    const auto is_it = [&](const SourceFile& s) { return s.path == path && s.kind == role.kind; };
    const auto found = std::find_if(files_.how.begin(), files_.how.end(), is_it);
    engine_.sources.push_back(
        found != files_.how.end() ? *found : SourceFile{std::string(role.kind), path, "named"});
  }
  if (profile_beside_.size() > 0) {
    engine_.sources.push_back({"profile", files_.graph, "content"});
  }
  if (timing_beside_.size() > 0) engine_.sources.push_back({"timing", files_.graph, "content"});
}

std::string text_of(const Metadata& metadata, std::string_view section, std::string_view key) {
  const Json* value = metadata.find(section, key);
  return value != nullptr && value->text() != nullptr ? *value->text() : "";
}

// A plan runs best where it was built, and a profile of another machine explains nothing.
void Loader::compare_machines() {
  const auto note = [&](const char* what, const std::string& build, const std::string& profile) {
    if (build.empty() || profile.empty() || build == profile) return;
    engine_.notes.push_back(
        {files_.profile_log.empty() ? files_.profile_metadata : files_.profile_log, "",
         fmt::format("built {} {} but profiled {} {}", what, quoted_name(build), what,
                     quoted_name(profile))});
  };
  const Metadata& build = engine_.build_metadata;
  const Metadata& profile = engine_.profile_metadata;
  note("on", text_of(build, "device_information", "Selected Device"),
       text_of(profile, "device_information", "Selected Device"));
  note("with TensorRT", build.tensorrt_version, profile.tensorrt_version);
}

void Loader::check_anything_read() {
  if (!no_layers_.empty() && !engine_.profile.present) throw Error(no_layers_);
  const bool has_metadata =
      !engine_.profile_metadata.entries.empty() || !engine_.build_metadata.entries.empty() ||
      !engine_.profile_metadata.facts.empty() || !engine_.build_metadata.facts.empty();
  const bool has_layers = has_graph() || engine_.profile.present;
  if (has_layers || engine_.timing.row_count() > 0 || has_metadata) {
    if (!has_layers) {
      engine_.notes.push_back({"", "",
                               "neither a graph nor a profile: no layer is known; export them with "
                               "trtexec --exportLayerInfo and --exportProfile"});
    }
    return;
  }
  if (!first_error_.empty()) throw Error(first_error_);
  fail("{}: no file to load; give a graph JSON", files_.name.empty() ? "engine" : files_.name);
}

Engine Loader::load() {
  take_stdin();
  engine_ = EngineBuilder().finish();
  set_without_graph(engine_);
  read_graph();
  read_graph_in_logs();
  read_logs();
  read_metadata();
  read_profile();
  read_timing();
  check_anything_read();
  read_gpu_samples();
  std::vector<LogContents::Placement> placements = build_log_.placements;
  if (placements.empty()) placements = profile_log_.placements;
  place_layers(engine_, placements,
               build_log_.placements.empty() ? files_.profile_log : files_.build_log);
  list_sources();
  compare_machines();
  engine_.name = files_.name;
  if (engine_.name.empty() && !engine_.sources.empty()) {
    engine_.name = engine_name_of(file_name_of(engine_.sources.front().path));
  }
  return std::move(engine_);
}

}  // namespace

Engine load_engine(const EngineFiles& files) { return Loader(files).load(); }

}  // namespace trex
