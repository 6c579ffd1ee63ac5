// What `trex process` is to do: its options, its files, its steps and their command lines.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trex/cli/gpu_setting.hpp"
#include "trex/cli/io.hpp"
#include "trex/trtexec/commands.hpp"
#include "trex/trtexec/engine_file.hpp"
#include "trex/trtexec/program.hpp"

namespace trex::cli {

struct ProcessOptions : GpuWish {
  std::string input, folder, trtexec, for_version;
  std::vector<std::string> arguments;  // trtexec's own
  bool build = false, profile = false, draw = false, report = false, archive = false;
  bool print_only = false, dry_run = false, force = false, json = false;
  bool lock_clocks = false;
  std::optional<std::int64_t> repeat;
  std::optional<double> timeout_s;
};

// The files of one engine in OUTDIR, under TREx's names.
struct ProcessFiles {
  std::string folder;  // OUTDIR
  std::string name;    // "resnet.onnx.engine"
  bool flat = false;   // all in one folder, as in the scratch folder

  std::string named(std::string_view suffix) const;
  std::string engine() const { return named(""); }
  std::string graph() const { return named(".graph.json"); }
  std::string svg() const { return named(".graph.json.svg"); }
  std::string page() const { return named(".html"); }
  std::string archive() const { return named(".tea"); }
  std::string timing_cache() const;
  std::string record() const;
  // Of the first profile TREx's names; of repeat 2 and later NAME.repeats/2.profile.json.
  std::string of_run(std::string_view suffix, std::int64_t repeat) const;
};

struct ProcessPlan {
  ProcessFiles files;
  bool input_is_engine = false;
  std::optional<trtexec::EngineHeader> header;  // Ultralytics', before the plan
  bool build = false, profile = false, draw = false, report = false, archive = false;
  std::int64_t repeats = 1;
  trtexec::Program program;
  trtexec::Arguments arguments;

  // The engine that is loaded.
  std::string engine_path(const std::string& input) const {
    return input_is_engine ? input : files.engine();
  }
};

// Reads INPUT's head, asks trtexec for its version and checks every option. Throws Error for
// whatever can be known not to work before the run.
ProcessPlan plan_process(const ProcessOptions& options);

// The files that the steps will write and that are there already.
std::vector<std::string> files_in_the_way(const ProcessPlan& plan);

// The commands of the plan, one a line, for a shell; trex's own steps too.
std::string command_lines(const ProcessPlan& plan, const ProcessOptions& options);
// trtexec's, with files in `folder`; `loaded`: the engine, already without its header.
std::vector<std::string> build_words(const ProcessPlan& plan, const ProcessOptions& options,
                                     const ProcessFiles& written);
std::vector<std::string> run_words(const ProcessPlan& plan, const std::string& loaded,
                                   const ProcessFiles& written, std::int64_t repeat);
// trex's, without the program's name.
std::vector<std::string> draw_words(const ProcessPlan& plan);
std::vector<std::string> report_words(const ProcessPlan& plan);
std::vector<std::string> archive_words(const ProcessPlan& plan, const ProcessOptions& options);

}  // namespace trex::cli
