// `trex export`: the tables of engines as files that other programs read.
//
// Engines pass through one at a time: loaded, their rows written, freed. So thousands fit, and what
// is written appears whole, under its name, when the last is done.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/cli/parse.hpp"
#include "trex/render/wrap.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/engines_beneath.hpp"
#include "trex/store/export_format.hpp"
#include "trex/table/expression.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  std::string to, output = "-", where;
  std::vector<std::string> tables, columns;
  bool list_columns = false, keep_going = false;
};

std::vector<Flag> flags(Options& o) {
  std::vector<std::string> tables = store::table_names();
  tables.emplace_back("all");
  return with_engine_flags(
      {
          {"[ENGINE...]", &o.engines, "engines, or folders of them: their rows follow one another"},
          {"--to FORMAT", &o.to, "see below; else what the ending of the output's name says",
           store::export_format_names()},
          {"-o,--output FILE", &o.output,
           "write there; a folder for several tables; '-' is standard output"},
          {"--table NAMES",
           &o.tables,
           "layers when not given; several by commas; all: a file each",
           {},
           tables},
          {"--columns A,B", &o.columns, "only these columns, in this order; all"},
          {"--where EXPR", &o.where, "only rows for which this holds, as of trex layers"},
          {"--keep-going", &o.keep_going, "leave out what cannot be read, and say so"},
          {"--list-columns", &o.list_columns,
           "the columns of --table, or of all; no engine needed"},
      },
      o);
}

const store::ExportFormat& format_of(const Options& o) {
  if (!o.to.empty()) return store::find_export_format(o.to);
  const std::string names = join(store::export_format_names(), ", ");
  if (o.output == "-") fail("name a format: --to {}; or an output file: -o FILE", names);
  if (const store::ExportFormat* format = store::export_format_of(o.output)) return *format;
  fail("-o {}: no format has that ending; name one: --to {}", o.output, names);
}

std::vector<const store::TableSpec*> tables_of(const Options& o) {
  std::vector<const store::TableSpec*> specs;
  if (o.tables.empty()) return {&store::find_table("layers")};
  for (const std::string& name : listed(o.tables)) {
    if (name == "all") {
      specs.clear();
      for (const store::TableSpec& spec : store::table_specs()) specs.push_back(&spec);
      return specs;
    }
    const store::TableSpec* spec = &store::find_table(name);
    if (std::find(specs.begin(), specs.end(), spec) == specs.end()) specs.push_back(spec);
  }
  if (specs.empty()) fail("--table names no table; known: {}", join(store::table_names(), ", "));
  return specs;
}

// Where a file's bytes go; a file appears when it is committed.
class Target {
 public:
  Target(std::string path, Io& io) : path_(std::move(path)), io_(io) {
    if (path_ != "-") file_ = std::make_unique<AtomicFile>(path_);
  }
  const std::string& path() const { return path_; }
  void write(std::string_view bytes) {
    bytes_ += bytes.size();
    if (file_ != nullptr) {
      file_->write(bytes);
    } else if (!bytes.empty()) {
      io_.write(bytes);
    }
  }
  void commit() {
    if (file_ == nullptr) return;
    file_->commit();
    io_.say(fmt::format("wrote {}: {}", path_, human_bytes(static_cast<std::int64_t>(bytes_))));
  }

 private:
  std::string path_;
  Io& io_;
  std::unique_ptr<AtomicFile> file_;
  std::size_t bytes_ = 0;
};

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

// One table on its way into one file.
class TableFile {
 public:
  TableFile(const store::TableSpec& spec, const Options& o, const store::ExportFormat& format,
            std::unique_ptr<Target> target)
      : spec_(spec),
        chosen_(store::chosen_columns(spec, listed(o.columns), format)),
        where_(o.where),
        target_(std::move(target)) {
    if (!where_.empty()) rows_where(store::GrowingTable(spec).take(), where_);  // is it sound?
    writer_ = format.table_writer(
        chosen_, {.write = [this](std::string_view text) { target_->write(text); },
                  .folder = o.output == "-" ? temporary_folder() : directory_of(target_->path())});
  }

