// ENGINE arguments -> the files of each engine.
//
// An argument is a graph, a folder, a stem, or a side file; what a file is, is decided by its
// content. An archive counts as the folders in it. Side files among the arguments go to the graph
// they are named after, else to the only one. Then each graph's own folder is searched for what is
// still missing. Where several files would do, nothing is guessed: the error lists them.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/archive_folders.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/find_errors.hpp"
#include "trex/load/folder.hpp"
#include "trex/load/load.hpp"
#include "trex/load/plan.hpp"
#include "trex/load/quoted.hpp"

namespace trex {
namespace {

struct SideFile {
  std::string path;
  std::vector<const FileRole*> roles;
};

std::string stem_of(const std::string& graph_path) {
  return engine_name_of(file_name_of(graph_path));
}

class Finder {
 public:
  explicit Finder(const EngineFiles& explicit_files) : explicit_(explicit_files) {}

  std::vector<EngineFiles> find(const std::vector<std::string>& arguments);

 private:
  void check_explicit_files();
  void add_argument(const std::string& argument);
  void add_folder(const std::string& path);
  void add_stem(const std::string& stem);
  bool add_family(const std::string& folder, const std::string& name);
  void add_graph(const std::string& path, std::string_view how);

  void engines_without_graph();
  void assign_side_files();
  std::vector<std::size_t> owners_of(
      const SideFile& side, const std::map<std::string, std::vector<std::size_t>>& families) const;
  [[noreturn]] void fail_as_ambiguous(const SideFile& side,
                                      const std::vector<std::size_t>& owners) const;
  void set_role(EngineFiles& engine, const FileRole& role, const std::string& path,
                std::string_view how);
  void add_siblings(EngineFiles& engine);
  void add_sibling(EngineFiles& engine, const FileRole& role,
                   const std::vector<std::string>& candidates, Folder& folder);
  void add_explicit(EngineFiles& engine);
  void name_engines();

