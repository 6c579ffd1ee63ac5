// What `trex process` is to do: its files, its steps and their command lines.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/process_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "web/embed/page_html.hpp"

namespace trex::cli {
namespace {

constexpr std::int64_t most_repeats = 1000;

// Of names that end otherwise ".engine" says what they become, as TREx did.
ProcessFiles files_of(const ProcessOptions& o, bool input_is_engine) {
  ProcessFiles files{o.folder, file_name_of(o.input)};
  if (!input_is_engine) files.name += ".engine";
  return files;
}

void choose_steps(const ProcessOptions& o, ProcessPlan& plan) {
  const bool all = !o.build && !o.profile && !o.draw && !o.report;
  plan.build = o.build || (all && !plan.input_is_engine);
  plan.profile = o.profile || all;
  plan.draw = o.draw || all;
  plan.report = o.report || (all && has_page());
  plan.archive = o.archive;
  if (plan.build && plan.input_is_engine) {
    fail("{}: is an engine already: leave out --build", printable(o.input));
  }
  if (o.report && !has_page()) page_html();  // says how to get one
  if (o.repeat && (*o.repeat < 1 || *o.repeat > most_repeats)) {
    fail("--repeat takes 1 to {}, not {}", most_repeats, *o.repeat);
  }
  plan.repeats = o.repeat.value_or(1);
}

void look_at_input(const ProcessOptions& o, ProcessPlan& plan) {
  const bool is_there = is_regular_file(o.input);
  if (!is_there && !o.print_only) {
    fail("{}: no such file; INPUT is an ONNX model or an engine", printable(o.input));
  }
  std::string head;
  if (is_there) head = read_head(o.input, trtexec::longest_engine_header + 4);
  if (is_there && head.empty()) fail("{}: the file is empty", printable(o.input));
  plan.header = trtexec::read_engine_header(head);
  plan.input_is_engine = trtexec::is_engine_file(head, o.input);
  if (head.size() > 1 && head[0] == '{' && !plan.header) {
    fail(
        "{}: is JSON; INPUT is an ONNX model or an engine (a graph JSON can be shown as it is: "
        "trex summary {})",
        printable(o.input), printable(o.input));
  }
}

trtexec::Program find_program(const ProcessOptions& o) {
  trtexec::Program program;
  if (o.for_version.empty()) return trtexec::ask_trtexec(trtexec::find_trtexec(o.trtexec));
  if (!o.print_only) fail("--for-version goes with --print-only: a run takes trtexec's own");
  const auto version = trtexec::parse_version(o.for_version);
  if (!version || *version < trtexec::oldest_known) {
    fail("--for-version takes a version of TensorRT from {} on, such as 10.13, not '{}'",
         trtexec::to_string(trtexec::oldest_known), printable(o.for_version));
  }
  program.path = o.trtexec.empty() ? "trtexec" : o.trtexec;
  program.version = *version;
  return program;
}

// What later steps read and no earlier step writes.
void expect_files(const ProcessOptions& o, const ProcessPlan& plan) {
  if (o.print_only) return;
  if (plan.profile && !plan.build && !plan.input_is_engine && !file_exists(plan.files.engine())) {
    fail("{}: no such file: build it first (--build)", printable(plan.files.engine()));
  }
  const bool reads_graph = plan.draw || plan.report || plan.archive;
  if (reads_graph && !plan.build && !plan.profile && !file_exists(plan.files.graph())) {
    fail("{}: no such file: profile the engine first (--profile)", printable(plan.files.graph()));
  }
}

bool user_gives(const ProcessPlan& plan, std::string_view name) {
  return std::any_of(plan.arguments.build.begin(), plan.arguments.build.end(),
                     [&](const trtexec::Argument& argument) { return argument.name == name; });
}

}  // namespace

std::string ProcessFiles::named(std::string_view suffix) const {
  return join_path(folder, name + std::string(suffix));
}

std::string ProcessFiles::timing_cache() const { return join_path(folder, "timing.cache"); }

std::string ProcessFiles::record() const { return join_path(folder, "process.json"); }

std::string ProcessFiles::of_run(std::string_view suffix, std::int64_t repeat) const {
  if (repeat == 1) return named(suffix);
  if (flat) return named(fmt::format(".{}{}", repeat, suffix));
  return join_path(named(".repeats"), fmt::format("{}{}", repeat, suffix));
}

ProcessPlan plan_process(const ProcessOptions& o) {
  ProcessPlan plan;
  look_at_input(o, plan);
  plan.files = files_of(o, plan.input_is_engine);
  choose_steps(o, plan);
  expect_files(o, plan);
  if (o.timeout_s && !(*o.timeout_s > 0)) fail("--timeout takes seconds, more than 0");
  if (!plan.build && !plan.profile) return plan;

  plan.program = find_program(o);
  std::vector<std::string> words = o.arguments;
  if (o.device) {
    words.push_back(fmt::format("--device={}", device_of(o)));
  }
  plan.arguments = trtexec::check_arguments(words, plan.program.version, plan.program.help);
  return plan;
}

std::vector<std::string> files_in_the_way(const ProcessPlan& plan) {
  const ProcessFiles& files = plan.files;
  std::vector<std::string> written;
  if (plan.build) {
    written = {files.engine(), files.named(".build.log"), files.named(".build.metadata.json")};
  }
  if (plan.profile || plan.build) written.push_back(files.graph());
  for (std::int64_t repeat = 1; plan.profile && repeat <= plan.repeats; ++repeat) {
    for (const char* suffix : {".profile.json", ".timing.json", ".profile.log", ".gpu.jsonl"}) {
      written.push_back(files.of_run(suffix, repeat));
    }
  }
  if (plan.profile) written.push_back(files.named(".profile.metadata.json"));
  if (plan.draw) written.push_back(files.svg());
  if (plan.report) written.push_back(files.page());
  if (plan.archive) written.push_back(files.archive());
  const auto is_free = [](const std::string& path) { return !file_exists(path); };
  written.erase(std::remove_if(written.begin(), written.end(), is_free), written.end());
  return written;
}

std::vector<std::string> build_words(const ProcessPlan& plan, const ProcessOptions& o,
                                     const ProcessFiles& written) {
  trtexec::BuildFiles files{.onnx = o.input, .engine = written.engine()};
  if (!user_gives(plan, "timingCacheFile") && !user_gives(plan, "noBuilderCache")) {
    files.timing_cache = written.timing_cache();
  }
  // With shapes set, a run tells more; without one this is all there will be.
  if (!plan.profile) files.layer_info = written.graph();
  return trtexec::build_command(plan.program.path, plan.program.version, files, plan.arguments);
}

std::vector<std::string> run_words(const ProcessPlan& plan, const std::string& loaded,
                                   const ProcessFiles& written, std::int64_t repeat) {
  trtexec::RunFiles files{.engine = loaded,
                          .times = written.of_run(".timing.json", repeat),
                          .profile = written.of_run(".profile.json", repeat)};
  if (repeat == 1) files.layer_info = written.graph();
  return trtexec::run_command(plan.program.path, plan.program.version, files, plan.arguments);
}

std::vector<std::string> draw_words(const ProcessPlan& plan) {
  return {"draw", plan.files.graph(), "--format", "svg", "-o", plan.files.svg()};
}

std::vector<std::string> report_words(const ProcessPlan& plan) {
  return {"report", plan.files.graph(), "-o", plan.files.page()};
}

std::vector<std::string> archive_words(const ProcessPlan& plan, const ProcessOptions& o) {
  std::vector<std::string> words = {"archive",          "create", plan.files.archive(),
                                    plan.files.graph(), "--add",  plan.files.record()};
  if (plan.input_is_engine) {
    words.insert(words.end(), {"--add", o.input});
  } else if (is_regular_file(o.input)) {
    words.insert(words.end(), {"--onnx", o.input});
  }
  return words;
}

std::string command_lines(const ProcessPlan& plan, const ProcessOptions& o) {
  std::string text;
  const auto add = [&](const std::vector<std::string>& words) {
    text += trtexec::shell_line(words) + "\n";
  };
  const auto add_own = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "trex");
    add(words);
  };
  if (plan.build) add(build_words(plan, o, plan.files));
  for (std::int64_t repeat = 1; plan.profile && repeat <= plan.repeats; ++repeat) {
    add(run_words(plan, plan.engine_path(o.input), plan.files, repeat));
  }
  if (plan.draw) add_own(draw_words(plan));
  if (plan.report) add_own(report_words(plan));
  if (plan.archive) add_own(archive_words(plan, o));
  return text;
}

}  // namespace trex::cli
