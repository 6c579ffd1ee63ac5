// `trex dataset`: thousands of engines in one folder of Parquet files.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/dataset_documents.hpp"
#include "trex/cli/dataset_export.hpp"
#include "trex/document/units.hpp"
#include "trex/store/database.hpp"
#include "trex/store/dataset_views.hpp"
#include "trex/table/expression.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::string action, folder;
  std::vector<std::string> engines, tags;
  std::string files_from, model, gpu, trt, date, where;
  std::optional<std::int64_t> jobs, memory_mib, top;
  std::optional<double> grace_minutes;
  bool quick = false;
  DatasetExport to;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"ACTION", &o.action, "what to do", {"add", "list", "verify", "compact", "export"}},
      {"DIR", &o.folder, "the dataset's folder; add makes it"},
      {"[ENGINE...]", &o.engines,
       "add: graph JSON, stems, archives, folders (with all folders below them)"},
      {"--files-from FILE", &o.files_from,
       "add: further engines, one a line; - reads standard input"},
      {"--model NAME", &o.model, "add: the model, instead of what the files say"},
      {"--gpu NAME", &o.gpu, "add: the GPU, instead of what the files say"},
      {"--trt VERSION", &o.trt, "add: TensorRT's version, instead of what the files say"},
      {"--date DATE", &o.date,
       "add: when it was measured: 2026-03-14, 2026-03 or 2026-03-14T09:26:53"},
      {"--tag KEY=VALUE", &o.tags, "add: kept with each engine; may be given several times"},
      {"--jobs N", &o.jobs,
       "add: processes that load engines; by default one a core for many engines"},
      {"--memory MIB", &o.memory_mib,
       "memory that DuckDB may take, in each process (default: 1024)"},
      {"--where EXPR", &o.where,
       "list: only engines for which this holds, such as model == 'resnet50'"},
      {"--top N", &o.top, "list: the first N"},
      {"--quick", &o.quick, "verify: sizes only, not every byte"},
      {"--grace MINUTES", &o.grace_minutes,
       "compact: keep what killed writers left, and what was replaced, for so long (default: 60)"},
      {"--clickhouse", &o.to.clickhouse,
       "export: definitions, rows and a loading script for ClickHouse, into the folder --output"},
      {"--clickhouse-parquet", &o.to.clickhouse_parquet,
       "export: definitions by which ClickHouse 24.8 or newer reads the dataset itself"},
      {"--spark", &o.to.spark, "export: definitions by which Spark does"},
      {"--trino", &o.to.trino, "export: definitions by which Trino does"},
      {"--cluster NAME", &o.to.cluster,
       "export: ClickHouse's name for the servers that hold the tables (default: trex)"},
      {"--location URL", &o.to.location,
       "export: where the dataset lies for Spark, Trino, ClickHouse (default: its path here)"},
  };
}

// Each option is of one action; elsewhere it would be dropped without a word.
void refuse_idle_options(const Options& o) {
  struct Use {
    bool is_given;
    std::string_view option, action;
  };
  const Use uses[] = {
      {!o.engines.empty(), "ENGINE", "add"},
      {!o.files_from.empty(), "--files-from", "add"},
      {!o.model.empty(), "--model", "add"},
      {!o.gpu.empty(), "--gpu", "add"},
      {!o.trt.empty(), "--trt", "add"},
      {!o.date.empty(), "--date", "add"},
      {!o.tags.empty(), "--tag", "add"},
      {o.jobs.has_value(), "--jobs", "add"},
      {!o.where.empty(), "--where", "list"},
      {o.top.has_value(), "--top", "list"},
      {o.to.clickhouse, "--clickhouse", "export"},
      {o.to.clickhouse_parquet, "--clickhouse-parquet", "export"},
      {o.to.spark, "--spark", "export"},
      {o.to.trino, "--trino", "export"},
      {!o.to.cluster.empty(), "--cluster", "export"},
      {!o.to.location.empty(), "--location", "export"},
      {o.quick, "--quick", "verify"},
      {o.grace_minutes.has_value(), "--grace", "compact"},
  };
  for (const Use& use : uses) {
    if (use.is_given && use.action != o.action) {
      fail("{} is for trex dataset {}, not for {}", use.option, use.action, o.action);
    }
  }
}