  const EngineFiles& explicit_;
  Folders folders_;
  std::vector<EngineFiles> engines_;
  std::vector<SideFile> sides_;
};

void Finder::check_explicit_files() {
  for (const FileRole& role : file_roles()) {
    const std::string& path = explicit_.*role.path;
    if (path.empty() || path == "-") continue;
    mount_around(path);
    if (is_directory(path)) fail("{}: a folder, but {} takes a file", path, role.option);
    if (!file_exists(path)) fail_as_missing(path, folders_);
  }
}

void Finder::add_graph(const std::string& path, std::string_view how) {
  EngineFiles engine;
  engine.graph = path;
  engine.how.push_back({"graph", path, std::string(how)});
  engines_.push_back(std::move(engine));
}

// All graphs of the folder; files that belong to none of them are left alone.
void Finder::add_folder(const std::string& path) {
  Folder& folder = folders_.at(path);
  std::vector<std::string> sides, plans, inner;
  const std::size_t before = engines_.size();
  for (const std::string& name : folder.names()) {
    const std::string file = join_path(path, name);
    if (is_directory(file)) inner.push_back(name);
    if (ends_with(name, ".engine") || ends_with(name, ".plan") || ends_with(name, ".trt")) {
      plans.push_back(name);
    }
    if (!may_be_readable(name)) continue;
    const FileKind kind = folder.kind_of(name);
    if (is_graph(kind)) add_graph(file, "content");
    if (is_side_file(kind)) sides.push_back(file);
  }
  if (engines_.size() == before + 1) {
    // One engine: whatever else is here is taken for its own, whatever its name.
    EngineFiles& engine = engines_.back();
    add_siblings(engine);
    std::map<const FileRole*, std::vector<std::string>> free;
    for (const std::string& side : sides) {
      for (const FileRole* role : roles_of(side, folder.kind_of(file_name_of(side)))) {
        if ((engine.*role->path).empty()) free[role].push_back(file_name_of(side));
      }
    }
    for (const FileRole& role : file_roles()) {
      if (free.count(&role) > 0) add_sibling(engine, role, free[&role], folder);
    }
  }
  if (engines_.size() > before) return;
  for (const std::string& side : sides) {
    sides_.push_back({side, roles_of(side, folder.kind_of(file_name_of(side)))});
  }
  if (!sides.empty()) return;
  if (!plans.empty()) fail_as_serialized(join_path(path, plans.front()));
  fail(
      "{}: no engine in this folder: looked for graph, profile, timing and metadata JSON and "
      "trtexec logs{}",
      path, inner.empty() ? "" : "; it has folders: " + list_of(inner));
}

// The graph, else the side files, that are named after `name` in the folder.
bool Finder::add_family(const std::string& folder_path, const std::string& name) {
  if (!is_directory(folder_path)) return false;
  Folder& folder = folders_.at(folder_path);
  std::vector<std::string> candidates = folder.family(family_of(name));
  for (const std::string& other : folder.names()) {
    const bool begins = starts_with(other, name + ".") && may_be_readable(other);
    if (begins && std::find(candidates.begin(), candidates.end(), other) == candidates.end()) {
      candidates.push_back(other);
    }
  }
  std::vector<std::string> graphs, sides;
  for (const std::string& other : candidates) {
    if (other == name) continue;
    const FileKind kind = folder.kind_of(other);
    if (is_graph(kind)) graphs.push_back(other);
    if (is_side_file(kind)) sides.push_back(other);
  }
  const auto best = [&](std::string_view suffix) {
    return std::find(graphs.begin(), graphs.end(), name + std::string(suffix)) != graphs.end();
  };
  for (const std::string_view suffix : {".graph.json", ".layers.json", ".json", ".graph.json.gz"}) {
    if (graphs.size() > 1 && best(suffix)) graphs = {name + std::string(suffix)};
  }
  if (graphs.size() > 1) {
    fail("{}: several graphs fit: {}; give one of them", join_path(folder_path, name),
         list_of(graphs));
  }
  if (!graphs.empty()) {
    add_graph(join_path(folder_path, graphs.front()), "sibling");
    return true;
  }
  for (const std::string& side : sides) {
    const std::string path = join_path(folder_path, side);
    sides_.push_back({path, roles_of(path, folder.kind_of(side))});
  }
  return !sides.empty();
}

void Finder::add_stem(const std::string& stem) {
  if (!add_family(directory_of(stem), file_name_of(stem))) fail_as_missing(stem, folders_);
}

void Finder::add_argument(const std::string& argument) {
  if (argument.empty()) fail("an ENGINE argument is empty; give a graph JSON, a folder or a stem");
  if (argument == "-") return add_graph(argument, "named");
  if (is_archive(argument)) {
    for (const std::string& folder : open_archive(argument, folders_)) add_folder(folder);
    return;
  }
  mount_around(argument);
  if (is_directory(argument)) return add_folder(argument);
  if (!file_exists(argument)) return add_stem(argument);

  const FileKind kind = sniff(read_head(argument, sniff_bytes));
  if (is_graph(kind)) return add_graph(argument, "named");
  if (is_side_file(kind)) {
    const bool may_hold_graph = kind == FileKind::profile || kind == FileKind::metadata;
    if (may_hold_graph && has_plan_behind(read_file(argument).view(), kind)) {
      return add_graph(argument, "named");
    }
    sides_.push_back({argument, roles_of(argument, kind)});
    return;
  }
  if (kind == FileKind::onnx && (!engines_.empty() || !explicit_.graph.empty())) {
    sides_.push_back({argument, roles_of(argument, kind)});
    return;
  }
  // The engine or model itself, beside the JSON that was made of it.
  const bool is_stem = kind == FileKind::serialized_engine || kind == FileKind::onnx;
  if (is_stem && add_family(directory_of(argument), file_name_of(argument))) return;
  fail_as_not_loadable(argument, kind);
}

// Only side files were given: their graph stands beside them, or there is none.
void Finder::engines_without_graph() {
  std::map<std::string, std::vector<const SideFile*>> families;
  std::map<const FileRole*, int> uses;
  bool is_one_engine = true;
  for (const SideFile& side : sides_) {
    const std::string name = file_name_of(side.path);
    families[join_path(directory_of(side.path), family_of(name))].push_back(&side);
    for (const FileRole* role : side.roles) is_one_engine = is_one_engine && ++uses[role] == 1;
  }
  if (is_one_engine) families = {{"", {&sides_.front()}}};
  for (const auto& [family, members] : families) {
    const std::string& path = members.front()->path;
    Folder& folder = folders_.at(directory_of(path));
    std::vector<std::string> graphs;
    for (const std::string& name : folder.family(family_of(file_name_of(path)))) {
      if (is_graph(folder.kind_of(name))) graphs.push_back(name);
    }
    EngineFiles engine;
    if (graphs.size() == 1) {
      engine.graph = join_path(directory_of(path), graphs.front());
      engine.how.push_back({"graph", engine.graph, "sibling"});
    } else {
      engine.name = engine_name_of(file_name_of(path));
    }
    engines_.push_back(std::move(engine));
  }
}

// The path that stands for an engine when files are matched with it.
std::string anchor_of(const EngineFiles& engine) {
  for (const FileRole& role : file_roles()) {
    if (!(engine.*role.path).empty()) return engine.*role.path;
  }
  return engine.name;
}

std::vector<std::size_t> Finder::owners_of(
    const SideFile& side, const std::map<std::string, std::vector<std::size_t>>& families) const {
  if (engines_.size() == 1) return {0};
  const auto found = families.find(family_of(file_name_of(side.path)));
  if (found == families.end()) return {};
  std::vector<std::size_t> same_folder;
  for (const std::size_t i : found->second) {
    if (directory_of(anchor_of(engines_[i])) == directory_of(side.path)) same_folder.push_back(i);
  }
  return same_folder.empty() ? found->second : same_folder;
}

void Finder::set_role(EngineFiles& engine, const FileRole& role, const std::string& path,
                      std::string_view how) {
  std::string& member = engine.*role.path;
  if (member == path) return;
  if (!member.empty()) {
    fail("two {} files for one engine: {} and {}; give one, or name each after its graph",
         role.kind, quoted_name(member), quoted_name(path));
  }
  member = path;
  engine.how.push_back({std::string(role.kind), path, std::string(how)});
}

void Finder::fail_as_ambiguous(const SideFile& side, const std::vector<std::size_t>& owners) const {
  std::vector<std::string> choices;
  for (std::size_t i = 0; i < engines_.size(); ++i) {
    const bool may = owners.empty() || std::count(owners.begin(), owners.end(), i) > 0;
    if (may) choices.push_back(anchor_of(engines_[i]));
  }
  fail(
      "{}: could belong to any of {}; name it after its graph, or give one engine at a time "
      "with {}",
      side.path, list_of(choices), side.roles.front()->option);
}

void Finder::assign_side_files() {
  std::map<std::string, std::vector<std::size_t>> families;
  for (std::size_t i = 0; i < engines_.size(); ++i) {
    families[family_of(file_name_of(anchor_of(engines_[i])))].push_back(i);
  }
  for (const SideFile& side : sides_) {
    const std::vector<std::size_t> owners = owners_of(side, families);
    if (owners.size() != 1) fail_as_ambiguous(side, owners);
    for (const FileRole* role : side.roles) {
      if (!(explicit_.*role->path).empty()) continue;
      // A log of build and run does not displace a file of its own for one of them.
      std::string& member = engines_[owners.front()].*role->path;
      if (side.roles.size() > 1 && !member.empty()) continue;
      set_role(engines_[owners.front()], *role, side.path, "content");
    }
  }
}

// TREx's own name, with or without .gz, before any other of the family.
void Finder::add_sibling(EngineFiles& engine, const FileRole& role,
                         const std::vector<std::string>& candidates, Folder& folder) {
  if (!(engine.*role.path).empty() || candidates.empty()) return;
  if (!(explicit_.*role.path).empty()) return;
  const std::string exact = stem_of(engine.graph) + std::string(role.suffix);
  std::string chosen = candidates.size() == 1 ? candidates.front() : "";
  for (const std::string& name : candidates) {
    if (name == exact || (chosen.empty() && name == exact + ".gz")) chosen = name;
  }
  if (chosen.empty()) {
    fail("{}: several {} files fit: {}; choose one with {}", engine.graph, role.kind,
         list_of(candidates), role.option);
  }
  set_role(engine, role, join_path(folder.path(), chosen), "sibling");
}

void Finder::add_siblings(EngineFiles& engine) {
  if (engine.graph.empty() || engine.graph == "-") return;
  Folder& folder = folders_.at(directory_of(engine.graph));
  const std::string graph_name = file_name_of(engine.graph);
  std::map<const FileRole*, std::vector<std::string>> candidates;
  for (const std::string& name : folder.family(family_of(graph_name))) {
    if (name == graph_name) continue;
    const FileKind kind = folder.kind_of(name);
    const std::string path = join_path(folder.path(), name);
    for (const FileRole* role : is_side_file(kind) ? roles_of(path, kind) : roles_by_name(path)) {
      candidates[role].push_back(name);
    }
  }
  for (const FileRole& role : file_roles()) add_sibling(engine, role, candidates[&role], folder);

  std::string onnx = stem_of(engine.graph);
  for (const std::string_view suffix : {".engine", ".plan", ".trt"}) {
    if (ends_with(onnx, suffix)) onnx.resize(onnx.size() - suffix.size());
  }
  if (engine.onnx.empty() && ends_with(onnx, ".onnx") && folder.has(onnx)) {
    set_role(engine, role_of_member(&EngineFiles::onnx), join_path(folder.path(), onnx), "sibling");
  }
}

void Finder::add_explicit(EngineFiles& engine) {
  for (const FileRole& role : file_roles()) {
    const std::string& path = explicit_.*role.path;
    if (path.empty() || role.path == &EngineFiles::graph) continue;
    engine.*role.path = path;
    engine.how.push_back({std::string(role.kind), path, "named"});
  }
  if (!explicit_.name.empty()) engine.name = explicit_.name;
}

// Engines of one name are told apart by their folders: "a/model" and "b/model".
void Finder::name_engines() {
  std::map<std::string, int> uses;
  for (EngineFiles& engine : engines_) {
    if (engine.name.empty()) {
      engine.name = engine.graph == "-" ? "standard input" : stem_of(anchor_of(engine));
    }
    ++uses[engine.name];
    engine.opt_profile = explicit_.opt_profile;
  }
  for (EngineFiles& engine : engines_) {
    if (uses[engine.name] < 2) continue;
    const std::string folder = file_name_of(directory_of(anchor_of(engine)));
    if (!folder.empty() && folder != ".") engine.name = folder + "/" + engine.name;
  }
}

std::vector<EngineFiles> Finder::find(const std::vector<std::string>& arguments) {
  check_explicit_files();
  if (!explicit_.graph.empty()) add_graph(explicit_.graph, "named");
  for (const std::string& argument : arguments) add_argument(argument);

  bool has_explicit_side = !explicit_.name.empty();
  for (const FileRole& role : file_roles()) {
    has_explicit_side |= role.path != &EngineFiles::graph && !(explicit_.*role.path).empty();
  }
  if (engines_.empty() && !sides_.empty()) engines_without_graph();
  if (engines_.empty() && has_explicit_side) engines_.emplace_back();
  if (engines_.empty()) fail("no engine given; give a graph JSON, a folder or a stem");
  if (engines_.size() > 1 && has_explicit_side) {
    fail("--profile, --timing, --name and their like say something of one engine, but {} are given",
         engines_.size());
  }
  if (has_explicit_side) add_explicit(engines_.front());
  assign_side_files();
  for (EngineFiles& engine : engines_) add_siblings(engine);
  name_engines();
  return std::move(engines_);
}

}  // namespace

std::vector<EngineFiles> find_engine_files(const std::vector<std::string>& arguments,
                                           const EngineFiles& explicit_files) {
  return Finder(explicit_files).find(arguments);
}

}  // namespace trex
