// Which role does a file play, by its kind, its name and, for logs and metadata, its content?

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/file_roles.hpp"

#include <algorithm>
#include <cassert>

#include "trex/base/text.hpp"

namespace trex {
namespace {

bool name_says(const std::string& path, std::string_view word) {
  return contains_ignoring_case(file_name_of(path), word);
}

std::vector<const FileRole*> roles_of_metadata(const std::string& path) {
  const auto profile = &role_of_member(&EngineFiles::profile_metadata);
  const auto build = &role_of_member(&EngineFiles::build_metadata);
  if (name_says(path, "build")) return {build};
  if (name_says(path, "profile")) return {profile};
  const Bytes text = read_file(path);
  const bool ran = contains(text.view(), "performance_summary");
  const bool built = contains(text.view(), "build_options");
  if (ran && built) return {profile, build};
  return {built ? build : profile};
}

std::vector<const FileRole*> roles_of_log(const std::string& path) {
  const auto profile = &role_of_member(&EngineFiles::profile_log);
  const auto build = &role_of_member(&EngineFiles::build_log);
  if (ends_with(path, ".build.log")) return {build};
  if (ends_with(path, ".profile.log")) return {profile};
  const Bytes text = read_file(path);
  const bool built = contains(text.view(), "Engine built in ") ||
                     contains(text.view(), "Engine generation completed in ");
  const bool ran = contains(text.view(), "=== Performance summary ===") ||
                   contains(text.view(), "=== Profile (");
  if (built && ran) return {profile, build};
  if (built) return {build};
  if (ran) return {profile};
  return {name_says(path, "profile") ? profile : build};
}

}  // namespace

const std::vector<FileRole>& file_roles() {
  static const std::vector<FileRole> roles = {
      {&EngineFiles::graph, "graph", "--graph", ".graph.json"},
      {&EngineFiles::profile, "profile", "--profile", ".profile.json"},
      {&EngineFiles::timing, "timing", "--timing", ".timing.json"},
      {&EngineFiles::profile_metadata, "profile metadata", "--profile-metadata",
       ".profile.metadata.json"},
      {&EngineFiles::build_metadata, "build metadata", "--build-metadata", ".build.metadata.json"},
      {&EngineFiles::profile_log, "profile log", "--profile-log", ".profile.log"},
      {&EngineFiles::build_log, "build log", "--build-log", ".build.log"},
      {&EngineFiles::gpu_samples, "GPU samples", "--gpu-samples", ".gpu.jsonl"},
      {&EngineFiles::onnx, "ONNX model", "--onnx", ""},
  };
  return roles;
}

std::string role_word(const FileRole& role) {
  std::string word(role.option.substr(2));
  std::replace(word.begin(), word.end(), '-', '_');
  return word;
}

const FileRole& role_of_member(std::string EngineFiles::*path) {
  for (const FileRole& role : file_roles()) {
    if (role.path == path) return role;
  }
  assert(false && "every path of EngineFiles has a role");
  return file_roles().front();
}

bool is_graph(FileKind kind) {
  return kind == FileKind::graph || kind == FileKind::names_only_graph;
}

bool is_side_file(FileKind kind) {
  return kind == FileKind::profile || kind == FileKind::torch_tensorrt_profile ||
         kind == FileKind::timing || kind == FileKind::metadata || kind == FileKind::trtexec_log ||
         kind == FileKind::gpu_samples;
}

std::vector<const FileRole*> roles_of(const std::string& path, FileKind kind) {
  switch (kind) {
    case FileKind::graph:
    case FileKind::names_only_graph:
      return {&role_of_member(&EngineFiles::graph)};
    case FileKind::profile:
    case FileKind::torch_tensorrt_profile:
      return {&role_of_member(&EngineFiles::profile)};
    case FileKind::timing:
      return {&role_of_member(&EngineFiles::timing)};
    case FileKind::metadata:
      return roles_of_metadata(path);
    case FileKind::trtexec_log:
      return roles_of_log(path);
    case FileKind::gpu_samples:
      return {&role_of_member(&EngineFiles::gpu_samples)};
    case FileKind::onnx:
      return {&role_of_member(&EngineFiles::onnx)};
    default:
      return {};
  }
}

std::vector<const FileRole*> roles_by_name(const std::string& path) {
  for (const FileRole& role : file_roles()) {
    const bool claims = !role.suffix.empty() && ends_with(path, role.suffix);
    if (claims && role.kind != "graph" && is_regular_file(path)) return {&role};
  }
  return {};
}

}  // namespace trex
