// The options that say which files belong to an engine, shared by every command that reads one.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trex/cli/commands.hpp"
#include "trex/load/load.hpp"
#include "trex/model/engine.hpp"

namespace trex::cli {

struct EngineOptions {
  std::vector<std::string> engines;  // the ENGINE arguments
  std::string graph, profile, timing, profile_metadata, build_metadata, build_log, profile_log,
      onnx, gpu_samples, name;
  std::optional<std::int64_t> opt_profile;
};

// What an ENGINE argument may be, for --help.
extern const std::string_view engine_help;

// `own` flags, then those of EngineOptions (without the ENGINE argument itself).
std::vector<Flag> with_engine_flags(std::vector<Flag> own, EngineOptions& options);

// With -v: which files, how they fit.
void say_what_was_used(const Engine& engine, Io& io);

// What says that the graph file ends in its middle; null when it does not.
const Note* cut_graph(const Engine& engine);
// On standard error, in one line, when the graph file ends in its middle: every figure is of a
// part.
void warn_of_cut_graph(const Engine& engine, Io& io);

// Whether an option says more than ENGINE does: names a file, the optimization profile, the engine.
bool says_which_files(const EngineOptions& options);
// What would otherwise be dropped without a word, such as an engine given twice: throws Error.
void reject_contradictions(const EngineOptions& options);

// The files of each engine. Throws Error when no engine was given.
std::vector<EngineFiles> find_engines(const EngineOptions& options);
// Finds, loads and (with -v) says what was found. Throws Error when no engine was given.
std::vector<Engine> load_engines(const EngineOptions& options, Io& io);
// As above; more than one engine is an Error that names the command.
Engine load_one_engine(const EngineOptions& options, std::string_view command, Io& io);

}  // namespace trex::cli
