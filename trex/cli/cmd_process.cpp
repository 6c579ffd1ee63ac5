// `trex process`: from a model to an explored engine in one command.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/process_steps.hpp"

namespace trex::cli {
namespace {

std::vector<Flag> flags(ProcessOptions& o) {
  return {
      {"INPUT", &o.input, "an ONNX model or an engine"},
      {"OUTDIR", &o.folder, "the directory to write to; made when it is not there"},
      {"[-- OPTION...]", &o.arguments,
       "trtexec's own options, as it takes them or without the dashes: fp16 shapes=x:1x3x224x224"},
      {"-b,--build", &o.build, "the step that builds the engine; of the steps, all by default"},
      {"-p,--profile", &o.profile, "the step that runs it: layers, their times, end-to-end times"},
      {"-d,--draw", &o.draw, "the step that draws the plan graph as SVG"},
      {"--report", &o.report, "the step that writes the interactive page"},
      {"--archive", &o.archive, "put all of it into one archive, too"},
      {"--repeat N", &o.repeat, "profile N times, for statistics"},
      {"--device N", &o.device, "the GPU's number"},
      {"--lock-clocks", &o.lock_clocks, "hold the GPU's clocks meanwhile, at their highest (root)"},
      {"--clock MHZ", &o.clock, "hold the SM clock at that instead"},
      {"--memory-clock MHZ", &o.memory_clock, "hold the memory clock at that instead"},
      {"--power-limit W", &o.power_limit, "hold the power limit at that"},
      {"--trtexec PATH", &o.trtexec, "the program (default: TREX_TRTEXEC, PATH, usual places)"},
      {"--timeout S", &o.timeout_s, "end a run of trtexec after so many seconds"},
      {"--force", &o.force, "write over files that are there"},
      {"--print-only", &o.print_only, "print the command lines, run nothing"},
      {"--dry-run", &o.dry_run, "check everything and say what would be written; run no step"},
      {"--for-version V", &o.for_version, "with --print-only: trtexec's version, unasked"},
      {"--json", &o.json, "print the record of the run as JSON"},
  };
}

void say_notes(const ProcessPlan& plan, Io& io) {
  if (plan.program.version_is_guess) {
    io.say(fmt::format("{} does not tell its version; by its options it is {} or later",
                       plan.program.path, to_string(plan.program.version)));
  }
  for (const std::string& note : plan.arguments.notes) io.say("note: " + note);
  if (plan.header) {
    io.say(
        fmt::format("note: {} bytes of Ultralytics' header stand before the plan: they are left "
                    "out for trtexec",
                    plan.header->size));
  }
}

std::string dry_run_text(const ProcessPlan& plan, const ProcessOptions& o) {
  std::string text = command_lines(plan, o);
  for (const std::string& path : files_in_the_way(plan)) {
    text += fmt::format("# {} {}\n", o.force ? "replaces" : "in the way", printable(path));
  }
  return text;
}

void expect_free(const ProcessPlan& plan) {
  const std::vector<std::string> taken = files_in_the_way(plan);
  if (taken.empty()) return;
  const std::string more =
      taken.size() > 1 ? fmt::format(" and {} more of its files", taken.size() - 1) : "";
  fail("{} is there already{}: give --force to write over, or another OUTDIR",
       printable(taken.front()), more);
}

std::string result_text(const ProcessRunner& runner, const ProcessPlan& plan) {
  std::string text;
  for (const std::string& path : runner.written()) {
    text += fmt::format("{:>12}  {}\n", read_file(path).size(), printable(path));
  }
  if (!runner.headline().empty()) text += runner.headline() + "\n";
  if (plan.profile) text += fmt::format("next: trex summary {}\n", printable(plan.files.graph()));
  return text;
}

ExitCode run(const ProcessOptions& o, Io& io) {
  const ProcessPlan plan = plan_process(o);
  say_notes(plan, io);
  if (o.print_only || o.dry_run) {
    io.write(o.print_only ? command_lines(plan, o) : dry_run_text(plan, o));
    return ExitCode::success;
  }
  if (!o.force) expect_free(plan);
  const Interrupts interrupts;
  ProcessRunner runner(plan, o, io);
  runner.run();
  io.write(o.json ? runner.entry().dump(2) + "\n" : result_text(runner, plan));
  return ExitCode::success;
}

}  // namespace

Command process_command() {
  Command result = command<ProcessOptions>(
      "process", "build, profile, draw and report an engine with trtexec",
      {{"trex process resnet.onnx out -- fp16", "every step, with a trtexec option"},
       {"trex process resnet.onnx out -- int8 fp16 shapes=input.1:32x3x224x224",
        "options as TREx took them"},
       {"trex process yolo.engine out --repeat 5", "an engine as it is, profiled five times"},
       {"trex process net.onnx out --print-only --for-version 8.6 -- fp16",
        "what would be run, on a machine without trtexec"}},
      flags, run);
  result.more =
      "OUTDIR gets TREx's file names: X.engine, X.engine.graph.json, .profile.json, .timing.json, "
      "the logs and their metadata, timing.cache; and process.json, which says what was run. No "
      "file is half-written; Ctrl-C ends trtexec. docs/process.md tells the rest.";
  result.has_document = false;
  return result;
}

}  // namespace trex::cli
