// `trex query`: SQL over engines, one or thousands.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/subprocess.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/document/units.hpp"
#include "trex/render/people.hpp"
#include "trex/store/sql_over_paths.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::vector<std::string> words, parameters;
  std::string file;
  std::optional<std::int64_t> limit, threads;
  bool keep_going = false;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"PATH... SQL", &o.words,
       "engines, archives, folders with engines anywhere in them, datasets; then the SQL, '-' "
       "reads it from "
       "standard input; .views and .schema [VIEW] say what can be asked"},
      {"--file FILE", &o.file, "the SQL stands in this file"},
      {"--param NAME=VALUE", &o.parameters,
       "for $NAME in the SQL; a VALUE alone is for the next ?; may be given several times"},
      {"--limit N", &o.limit, "the first N rows of each result"},
      {"--keep-going", &o.keep_going, "leave out engines that cannot be loaded, with a warning"},
      {"--threads N", &o.threads, "for queries over millions of rows (default: one a core)"},
  };
}

struct Request {
  std::vector<std::string> paths;
  std::string sql;
};

bool is_dot_command(std::string_view word) {
  return word.size() > 1 && word[0] == '.' && word[1] >= 'a' && word[1] <= 'z' &&
         word.find('/') == std::string_view::npos;
}

std::string read_sql(const std::string& path) { return std::string(read_file(path).view()); }

// Paths first, the SQL last.
Request request_of(const Options& o) {
  Request request{o.words, ""};
  if (!o.file.empty()) {
    request.sql = read_sql(o.file);
  } else if (o.words.empty()) {
    fail("trex query needs PATH... and SQL: trex query out/ \"SELECT * FROM engines\"");
  } else {
    request.sql = o.words.back();
    request.paths.pop_back();
    if (file_exists(request.sql) && request.sql != "-") {
      fail("no SQL given: '{}' is a file or folder; the SQL stands last, in quotes", request.sql);
    }
    if (request.sql == "-") request.sql = read_sql("-");
  }
  if (request.paths.empty()) {
    fail("no engine given: name engines, folders or archives before the SQL");
  }
  return request;
}

Document views_document() {
  Table table;
  std::vector<std::string> names, meanings;
  for (const store::TableSpec& spec : store::table_specs()) {
    names.emplace_back(spec.name);
    meanings.emplace_back(spec.description);
  }
  table.add(Key<std::string_view>{"view", Unit::none, "its name"}, names);
  table.add(Key<std::string_view>{"rows", Unit::none, "what a row is"}, meanings);
  Document document;
  document.json_root = "views";
  document.blocks.push_back(TableBlock{.key = "views", .table = std::move(table)});
  return document;
}

std::string_view sql_type(ColumnType type) {
  switch (type) {
    case ColumnType::boolean:
      return "BOOLEAN";
    case ColumnType::integer:
      return "BIGINT";
    case ColumnType::real:
      return "DOUBLE";
    case ColumnType::text:
      return "VARCHAR";
    case ColumnType::integers:
      return "BIGINT[]";
    case ColumnType::texts:
      return "VARCHAR[]";
  }
  return "";
}

Document schema_document(std::string_view view) {
  std::vector<std::string> views, names, types, units, meanings;
  for (const store::TableSpec& spec : store::table_specs()) {
    if (!view.empty() && spec.name != store::find_table(view).name) continue;
    for (const store::ColumnSpec& column : spec.columns) {
      views.emplace_back(spec.name);
      names.emplace_back(column.name);
      types.emplace_back(sql_type(column.type));
      units.emplace_back(column.unit == Unit::fraction ? "0 to 1" : unit_symbol(column.unit));
      meanings.emplace_back(column.description);
    }
  }
  using Text = Key<std::string_view>;
  Table table;
  table.add(Text{"view", Unit::none, ""}, views).add(Text{"column", Unit::none, ""}, names);
  table.add(Text{"type", Unit::none, ""}, types).add(Text{"unit", Unit::none, ""}, units);
  table.add(Text{"meaning", Unit::none, ""}, meanings);
  Document document;
  document.json_root = "columns";
  TableBlock block{.key = "columns", .table = std::move(table)};
  if (!view.empty()) block.text_columns = {"column", "type", "unit", "meaning"};
  document.blocks.push_back(std::move(block));
  return document;
}

