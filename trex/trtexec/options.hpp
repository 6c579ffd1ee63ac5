// Which options does a version of trtexec take, and what are they for?
//
// Needed because trtexec answers an option that it does not know with its whole help and fails,
// after a user may have waited for a machine. The facts are a table (options_table.cpp), from the
// open-source trtexec of TensorRT 8.4 to 11.1; for what is not in it the installed program's own
// help is asked.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "trex/trtexec/version.hpp"

namespace trex::trtexec {

inline constexpr Version oldest_known{8, 4};
inline constexpr Version newest_known{11, 1};

// Which of the two commands an option goes to.
enum class Stage : std::uint8_t {
  build,  // of an ONNX file to an engine
  run,    // of the engine
  both,
  ours,  // trex sets it
};

struct OptionInfo {
  std::string_view name;  // without dashes
  Version first, last;    // last == newest_known: still there
  Stage stage = Stage::build;
  std::string_view before = "";  // what versions before `first` offer instead
  std::string_view after = "";   // what versions after `last` offer instead
};
std::span<const OptionInfo> known_options();
const OptionInfo* find_option(std::string_view name);

// From `no_op_from` on accepted, but without effect.
inline constexpr Version no_op_from{11, 0};
bool is_no_op(std::string_view name, Version version);

// A name that the installed program's help lists, and the section it stands in.
struct HelpOption {
  std::string name;
  Stage stage = Stage::both;
};
std::vector<HelpOption> read_help(std::string_view help);

struct Argument {
  std::string name;  // without dashes
  std::optional<std::string> value;
  std::string text() const { return "--" + name + (value ? "=" + *value : ""); }
  bool operator==(const Argument&) const = default;
};

// Options for trtexec as a user gave them, sorted by the command they go to.
struct Arguments {
  std::vector<Argument> build, run;
  std::vector<std::string> notes;  // what is odd, but runs
  // Asked for by 11.x's opposites (--includeDataTransfers ...), which older versions lack.
  bool with_transfers = false, without_spin = false, without_graph = false;
};
// Words as trtexec takes them ("--fp16", "--shapes=x:1x3") or as TREx did ("fp16", "shapes=x:1x3").
// `help`: of the installed program; may be empty. Throws Error naming every option that the
// version lacks, with what to use instead.
Arguments check_arguments(std::span<const std::string> words, Version version,
                          std::span<const HelpOption> help);

}  // namespace trex::trtexec