store::DatasetMachine machine_of(const Options& o, std::size_t jobs = 1) {
  store::DatasetMachine machine;
  if (o.memory_mib) {
    // Less than 64 MiB and DuckDB cannot sort a row group.
    if (*o.memory_mib < 64 || *o.memory_mib > (std::int64_t{1} << 30)) {
      fail("--memory takes MiB from 64, not {}", *o.memory_mib);
    }
    machine.memory_bytes = static_cast<std::uint64_t>(*o.memory_mib) << 20;
  }
  if (jobs > 1) machine.threads = 1;
  return machine;
}

// How far it is: one line that is rewritten on a terminal, else a line every ten seconds.
class Count {
 public:
  Count(std::string what, Io& io)
      : what_(std::move(what)),
        io_(io),
        is_terminal_(isatty(STDERR_FILENO) != 0),
        next_(interval_s()) {}
  ~Count() { clear(); }
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;

  void show(std::size_t done, std::size_t all) {
    if (seconds() < next_) return;
    next_ = seconds() + interval_s();
    const std::string line = fmt::format("{} of {} {}, {:.0f}/s", done, all, what_,
                                         static_cast<double>(done) / std::max(seconds(), 1e-3));
    if (!is_terminal_) return io_.say(line);
    const std::string text = "\r\x1b[Ktrex: " + line;
    has_line_ = write(STDERR_FILENO, text.data(), text.size()) >= 0;
  }
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  void clear() {
    if (has_line_ && write(STDERR_FILENO, "\r\x1b[K", 4) >= 0) has_line_ = false;
  }

 private:
  double interval_s() const { return is_terminal_ ? 0.5 : 10; }

  std::string what_;
  Io& io_;
  bool is_terminal_, has_line_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double next_;
};

std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

store::GivenFacts given_facts(const Options& o) {
  store::GivenFacts facts{given(o.model), given(o.gpu), given(o.trt), given(o.date), {}};
  if (facts.date) store::parse_moment(*facts.date);  // refused before the slow part
  for (const std::string& tag : o.tags) {
    const std::size_t equals = tag.find('=');
    if (equals == std::string::npos || equals == 0) fail("--tag takes KEY=VALUE, not '{}'", tag);
    facts.tags.emplace_back(tag.substr(0, equals), tag.substr(equals + 1));
  }
  return facts;
}

// Starting a process costs more than loading a few engines.
std::size_t jobs_for(const Options& o, std::size_t engines) {
  constexpr std::size_t few_engines = 256;
  if (o.jobs) {
    if (*o.jobs < 1 || *o.jobs > 64) fail("--jobs takes a number from 1 to 64, not {}", *o.jobs);
    return static_cast<std::size_t>(*o.jobs);
  }
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return engines < few_engines ? 1 : static_cast<std::size_t>(std::clamp(cores, 1L, 8L));
}

ExitCode add(const Options& o, Io& io) {
  const store::GivenFacts facts = given_facts(o);
  std::vector<std::string> arguments = o.engines;
  if (!o.files_from.empty()) {
    for (std::string& line : read_argument_file(o.files_from)) arguments.push_back(std::move(line));
  }
  if (arguments.empty())
    fail("trex dataset add needs an engine: trex dataset add {} ENGINE", o.folder);
  store::duckdb_library();  // or the reason why there is none, before anything is made
  store::make_dataset(o.folder);
  store::DatasetLog(o.folder, store::DatasetLog::Engines::left_out);
  const DatasetSources sources = find_dataset_sources(arguments);
  const std::size_t jobs = jobs_for(o, sources.engines.size());
  Count count("engines", io);
  AddWork work{.dataset = o.folder, .given = facts, .writer = {machine_of(o, jobs)}, .jobs = jobs};
  work.progress = [&](std::size_t done) { count.show(done, sources.engines.size()); };
  const std::vector<AddOutcome> outcomes = add_engines(sources.engines, work);
  count.clear();
  if (io.verbose) {
    io.say(fmt::format("{} in {:.1f} s, {:.0f}/s, {}", counted(outcomes.size(), "engine"),
                       count.seconds(), static_cast<double>(outcomes.size()) / count.seconds(),
                       jobs == 1 ? "1 process" : fmt::format("{} processes", jobs)));
  }
  io.show(added_document(o.folder, sources.engines, outcomes, sources.failures));
  const auto failed = static_cast<std::size_t>(std::count_if(
      outcomes.begin(), outcomes.end(),
      [](const AddOutcome& outcome) { return outcome.status == AddOutcome::Status::failed; }));
  if (failed + sources.failures.size() == 0) return ExitCode::success;
  return failed < outcomes.size() ? ExitCode::found_problems : ExitCode::failed;
}