// ".schema layers", also as two words; paths may stand before it, they do not matter.
bool show_dot_command(const Options& o, Io& io) {
  if (o.words.empty() || !o.file.empty()) return false;
  std::string_view word = o.words.back(), view;
  if (o.words.size() > 1 && is_dot_command(o.words[o.words.size() - 2])) {
    word = o.words[o.words.size() - 2];
    view = o.words.back();
  } else if (const std::size_t space = word.find(' '); space != std::string_view::npos) {
    view = trim(word.substr(space));
    word = word.substr(0, space);
  }
  if (!is_dot_command(word) || file_exists(std::string(word))) return false;
  if (word == ".views") {
    io.show(views_document());
  } else if (word == ".schema") {
    io.show(schema_document(view));
  } else {
    fail("no command '{}'{}", word, did_you_mean(word, {".views", ".schema"}));
  }
  return true;
}

// All are texts: DuckDB makes a number of one where a number is wanted, and not the other way
// round.
store::SqlParameters parameters_of(const Options& o) {
  store::SqlParameters parameters;
  for (const std::string& given : o.parameters) {
    const std::size_t equals = given.find('=');
    if (equals == std::string::npos || equals == 0) {
      parameters.positional.push_back(given.substr(equals == 0 ? 1 : 0));
    } else {
      const std::string_view name = std::string_view(given).substr(0, equals);
      parameters.named.emplace_back(name.substr(name.front() == '$' ? 1 : 0),
                                    given.substr(equals + 1));
    }
  }
  return parameters;
}

// Units are in names here: `sum(time_ms) AS all_ms` is shown as milliseconds are everywhere.
Unit unit_of(const Column& column) {
  const std::string& name = column.name();
  const auto named = [&](std::string_view unit) {
    return name == unit || ends_with(name, "_" + std::string(unit));
  };
  if (column.type() == ColumnType::integer) return named("bytes") ? Unit::bytes : Unit::none;
  if (column.type() != ColumnType::real) return Unit::none;
  if (named("ms")) return Unit::milliseconds;
  if (!named("share")) return Unit::none;
  for (Row row = 0; row < column.size(); ++row) {  // 12.5 is percent already
    const double value = column.real(row).value_or(0);
    if (value < 0 || value > 1) return Unit::none;
  }
  return Unit::fraction;
}

Table with_units(const Table& table) {
  Table result(table.strings());
  for (std::size_t c = 0; c < table.column_count(); ++c) {
    const Column& column = table.column(c);
    result.add(std::make_shared<const Column>(column.name(), unit_of(column), "", column.data(),
                                              column.strings()));
  }
  return result;
}

// Of a table wider than the terminal people see the first columns, and which they do not see.
void leave_out_columns(TableBlock& block, int terminal) {
  constexpr int gap = 2, readable_text = 20;  // as tables of text are set
  constexpr std::size_t always_shown = 2, looked_at = 1000;
  const Table& table = block.table;
  const Row rows = static_cast<Row>(std::min(table.row_count(), looked_at));
  std::vector<std::string> shown, left_out;
  int total = 0;
  for (std::size_t c = 0; c < table.column_count(); ++c) {
    const render::PeopleColumn people = render::people_column(table.column(c), rows);
    int width = display_width(people.header);
    for (const std::string& cell : people.cells) width = std::max(width, display_width(cell));
    total += (c > 0 ? gap : 0) + (people.can_shrink ? std::min(width, readable_text) : width);
    const bool fits = c < always_shown || (left_out.empty() && total <= terminal);
    (fits ? shown : left_out).push_back(table.column(c).name());
  }
  if (left_out.empty()) return;
  block.text_columns = std::move(shown);
  block.remark +=
      fmt::format("{}{} left out: {}; --width 0 shows all", block.remark.empty() ? "" : "; ",
                  counted(left_out.size(), "column"), join(left_out, ", "));
}

Document result_document(const Table& table, const std::optional<std::int64_t>& limit,
                         const Io& io) {
  Document document;
  document.json_root = "rows";
  TableBlock block{.key = "rows", .table = with_units(table)};
  if (limit && static_cast<std::size_t>(*limit) < table.row_count()) {
    block.remark = fmt::format("the first {} of {}", *limit, counted(table.row_count(), "row"));
    block.table = block.table.head(static_cast<std::size_t>(*limit));
  }
  if (io.format_name == "text" && io.style.width > 0) leave_out_columns(block, io.style.width);
  document.blocks.push_back(std::move(block));
  return document;
}

