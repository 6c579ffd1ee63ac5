// What to say of files that cannot be loaded: what they are, and how to get what can be.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/find_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/quoted.hpp"

namespace trex {

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 8;
  std::string result;
  for (std::size_t i = 0; i < std::min(names.size(), shown); ++i) {
    result += (i > 0 ? ", " : "") + quoted_name(names[i]);
  }
  if (names.size() > shown) result += fmt::format(" and {} more", names.size() - shown);
  return result;
}

void fail_as_serialized(const std::string& path) {
  const std::string stem = path;
  fail(
      "{}: a serialized engine, which only TensorRT can read; write its JSON with: "
      "trtexec --loadEngine={} --exportLayerInfo={}.graph.json --profilingVerbosity=detailed "
      "--exportProfile={}.profile.json --separateProfileRun --exportTimes={}.timing.json "
      "(the engine must have been built with --profilingVerbosity=detailed)",
      path, path, stem, stem, stem);
}

void fail_as_not_loadable(const std::string& path, FileKind kind) {
  if (kind == FileKind::serialized_engine) fail_as_serialized(path);
  if (kind == FileKind::onnx) {
    fail(
        "{}: an ONNX model, not an engine; build one and write its JSON with: trtexec --onnx={} "
        "--profilingVerbosity=detailed --exportLayerInfo={}.engine.graph.json "
        "--exportProfile={}.engine.profile.json --separateProfileRun",
        path, path, path, path);
  }
  if (kind == FileKind::empty) {
    fail("{}: the file is empty; was trtexec stopped before it wrote?", path);
  }
  if (kind == FileKind::unknown) read_file(path);  // a damaged gzip stream says so itself
  if (kind == FileKind::archive) {
    fail("{}: an archive; give it as ENGINE, or one of its files: {}/NAME", path, path);
  }
  fail(
      "{}: not recognised as a graph, profile, timing or metadata JSON or a trtexec log; the "
      "graph is what trtexec --exportLayerInfo writes",
      path);
}

void fail_as_missing(const std::string& path, Folders& folders) {
  const std::string folder = directory_of(path);
  if (!is_directory(folder)) fail("{}: there is no folder {}", path, quoted_name(folder));
  std::vector<std::string> known = folders.at(folder).names();
  std::set<std::string> stems;
  for (const std::string& name : known) stems.insert(engine_name_of(name));
  known.insert(known.end(), stems.begin(), stems.end());
  const std::string name = file_name_of(path);
  known.erase(std::remove(known.begin(), known.end(), name), known.end());  // a broken link
  const std::optional<std::string> near = nearest(name, known);
  const bool is_here = folder == "." && !starts_with(path, "./");
  const std::string hint =
      near ? fmt::format(", did you mean {}?",
                         quoted_name(is_here ? *near : join_path(folder, *near)))
           : std::string("; give a graph JSON, its folder or its stem");
  // What looks like a file's whole name is no stem.
  const std::string looked_for =
      may_be_readable(name)
          ? std::string()
          : fmt::format("; looked for {}.graph.json, {}.layers.json and files beside them", name,
                        name);
  fail("{}: no such file{}{}", path, looked_for, hint);
}

}  // namespace trex