// A compact may replace a file between the reading of the log and the reading of the file.
Table query_engines(const Options& o, std::size_t& all) {
  constexpr int attempts = 3;
  for (int attempt = 1;; ++attempt) {
    const store::DatasetLog log(o.folder);
    try {
      store::DatabaseOptions options = store::dataset_database(o.folder, machine_of(o), nullptr);
      options.read_only = true;
      store::Database database(std::move(options));
      all = static_cast<std::size_t>(log.engine_count());
      return database.query(fmt::format(
          "SELECT engine_id, engine, model, gpu, trt, date, layer_count, layer_time_ms, "
          "end_to_end_median_ms, finding_count, tags, month, CAST(taken_at AS VARCHAR) AS "
          "taken_at, "
          "taken_at_source, CAST(added_at AS VARCHAR) AS added_at, path FROM ({}) "
          "ORDER BY taken_at NULLS FIRST, engine, engine_id",
          store::dataset_select(log, store::find_table("engines"))));
    } catch (const Error&) {
      if (attempt == attempts || store::DatasetLog(o.folder).sequence() == log.sequence()) throw;
    }
  }
}

ExitCode list(const Options& o, Io& io) {
  if (o.top && *o.top < 0) fail("--top takes a number of rows, not {}", *o.top);
  std::size_t all = 0;
  Table engines = query_engines(o, all);
  if (!o.where.empty()) engines = engines.take(rows_where(engines, o.where));
  if (o.top) engines = engines.head(static_cast<std::size_t>(*o.top));
  io.show(listed_document(o.folder, engines, all));
  return ExitCode::success;
}

ExitCode verify(const Options& o, Io& io) {
  Count count("files", io);
  store::VerifyOptions options{.is_quick = o.quick, .machine = machine_of(o)};
  options.progress = [&](std::size_t done, std::size_t all) { count.show(done, all); };
  const store::VerifyReport report = store::verify_dataset(o.folder, options);
  count.clear();
  io.show(verified_document(o.folder, report));
  return report.problems.empty() ? ExitCode::success : ExitCode::found_problems;
}

ExitCode compact(const Options& o, Io& io) {
  Count count("merges", io);
  store::CompactOptions options{.machine = machine_of(o)};
  if (o.grace_minutes) {
    if (!(*o.grace_minutes >= 0)) fail("--grace takes minutes from 0, not {}", *o.grace_minutes);
    options.grace_s = *o.grace_minutes * 60;
  }
  options.progress = [&](std::size_t done, std::size_t all) { count.show(done, all); };
  const store::CompactReport report = store::compact_dataset(o.folder, options);
  count.clear();
  io.show(compacted_document(o.folder, report));
  return ExitCode::success;
}

ExitCode run(const Options& o, Io& io) {
  refuse_idle_options(o);
  if (o.action == "add") return add(o, io);
  if (o.action == "list") return list(o, io);
  if (o.action == "verify") return verify(o, io);
  if (o.action == "export") return export_dataset(o.folder, o.to, machine_of(o), io);
  return compact(o, io);
}

}  // namespace

Command dataset_command() {
  Command result = command<Options>(
      "dataset", "thousands of engines in one folder of Parquet files",
      {{"trex dataset add fleet out/",
        "every engine below out/, each once, into the dataset 'fleet'"},
       {"trex dataset add fleet resnet50.tea --gpu A10 --tag branch=main",
        "with what its files do not say"},
       {"trex dataset list fleet --where 'trt ~ \"^10\"'", "which engines are in it"},
       {"trex dataset verify fleet", "is every byte as it was written? exit 1 when not"},
       {"trex dataset compact fleet", "merge small files"},
       {"trex dataset export fleet --clickhouse -o rows", "for ClickHouse: rows and definitions"},
       {"trex dataset export fleet --trino --location s3://bucket/fleet", "for Trino"}},
      flags, run);
  result.more =
      "Any number of writers may add at once, and be killed at any moment: an engine is in\n"
      "the dataset whole, once, or not at all. DuckDB, Spark and Trino read the folder as it\n"
      "is. docs/dataset.md has the layout. add exits 1 when some engines failed, 2 when all.";
  return result;
}

}  // namespace trex::cli