  void add(store::EngineTables& engine) {
    Table rows = engine.table(spec_);
    if (!where_.empty()) rows = rows.take(rows_where(rows, where_));
    std::vector<std::string> names;
    for (const store::ColumnSpec& column : chosen_.columns) names.emplace_back(column.name);
    writer_->add(rows.select(names));
  }
  void finish() { writer_->finish(); }
  void commit() { target_->commit(); }

 private:
  const store::TableSpec& spec_;
  store::TableSpec chosen_;
  std::string where_;
  std::unique_ptr<Target> target_;
  std::unique_ptr<store::TableWriter> writer_;
};

// A line now and then, for what takes longer than people wait without a word.
class ExportProgress {
 public:
  ExportProgress(std::size_t engines, Io& io) : engines_(engines), io_(io) {}
  void next() {
    const auto now = Clock::now();
    if (now - last_ >= std::chrono::seconds(5)) {
      io_.say(fmt::format("{} of {} engines", done_, engines_));
      last_ = now;
    }
    ++done_;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t engines_, done_ = 0;
  Io& io_;
  Clock::time_point last_ = Clock::now();
};

void leave_out(const Error& error, const Options& o, Io& io) {
  if (!o.keep_going) throw Error(error);
  io.say(fmt::format("warning: left out: {}", error.what()));
}

// Where options say which files, those; else every engine beneath what is named.
std::vector<EngineFiles> engines_of(const Options& o, Io& io) {
  if (o.engines.empty() || says_which_files(o)) return find_engines(o);
  reject_contradictions(o);
  return store::engines_beneath(o.engines, [&](const Error& error) { leave_out(error, o, io); });
}

// Nothing where it cannot be read and is to be left out.
std::optional<Engine> load_next(const EngineFiles& files, ExportProgress& progress,
                                const Options& o, Io& io) {
  progress.next();
  try {
    Engine engine = load_engine(files);
    warn_of_cut_graph(engine, io);
    if (io.verbose) say_what_was_used(engine, io);
    return engine;
  } catch (const Error& error) {
    leave_out(error, o, io);
    return std::nullopt;
  }
}

void export_tables(const Options& o, const store::ExportFormat& format, Io& io) {
  const std::vector<const store::TableSpec*> specs = tables_of(o);
  const bool is_folder = specs.size() > 1;
  if (is_folder && o.output == "-") fail("several tables need a folder: -o DIR");
  if (is_folder && !(o.columns.empty() && o.where.empty())) {
    fail("--columns and --where are of one table, but --table names {}", specs.size());
  }
  const std::vector<EngineFiles> engines = engines_of(o, io);
  if (is_folder) make_directories(o.output);
  std::vector<std::unique_ptr<TableFile>> files;
  for (const store::TableSpec* spec : specs) {
    const std::string name = fmt::format("{}{}", spec->name, store::first_ending(format));
    const std::string path = is_folder ? join_path(o.output, name) : o.output;
    files.push_back(
        std::make_unique<TableFile>(*spec, o, format, std::make_unique<Target>(path, io)));
  }
  ExportProgress progress(engines.size(), io);
  for (const EngineFiles& engine_files : engines) {
    const std::optional<Engine> engine = load_next(engine_files, progress, o, io);
    if (!engine) continue;
    store::EngineTables tables(*engine);
    for (const auto& file : files) file->add(tables);
  }
  for (const auto& file : files) file->finish();
  for (const auto& file : files) file->commit();
}

void export_engines(const Options& o, const store::ExportFormat& format, Io& io) {
  if (!o.columns.empty() || !o.where.empty() || !o.tables.empty()) {
    fail("--table, --columns and --where choose of tables; '{}' shows whole engines", format.name);
  }
  const std::vector<EngineFiles> found = engines_of(o, io);
  ExportProgress progress(found.size(), io);
  std::vector<Engine> engines;
  engines.reserve(found.size());
  for (const EngineFiles& files : found) {
    if (std::optional<Engine> engine = load_next(files, progress, o, io)) {
      engines.push_back(std::move(*engine));
    }
  }
  if (engines.empty()) fail("no engine could be read");
  Target target(o.output, io);
  format.write_engines(engines, [&](std::string_view bytes) { target.write(bytes); });
  target.commit();
}

// A table: its columns with type, unit and meaning, fitted to the terminal.
std::string columns_text(const store::TableSpec& table, int width) {
  std::size_t longest = 0;
  for (const store::ColumnSpec& column : table.columns) {
    longest = std::max(longest, column.name.size());
  }
  const int indent = 2 + static_cast<int>(longest) + 2 + 8 + 2 + 8 + 2;
  std::string text = fmt::format("{}: {}\n", table.name, table.description);
  for (const store::ColumnSpec& column : table.columns) {
    std::string head = fmt::format("  {:<{}}  {:<8}  {:<8}  ", column.name, longest,
                                   column_type_name(column.type), store::unit_word(column.unit));
    for (const std::string& line :
         render::wrap(column.description, width > 0 ? std::max(width - indent, 20) : 0)) {
      text += head + line + "\n";
      head.assign(static_cast<std::size_t>(indent), ' ');
    }
  }
  return text;
}

void list_columns(const Options& o, Io& io) {
  std::vector<const store::TableSpec*> specs;
  if (!o.tables.empty()) specs = tables_of(o);
  if (specs.empty()) {
    for (const store::TableSpec& spec : store::table_specs()) specs.push_back(&spec);
  }
  std::vector<std::string> texts;
  for (const store::TableSpec* spec : specs) texts.push_back(columns_text(*spec, io.style.width));
  io.output = o.output;
  io.write(join(texts, "\n"));
}

ExitCode run(const Options& o, Io& io) {
  if (o.list_columns) {
    list_columns(o, io);
    return ExitCode::success;
  }
  const store::ExportFormat& format = format_of(o);
  if (!format.is_text && o.output == "-" && isatty(STDOUT_FILENO) == 1) {
    fail("'{}' is nothing for a terminal: give -o FILE{}", format.name,
         store::first_ending(format));
  }
  if (format.table_writer != nullptr) {
    export_tables(o, format, io);
  } else {
    export_engines(o, format, io);
  }
  return ExitCode::success;
}

std::string format_lines(bool of_tables) {
  std::string text;
  for (const store::ExportFormat& format : store::export_formats()) {
    if ((format.table_writer != nullptr) != of_tables) continue;
    text += fmt::format("  {:<14} {:<{}} {}\n", format.name, store::first_ending(format),
                        of_tables ? 9 : 20, format.summary);
  }
  return text;
}

std::string help_text() {
  std::string text = "Formats of tables, of --to or by the ending of the output's name:\n";
  text += format_lines(true) + "\nFormats of whole engines (docs/export-files.md):\n";
  text += format_lines(false);
  text += "\nTables:\n";
  for (const store::TableSpec& table : store::table_specs()) {
    text += fmt::format("  {:<11} {}\n", table.name, table.description);
  }
  return text +
         "\nEvery table begins with engine_id (equal files, equal id) and engine; hidden layers\n"
         "are among the layers: --where 'not hidden' leaves them out.\n\n" +
         std::string(engine_help);
}

}  // namespace

Command export_command() {
  Command result = command<Options>(
      "export", "engines as files: csv, json, parquet, xlsx, traces, metrics ...",
      {{"trex export resnet.graph.json -o layers.csv", "every layer with every figure"},
       {"trex export fp32.graph.json fp16.graph.json -o both.xlsx", "a workbook, with charts"},
       {"trex export runs/ --to jsonl --table findings",
        "the findings of every engine in a folder"},
       {"trex export out/ --to csv --table all -o tables/", "every table, a file each"},
       {"trex export plan.json --to markdown --where 'time_ms > 0.1'",
        "slow layers, for a comment"}},
      flags, run);
  static const std::string more = help_text();
  result.more = more;
  result.has_document = false;
  return result;
}

}  // namespace trex::cli
