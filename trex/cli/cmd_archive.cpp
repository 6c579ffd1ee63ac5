// `trex archive`: one file with all that belongs to an engine.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/load/archive.hpp"
#include "trex/report/archive_report.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  std::string action, archive;
  std::vector<std::string> extra;
  bool no_engine = false, no_onnx = false, force = false;
};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags(
      {{"ACTION", &o.action, "what to do", {"create", "list", "verify", "extract"}},
       {"ARCHIVE", &o.archive, "the .tea file"},
       {"[WHAT...]", &o.engines,
        "create: the engine, or its folder; extract: the folder to write to (default: the "
        "archive's name without .tea); list, verify: further archives"},
       {"--add FILE", &o.extra, "create: one more file to put in; may be given several times"},
       {"--no-engine", &o.no_engine, "create: leave out the serialized engine"},
       {"--no-onnx", &o.no_onnx, "create: leave out the model"},
       {"--force", &o.force, "extract: overwrite files that are there"}},
      o);
}

Document create(const Options& o) {
  EngineOptions engine = o;
  if (engine.engines.empty() && engine.graph.empty()) {
    fail("trex archive create needs an engine: trex archive create {} ENGINE", o.archive);
  }
  const std::vector<EngineFiles> found = find_engines(engine);
  if (found.size() != 1) {
    fail("an archive holds one engine, but {} were given", found.size());
  }
  const bool is_folder = o.engines.size() == 1 && is_directory(o.engines[0]);
  const std::string folder = is_folder ? directory_of(join_path(o.engines[0], "x")) : "";
  const ArchiveChoice choice{.engine = !o.no_engine, .onnx = !o.no_onnx, .extra = o.extra};
  const auto files = files_to_archive(found[0], folder, choice);
  return report::archive_report(write_archive(o.archive, found[0].name, files),
                                fmt::format("{}, written", o.archive));
}

std::string default_folder(const std::string& archive) {
  const std::string name = file_name_of(archive);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) {
    fail("{}: give the folder to extract to, too", archive);
  }
  return name.substr(0, dot);
}

Document extract(const Options& o) {
  if (o.engines.size() > 1) fail("trex archive extract takes one folder, not '{}'", o.engines[1]);
  const std::string folder = o.engines.empty() ? default_folder(o.archive) : o.engines[0];
  return report::archive_report(extract_archive(o.archive, folder, o.force),
                                fmt::format("{}, extracted to {}", o.archive, folder));
}

ExitCode look(const Options& o, Io& io) {
  std::vector<std::string> archives = o.engines;
  archives.insert(archives.begin(), o.archive);
  const bool verify = o.action == "verify";
  std::vector<Document> documents;
  bool sound = true;
  for (const std::string& path : archives) {
    const ArchiveContents contents = verify ? verify_archive(path) : list_archive(path);
    sound = sound && contents.is_sound();
    const std::string_view judged = !contents.is_sound()    ? ", not sound: see below"
                                    : !verify               ? ""
                                    : contents.has_manifest ? ", sound: every hash agrees"
                                                            : ", sound: every CRC agrees";
    documents.push_back(report::archive_report(contents, path + std::string(judged)));
  }
  io.show(documents);
  return sound || !verify ? ExitCode::success : ExitCode::found_problems;
}

void refuse_idle_options(const Options& o) {
  const bool is_create = o.action == "create";
  if (!is_create && (o.no_engine || o.no_onnx || !o.extra.empty())) {
    fail("--add, --no-engine and --no-onnx are for trex archive create");
  }
  if (o.force && o.action != "extract") fail("--force is for trex archive extract");
}

ExitCode run(const Options& o, Io& io) {
  refuse_idle_options(o);
  if (o.action == "list" || o.action == "verify") return look(o, io);
  io.show(o.action == "create" ? create(o) : extract(o));
  return ExitCode::success;
}

}  // namespace

Command archive_command() {
  Command result = command<Options>(
      "archive", "one .tea file with all that belongs to an engine",
      {{"trex archive create resnet.tea out/resnet.onnx.engine",
        "its graph, profile, times, logs, pictures and the engine itself, with their hashes"},
       {"trex archive verify resnet.tea", "is every byte as it was? exit 1 when not"},
       {"trex archive extract resnet.tea out2", "unpack it into the folder out2"},
       {"trex summary resnet.tea", "every command reads an archive in place"}},
      flags, run);
  result.more =
      "Archives of TREx are read too. Names that lead out of the folder, links and bombs are\n"
      "refused; extraction is all or nothing; opening an archive never changes it.";
  return result;
}

}  // namespace trex::cli
