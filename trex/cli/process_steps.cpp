// Runs the steps of `trex process`.
//
// trtexec writes into a folder beside the results; what it wrote whole is then renamed to its
// place. In its logs the folder's name is put back to OUTDIR, so that they tell of files that are
// there.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/process_steps.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <numeric>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/run_command.hpp"
#include "trex/trtexec/failure.hpp"
#include "trex/trtexec/log_json.hpp"

namespace trex::cli {
namespace {

std::string made_folder(const std::string& path) {
  make_directories(path);
  return path;
}

std::optional<double> figure(const trtexec::Log& log, std::string_view name,
                             std::string_view word) {
  for (const trtexec::Statistic& statistic : log.statistics) {
    if (statistic.name != name) continue;
    for (const auto& [known, value] : statistic.values) {
      if (known == word) return value;
    }
  }
  return std::nullopt;
}

// "x.build.log" -> "x.build.failed.log"
std::string failed_log(const std::string& log) {
  return log.substr(0, log.size() - std::string_view(".log").size()) + ".failed.log";
}

Json spread(const std::vector<double>& values) {
  if (values.empty()) return nullptr;
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  Json::Array all(values.begin(), values.end());
  Json result = Json::Object{{"values", std::move(all)}, {"mean", mean}};
  // Of a sample: n - 1.
  result.set("stdev", values.size() > 1 ? Json(std::sqrt(squares / (count - 1))) : Json());
  return result;
}

}  // namespace

ProcessRunner::ProcessRunner(const ProcessPlan& plan, const ProcessOptions& options, Io& io)
    : plan_(plan),
      options_(options),
      io_(io),
      gpu_(options, io),
      scratch_(made_folder(plan.files.folder), "trex-process"),
      unfinished_{scratch_.path(), plan.files.name, true},
      record_(plan, options) {}

void ProcessRunner::run() {
  try {
    run_steps();
  } catch (...) {
    if (!written_.empty()) io_.say("kept: " + join(written_, ", "));
    try {
      record_.set_files(written_);
      record_.write();
    } catch (const Error&) {  // a full disk, perhaps: what happened first is what counts
    }
    throw;
  }
}

void ProcessRunner::run_steps() {
  if (plan_.build) build();
  if (plan_.profile) profile();
  if (plan_.draw) own_step("draw", draw_words(plan_), plan_.files.svg());
  if (plan_.report) own_step("report", report_words(plan_), plan_.files.page());
  record_.set_files(written_);
  record_.write();
  if (plan_.archive) {
    std::vector<std::string> words = archive_words(plan_, options_);
    words.insert(words.end(), {"-o", "/dev/null"});  // its list of files is not our result
    own_step("archive", words, plan_.files.archive());
  }
  written_.push_back(plan_.files.record());
}

std::string ProcessRunner::without_scratch(std::string_view text) const {
  const std::string place = plan_.files.engine();
  const std::string folder = place.substr(0, place.size() - plan_.files.name.size());
  return replace_all(text, scratch_.path() + "/", folder);
}

void ProcessRunner::stop_if_interrupted() const {
  const int signal = Interrupts::received();
  if (signal == 0) return;
  fail("stopped by signal {} ({})", signal, strsignal(signal));
}

void ProcessRunner::keep(const std::string& from, const std::string& to) {
  move_file(from, to);
  written_.push_back(to);
}

void ProcessRunner::expect_whole_json(const std::string& path, const std::string& option) const {
  const std::string shown = without_scratch(path);
  if (!is_regular_file(path))
    fail("{}: trtexec ended well but wrote no such file ({})", shown, option);
  const Bytes bytes = read_file(path);
  const std::string_view text = trim(bytes.view());
  // A full disk cuts a stream short and trtexec does not notice.
  if (!ends_with(text, "]") && !ends_with(text, "}")) {
    fail("{}: trtexec wrote only a part of this file ({}): is the disk full?", shown, option);
  }
}

void ProcessRunner::expect_whole_engine(const trtexec::Log& log) const {
  const std::string path = unfinished_.engine();
  const std::string shown = without_scratch(path);
  if (!is_regular_file(path)) fail("{}: trtexec ended well but wrote no engine", shown);
  const auto size = static_cast<double>(read_file(path).size());
  if (size == 0) fail("{}: trtexec wrote an empty engine: is the disk full?", shown);
  for (const trtexec::Fact& fact : log.facts) {
    // Told in MiB, with six digits.
    if (fact.name == "engine_bytes" && fact.value && size < 0.999 * *fact.value - 64) {
      fail("{}: {} of an engine of {}: is the disk full?", shown,
           human_bytes(static_cast<std::int64_t>(size)),
           human_bytes(static_cast<std::int64_t>(*fact.value)));
    }
  }
}

// What trtexec calls a success is looked at before anything gets its final name.
trtexec::Log ProcessRunner::keep_log(const std::string& suffix, std::int64_t repeat,
                                     const std::function<void(const trtexec::Log&)>& check) {
  const std::string text = without_scratch(read_file(unfinished_.of_run(suffix, repeat)).view());
  const std::string place = plan_.files.of_run(suffix, repeat);
  trtexec::Log log = trtexec::parse_log(text);
  try {
    check(log);
  } catch (const Error&) {
    write_file(failed_log(place), text);
    throw;
  }
  write_file(place, text);
  written_.push_back(place);
  std::remove(failed_log(place).c_str());  // of a failure before
  return log;
}

void ProcessRunner::explain_and_fail(const std::string& step, const trtexec::RunResult& result,
                                     const std::string& log, const std::string& kept_log) {
  const std::string text = without_scratch(read_file(log).view());
  write_file(kept_log, text);
  stop_if_interrupted();
  if (result.timed_out) {
    fail("{}: ended after {}, as --timeout asks, while {}; its log: {}", step,
         minutes(result.seconds), phase_words(result.progress.phase), kept_log);
  }
  const trtexec::Failure failure = trtexec::explain_failure(text, result.status.signal);
  for (const trtexec::Failure::Line& line : failure.lines) {
    io_.say(fmt::format("{}: line {}: {}", step, line.number, line.text));
  }
  for (const std::string& fix : failure.fixes) io_.say(fmt::format("{}: likely: {}", step, fix));
  fail("{}: trtexec failed ({}) after {}, while {}; its log: {}", step, describe(result.status),
       minutes(result.seconds), phase_words(result.progress.phase), kept_log);
}

void ProcessRunner::run_trtexec(const std::string& step, const std::vector<std::string>& words,
                                const std::string& log_suffix, std::int64_t repeat) {
  stop_if_interrupted();
  std::vector<std::string> shown;
  for (const std::string& word : words) shown.push_back(without_scratch(word));
  if (io_.verbose) io_.say(trtexec::shell_line(shown));
  const std::string log = unfinished_.of_run(log_suffix, repeat);
  trtexec::RunResult result;
  {
    ProgressDisplay display(step, record_.expectation(step), io_);
    result = trtexec::run_logged(words, log, options_.timeout_s.value_or(0),
                                 [&](const trtexec::RunState& state) {
                                   gpu_.poll();
                                   display.show(state);
                                 });
  }
  record_.add_step(step, shown, result);
  if (!result.is_success()) {
    explain_and_fail(step, result, log, failed_log(plan_.files.of_run(log_suffix, repeat)));
  }
  io_.say(fmt::format("{}: done in {}", step, minutes(result.seconds)));
}

void ProcessRunner::write_metadata(const trtexec::Log& log, bool of_build) {
  const auto part = of_build ? trtexec::LogPart::build : trtexec::LogPart::profile;
  const std::string path =
      plan_.files.named(of_build ? ".build.metadata.json" : ".profile.metadata.json");
  write_file(path, trtexec::trex_metadata(log, part).dump(4) + "\n");
  written_.push_back(path);
}

void ProcessRunner::build() {
  const std::string cache = plan_.files.timing_cache();
  const std::vector<std::string> words = build_words(plan_, options_, unfinished_);
  const bool ours = contains(join(words, "\n"), unfinished_.timing_cache());
  if (ours && is_regular_file(cache)) {
    write_file(unfinished_.timing_cache(), read_file(cache).view());
  }
  run_trtexec("build", words, ".build.log", 1);
  const trtexec::Log log = keep_log(".build.log", 1, [&](const trtexec::Log& said) {
    expect_whole_engine(said);
    if (!plan_.profile) expect_whole_json(unfinished_.graph(), "--exportLayerInfo");
  });
  write_metadata(log, true);
  keep(unfinished_.engine(), plan_.files.engine());
  if (ours && is_regular_file(unfinished_.timing_cache())) {
    keep(unfinished_.timing_cache(), cache);
  }
  if (!plan_.profile) keep(unfinished_.graph(), plan_.files.graph());
}

void ProcessRunner::profile() {
  std::string engine = plan_.engine_path(options_.input);
  if (plan_.header) {
    const std::string plain = unfinished_.named(".plain");
    write_file(plain, read_file(engine).view().substr(plan_.header->size));
    engine = plain;
  }
  for (std::int64_t repeat = 1; repeat <= plan_.repeats; ++repeat) profile_once(engine, repeat);
  if (plan_.repeats > 1) {
    record_.set_repeats(Json::Object{{"count", plan_.repeats},
                                     {"latency_median_ms", spread(latencies_ms_)},
                                     {"throughput_qps", spread(throughputs_)}});
  }
  if (latencies_ms_.empty()) return;
  headline_ = fmt::format("median latency {} ms", human_ms(latencies_ms_.front()));
  if (!throughputs_.empty()) {
    headline_ += fmt::format(", {} queries/s", human_count(throughputs_.front()));
  }
  if (plan_.repeats > 1) headline_ += fmt::format(" (the first of {} runs)", plan_.repeats);
}

void ProcessRunner::profile_once(const std::string& engine, std::int64_t repeat) {
  const std::string step = repeat == 1 ? "profile" : fmt::format("profile {}", repeat);
  if (repeat > 1) make_directories(plan_.files.named(".repeats"));
  gpu_.record(unfinished_.of_run(".gpu.jsonl", repeat));
  run_trtexec(step, run_words(plan_, engine, unfinished_, repeat), ".profile.log", repeat);
  // trtexec's own names of the files that a run writes; the layers do not change from run to run.
  std::vector<std::pair<std::string, std::string>> exports = {{".profile.json", "--exportProfile"},
                                                              {".timing.json", "--exportTimes"}};
  if (repeat == 1) exports.emplace_back(".graph.json", "--exportLayerInfo");
  const trtexec::Log log = keep_log(".profile.log", repeat, [&](const trtexec::Log&) {
    for (const auto& [suffix, option] : exports) {
      expect_whole_json(unfinished_.of_run(suffix, repeat), option);
    }
  });
  if (const auto median = figure(log, "Latency", "median")) latencies_ms_.push_back(*median);
  if (log.throughput_qps) throughputs_.push_back(*log.throughput_qps);
  if (repeat == 1) write_metadata(log, false);
  if (std::optional<Json> clocks = gpu_.finish(log)) {
    record_.set_clocks(std::move(*clocks));
    keep(unfinished_.of_run(".gpu.jsonl", repeat), plan_.files.of_run(".gpu.jsonl", repeat));
  }
  for (const auto& [suffix, option] : exports) {
    keep(unfinished_.of_run(suffix, repeat), plan_.files.of_run(suffix, repeat));
  }
}

void ProcessRunner::own_step(const std::string& step, const std::vector<std::string>& words,
                             const std::string& file) {
  stop_if_interrupted();
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Command> list = commands();
  Io io;
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (run_command(find_command(list, words.front()), rest, io) != ExitCode::success) {
    fail("{}: could not be made by trex {}", file, words.front());
  }
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  record_.add_own_step(step, words, passed.count());
  written_.push_back(file);
}

}  // namespace trex::cli
