// `trex history`: how a model's engines got faster or slower over time, and why.

// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/dataset_sources.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/document/units.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/page_bundle.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/dataset_log.hpp"
#include "trex/store/history_dataset.hpp"
#include "trex/store/history_report.hpp"
#include "trex/store/history_source.hpp"
#include "web/embed/page_html.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string model, gpu, trt, since, until, metric;
  std::vector<std::string> across;
  std::string fail_on = "never";
  std::optional<std::int64_t> recent;
  bool all = false, page = false;
};

constexpr std::int64_t usual_recent = 3;

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const store::HistoryMetric& metric : store::history_metrics()) {
    names.emplace_back(metric.name);
  }
  return names;
}

std::vector<Flag> flags(Options& o) {
  return {
      {"DIR...", &o.paths, "a dataset, or folders and files of engines"},
      {"--model M", &o.model, "which model, by its name or a part of it"},
      {"--metric NAME", &o.metric,
       "the figure to follow (default: end_to_end where it is known, else layer_time)",
       metric_names()},
      {"--gpu NAME", &o.gpu, "only engines of this GPU, or a part of its name"},
      {"--trt VERSION", &o.trt, "only engines of this TensorRT version, or a part of it"},
      {"--since DATE", &o.since, "2026-03-14, 2026-03 or 2026"},
      {"--until DATE", &o.until, "the same; all of it is in"},
      {"--across WHAT",
       &o.across,
       "put engines that differ in this into one series; repeated",
       {"trt", "precision"}},
      {"--fail-on WHAT",
       &o.fail_on,
       "exit 1 when a recent engine changed the figure",
       {"never", "worse", "change"}},
      {"--recent N", &o.recent, "the newest N engines of a series are recent (default: 3)"},
      {"--all", &o.all, "every series, engine and block"},
      {"--page", &o.page, "write the interactive page, into the FILE that -o names"},
  };
}

// Every engine anywhere below the paths; what cannot be recognised is said and left out.
store::HistoryTables load_engines_of(const Options& o, Io& io) {
  const DatasetSources sources = find_dataset_sources(o.paths);
  for (const DatasetSources::Failure& failure : sources.failures) io.say(failure.message);
  if (sources.engines.empty()) fail("{}: no engine there", o.paths[0]);
  const std::array<const store::TableSpec*, 3> specs{
      &store::find_table("engines"), &store::find_table("layers"), &store::find_table("timing")};
  std::vector<Table> tables =
      store::collect_tables(sources.engines, specs, [&](std::size_t done, const EngineFiles& next) {
        if (!io.verbose) return;
        io.say(fmt::format("{} of {}: {}", done + 1, sources.engines.size(), next.graph));
      });
  return store::tables_in_memory(std::move(tables[0]), std::move(tables[1]), std::move(tables[2]));
}

store::HistoryTables load_tables(const Options& o, Io& io) {
  const bool has_dataset = std::any_of(o.paths.begin(), o.paths.end(), store::is_dataset);
  if (!has_dataset) return load_engines_of(o, io);
  if (o.paths.size() > 1) fail("a dataset is asked alone; trex dataset add puts engines into it");
  return store::tables_of_dataset(o.paths[0]);
}

void check_date(std::string_view option, const std::string& text) {
  const bool fits = text.empty() || (text.size() >= 4 && text.size() <= 32 &&
                                     text.find_first_not_of("0123456789-: T.Z") == text.npos);
  if (!fits) fail("{} takes a date such as 2026-03-14, 2026-03 or 2026, not '{}'", option, text);
}

bool has_recent_change(const store::History& history, bool only_worse, std::size_t recent) {
  for (const store::HistorySeries& series : history.series) {
    for (const store::HistoryChange& change : series.changes) {
      const bool is_recent = change.point.at + recent >= series.points.size();
      if (is_recent && (change.worse || !only_worse)) return true;
    }
  }
  return false;
}

// Before anything is read: what --page needs.
void check_page(const Io& io) {
  if (io.output == "-") fail("--page writes a file to open in a browser: say where with -o FILE");
  if (io.format_name != "text") {
    fail("--page is a format of its own, without --format {}", io.format_name);
  }
  page_html();
}

void write_page(const Document& document, std::size_t engines, Io& io) {
  const std::string json = render::json({&document, 1}, {});
  const std::string html = report::bundled_page(page_html(), {}, {.state = "", .history = json});
  io.write(html);
  io.say(fmt::format("wrote {}: the history of {}, {}; open it in a browser", printable(io.output),
                     counted(engines, "engine"),
                     human_bytes(static_cast<std::int64_t>(html.size()))));
}

ExitCode run(const Options& o, Io& io) {
  if (o.page) check_page(io);
  check_date("--since", o.since);
  check_date("--until", o.until);
  const std::int64_t recent = o.recent.value_or(usual_recent);
  if (recent < 1) fail("--recent takes a number from 1, not {}", recent);
  const auto across = [&](std::string_view what) {
    return std::find(o.across.begin(), o.across.end(), what) != o.across.end();
  };
  const store::HistoryQuery query{.gpu = o.gpu,
                                  .trt = o.trt,
                                  .since = o.since,
                                  .until = o.until,
                                  .metric = o.metric,
                                  .across_trt = across("trt"),
                                  .across_precision = across("precision")};
  store::HistoryTables tables = load_tables(o, io);
  const std::string model = store::choose_model(store::history_models(tables.engines), o.model);
  const store::HistorySource source = store::history_source(std::move(tables), model);
  const store::History history = store::history_of(source, query);
  store::HistoryView view = o.all ? store::HistoryView{0, 0, 0} : store::HistoryView{};
  if (io.format_name == "html") view.engines = 0;  // a chart has room for all
  Document document = store::history_report(history, view);
  if (io.format_name == "csv" || io.format_name == "tsv") document.json_root = "points";
  if (o.page) {
    write_page(document, history.engine_count, io);
  } else {
    io.show(document);
  }
  const bool failed = o.fail_on != "never" && has_recent_change(history, o.fail_on == "worse",
                                                                static_cast<std::size_t>(recent));
  return failed ? ExitCode::found_problems : ExitCode::success;
}

}  // namespace

Command history_command() {
  Command result = command<Options>(
      "history", "how a model's engines got faster or slower over time, when and why",
      {{"trex history nightly/ --model resnet50",
        "trends and changes, a series a GPU and TensorRT"},
       {"trex history nightly/ --model resnet50 --across trt", "what upgrades of TensorRT did"},
       {"trex history nightly/ --model resnet50 --fail-on worse", "a gate: exit 1 on a slow-down"},
       {"trex history nightly/ --model resnet50 --page -o history.html", "as an interactive page"}},
      flags, run);
  result.more =
      "Engines of one model, GPU, batch, TensorRT version and set of precisions are one series, "
      "ordered by the date that their logs state. A change is a step that the noise between "
      "engines "
      "would make in 1 of 100 series; docs/history.md says how it is found.";
  return result;
}

}  // namespace trex::cli
