// `trex lint`: what costs time, how much, and what to do.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <ctime>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/cli/lint_settings.hpp"
#include "trex/lint/lint.hpp"
#include "trex/render/lint_formats.hpp"
#include "trex/report/lint_baseline.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"

namespace trex::cli {
namespace {

// What one screen or two can hold; the rest wins less.
constexpr std::size_t usual_findings = 20;
constexpr std::string_view settings_file = "trex.toml";

const std::vector<std::string>& levels() {
  static const std::vector<std::string> list{"note", "warning", "error", "never"};
  return list;
}

struct Options : EngineOptions {
  std::string rules, fail_on, config, baseline, write_baseline, suppress;
  std::optional<double> min_ms;
  std::vector<std::string> set;
  bool all = false;
};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags(
      {
          {"ENGINE...", &o.engines, "the engine, or several"},
          {"--rules LIST", &o.rules,
           "only these rules: ids, codes or groups by commas; -RULE leaves one out; see below"},
          {"--fail-on LEVEL", &o.fail_on, "exit 1 from this severity on (default: error)",
           levels()},
          {"--min-ms X", &o.min_ms, "leave out findings with less than X ms to win"},
          {"--set RULE.NAME=VALUE", &o.set, "another threshold; may be given several times"},
          {"--all", &o.all, "tell every finding in full, not the first 20"},
          {"--baseline FILE", &o.baseline, "mark what is new since then; only that fails"},
          {"--write-baseline FILE", &o.write_baseline, "write what was found, for --baseline"},
          {"--suppress FILE", &o.suppress, "TOML: findings to live with, why and until when"},
          {"--config FILE", &o.config, "settings (default: trex.toml, where the folder has one)"},
      },
      o);
}

// The settings file's words, overridden by the command line's.
LintSettings settings_of(const Options& o, Io& io) {
  LintSettings settings;
  std::string path = o.config;
  if (path.empty() && file_exists(std::string(settings_file))) path = settings_file;
  if (!path.empty()) {
    settings = read_lint_settings(path);
    if (io.verbose) io.say(fmt::format("settings of {}", path));
  }
  if (!o.rules.empty()) settings.rules = o.rules;
  if (!o.fail_on.empty()) settings.fail_on = o.fail_on;
  if (!o.baseline.empty()) settings.baseline = o.baseline;
  if (o.min_ms) settings.min_ms = o.min_ms;
  if (settings.rules.empty()) settings.rules = "all";
  if (settings.fail_on.empty()) settings.fail_on = "error";
  if (std::find(levels().begin(), levels().end(), settings.fail_on) == levels().end()) {
    fail("{}: fail-on cannot be '{}'{}", path, settings.fail_on,
         did_you_mean(settings.fail_on, levels()));
  }
  if (!o.suppress.empty()) {
    for (report::Suppression& s : read_suppressions(o.suppress)) {
      settings.suppressions.push_back(std::move(s));
    }
  }
  return settings;
}

lint::Thresholds thresholds_of(const LintSettings& settings, const Options& o) {
  lint::Thresholds thresholds;
  for (const auto& [name, value] : settings.thresholds) {
    const std::size_t dot = name.rfind('.');
    thresholds.set(name.substr(0, dot), name.substr(dot + 1), value);
  }
  for (const std::string& assignment : o.set) thresholds.set(assignment);
  return thresholds;
}

// Today's date in UTC, so that an expiry means the same on every machine.
std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

// What cannot be told in time stays: it may matter more than any time.
void leave_out_small(FoundIn& found, double min_ms) {
  const auto small = [&](const Found& f) {
    const std::optional<double>& ms = f.recoverable_ms ? f.recoverable_ms : f.measured_ms;
    return ms && *ms < min_ms;
  };
  const std::size_t before = found.findings.size();
  found.findings.erase(std::remove_if(found.findings.begin(), found.findings.end(), small),
                       found.findings.end());
  found.below_min_ms = before - found.findings.size();
}

// Marks what makes the run fail; gives whether anything does.
bool mark_failures(FoundIn& in, std::string_view level) {
  const auto rank = [](std::string_view word) {
    return std::find(levels().begin(), levels().end(), word) - levels().begin();
  };
  bool any = false;
  for (auto* list : {&in.evidence, &in.findings}) {
    for (Found& found : *list) {
      found.fails = !found.suppressed_because && found.baseline_state != "absent" &&
                    found.baseline_state != "unchanged" && rank(found.severity) >= rank(level);
      any = any || found.fails;
    }
  }
  return any;
}

void show(const std::vector<FoundIn>& found, const Options& o, Io& io) {
  if (io.format_name == "sarif") {
    io.write(render::sarif(found, TREX_VERSION));
  } else if (io.format_name == "junit") {
    io.write(render::junit(found));
  } else if (io.format_name == "json") {
    io.show(report::lint_data(found));
  } else if (io.format_name == "csv" || io.format_name == "tsv") {
    io.show(report::lint_rows(found));
  } else {
    std::vector<Document> documents;
    for (const FoundIn& in : found) {
      documents.push_back(report::lint_report(in, o.all ? 0 : usual_findings));
    }
    io.show(documents);
  }
}

ExitCode run(const Options& o, Io& io) {
  const LintSettings settings = settings_of(o, io);
  const std::vector<const lint::Rule*> rules = lint::select_rules(settings.rules);
  const lint::Thresholds thresholds = thresholds_of(settings, o);
  std::vector<FoundIn> found;
  for (const Engine& engine : load_engines(o, io)) {
    found.push_back(report::lint_findings(engine, rules, lint::run(engine, rules, thresholds)));
  }
  // The baseline knows every finding: what is small or suppressed today may not be tomorrow.
  if (!settings.baseline.empty()) {
    report::compare_with_baseline(found, read_file(settings.baseline).view(), settings.baseline);
  }
  if (!o.write_baseline.empty()) write_file(o.write_baseline, report::baseline_text(found));
  report::suppress(found, settings.suppressions, today());
  bool failed = false;
  for (FoundIn& in : found) {
    if (settings.min_ms) leave_out_small(in, *settings.min_ms);
    failed = mark_failures(in, settings.fail_on) || failed;
  }
  show(found, o, io);
  return failed ? ExitCode::found_problems : ExitCode::success;
}

constexpr std::string_view more =
    "Groups of rules: precision, quantization, movement, fusion, shapes, efficiency, evidence;\n"
    "trex explain RULE tells one. A severity follows the time to win: error from 5% of the\n"
    "engine's time, warning from 1%. docs/lint.md tells of CI, trex.toml and suppressions.";

}  // namespace

Command lint_command() {
  Command result = command<Options>(
      "lint", "what costs time, how much of it could be won, and what to do",
      {{"trex lint resnet.graph.json", "findings, the most to win first"},
       {"trex lint out/ --fail-on warning --min-ms 0.01", "for CI: exit 1 when it pays to look"},
       {"trex lint plan.json --rules movement,-C01 --set reformat-share.min_share=0.1",
        "some rules, another threshold"},
       {"trex lint plan.json --baseline lint.json --format sarif -o lint.sarif",
        "what is new, for code scanning"}},
      flags, run);
  static const std::string text = std::string(more) + "\n\n" + std::string(engine_help);
  result.more = text;
  result.own_formats = {"sarif", "junit"};
  return result;
}

}  // namespace trex::cli