// EXPLAIN gives a drawing of many lines in one cell.
std::string plan_text(const Table& table) {
  std::string text;
  for (Row row = 0; row < table.row_count(); ++row) {
    for (const std::string_view line : lines(table.at("explain_value").text(row).value_or(""))) {
      text += printable(line) + "\n";
    }
  }
  return text;
}

// Tells people that wait, on a terminal, how far it is; and stops at Ctrl-C.
class Progress {
 public:
  explicit Progress(Io& io) : io_(io), on_terminal_(isatty(STDERR_FILENO) == 1) {}
  static void stop_if_interrupted() {
    if (Interrupts::received() != 0) fail("stopped by a signal");
  }
  void operator()(std::size_t done, std::size_t all) {
    stop_if_interrupted();
    constexpr std::size_t worth_telling = 200, steps = 10;
    const std::size_t step = done * steps / all;
    if (!on_terminal_ || all < worth_telling || step == told_) return;
    told_ = step;
    io_.say(fmt::format("{} of {} engines", done, all));
  }

 private:
  Io& io_;
  bool on_terminal_;
  std::size_t told_ = 0;
};

ExitCode run(const Options& o, Io& io) {
  if (show_dot_command(o, io)) return ExitCode::success;
  if (o.limit && *o.limit < 0) fail("--limit takes a number of rows, not {}", *o.limit);
  if (o.threads && (*o.threads < 1 || *o.threads > 1024)) {
    fail("--threads takes 1 to 1024, not {}", *o.threads);
  }
  const Request request = request_of(o);
  const store::SqlParameters parameters = parameters_of(o);

  const std::function<void(const Error&)> problem = [&](const Error& error) {
    if (!o.keep_going) fail("{} (--keep-going leaves it out)", error.what());
    io.say(fmt::format("warning: left out: {}", error.what()));
  };
  const Interrupts interrupts;
  const std::vector<Table> tables =
      store::sql_over(store::find_sql_sources(request.paths, problem), request.sql, parameters,
                      {.threads = static_cast<int>(o.threads.value_or(0)),
                       .may_go_on = [](double) { return Interrupts::received() == 0; }},
                      {.progress = Progress(io),
                       .loaded =
                           [&io](const Engine& engine) {
                             warn_of_cut_graph(engine, io);
                             if (io.verbose) say_what_was_used(engine, io);
                           },
                       .failed = problem});
  if (tables.size() > 1 && (io.format_name == "csv" || io.format_name == "tsv")) {
    fail("{} holds one table, but the SQL gives {}; ask for one at a time", io.format_name,
         tables.size());
  }
  if (tables.size() == 1 && io.format_name == "text" && tables[0].find("explain_value")) {
    io.write(plan_text(tables[0]));
    return ExitCode::success;
  }
  std::vector<Document> documents;
  for (const Table& table : tables) documents.push_back(result_document(table, o.limit, io));
  if (!documents.empty()) io.show(documents);
  return ExitCode::success;
}

constexpr std::string_view more =
    "The SQL is DuckDB's. Each table of the engines is a view, with the columns 'engine_id' and\n"
    "'engine' first: engines, layers, tensors, source_ops, findings, timing, bindings, notes. "
    "Only\n"
    "the views that the SQL names are computed. What is unknown is NULL. Statements that write\n"
    "files are refused: -o FILE and --format write the result. docs/query.md has twenty "
    "queries.\n\n";

}  // namespace

Command query_command() {
  Command result = command<Options>(
      "query", "SQL over the tables of engines: one, a folder of them, thousands",
      {{"trex query out/ \"SELECT engine, gpu, layer_time_ms FROM engines\"",
        "the engines of a folder and of the folders in it"},
       {"trex query out/ \"SELECT name, time_ms FROM layers ORDER BY 2 DESC\" --limit 10",
        "the slowest layers of all engines"},
       {"trex query a.tea b.tea \"SELECT precision, sum(time_ms) FROM layers GROUP BY ALL\"",
        "time by precision"},
       {"trex query .schema layers", "the columns of a view, with unit and meaning"},
       {"trex query out/ --file slow.sql --param at_least=0.1 --format csv -o slow.csv",
        "a query of a file, $at_least in it is 0.1, for a spreadsheet"}},
      flags, run);
  static const std::string text = std::string(more) + std::string(engine_help);
  result.more = text;
  return result;
}

}  // namespace trex::cli
