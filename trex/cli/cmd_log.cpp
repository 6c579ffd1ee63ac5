// `trex log`: a trtexec log as the metadata JSON that TREx made of it, or everything that it says.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/trtexec/log_json.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::string file, part = "auto", output = "-";
  bool full = false, exact = false;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"FILE", &o.file, "a log of trtexec, of a build, a run or both; '-' reads standard input"},
      {"--full,--json", &o.full,
       "everything that was read, with line numbers, instead of TREx's sections"},
      {"--part PART",
       &o.part,
       "of TREx's sections those of its build or its profile file; auto: what the log tells of",
       {"auto", "build", "profile", "both"}},
      {"--exact", &o.exact, "cut values at their second ':', as TREx did"},
      {"-o,--output FILE", &o.output, "write the result there"},
  };
}

trtexec::LogPart part_of(const Options& o, const trtexec::Log& log) {
  if (o.part == "build") return trtexec::LogPart::build;
  if (o.part == "profile") return trtexec::LogPart::profile;
  return o.part == "both" ? trtexec::LogPart::both : trtexec::part_of(log);
}

ExitCode run(const Options& o, Io& io) {
  if (o.full && (o.exact || o.part != "auto")) {
    fail("--full writes everything as it stands: leave out --part and --exact");
  }
  const Bytes text = read_file(o.file);
  const trtexec::Log log = trtexec::parse_log(text.view());
  if (!trtexec::says_anything(log)) {
    fail("{}: no line of a trtexec log in this file; save it with 'trtexec ... 2>&1 | tee FILE'",
         o.file == "-" ? "standard input" : printable(o.file));
  }
  io.output = o.output;
  const auto values = o.exact ? trtexec::Values::cut_as_trex_did : trtexec::Values::whole;
  const Json json = o.full ? full_json(log) : trex_metadata(log, part_of(o, log), values);
  io.write(json.dump(4) + "\n");
  return ExitCode::success;
}

}  // namespace

Command log_command() {
  Command result = command<Options>(
      "log", "a trtexec log as TREx's metadata JSON, or as all that it says",
      {{"trex log build.log -o resnet.engine.build.metadata.json", "what TREx's reader wrote"},
       {"trtexec --loadEngine=e --dumpProfile 2>&1 | trex log - --full", "everything, with lines"},
       {"trex log all.log --part profile --exact", "as TREx did it, cut values and all"}},
      flags, run);
  result.more =
      "Logs of every version from 8.0 to 11.x are read, of a build, a run, or both in one file. "
      "docs/process.md says how the two forms differ.";
  result.has_document = false;
  return result;
}

}  // namespace trex::cli
