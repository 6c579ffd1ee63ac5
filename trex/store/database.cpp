// Opening DuckDB, its settings, views, and running statements.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/database.hpp"

#include <fmt/format.h>
#include <time.h>

#include <cassert>
#include <chrono>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/store/duckdb_error.hpp"
#include "trex/store/duckdb_result.hpp"

namespace trex::store {
namespace {

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}

std::string literal_list(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) {
    if (list.size() > 1) list += ", ";
    list += quoted_literal(text);
  }
  return list + "]";
}

duckdb::State bind_value(const duckdb::Api& api, duckdb::Prepared prepared, duckdb::Index index,
                         const SqlValue& value) {
  if (const bool* truth = std::get_if<bool>(&value)) {
    return api.bind_boolean(prepared, index, *truth);
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return api.bind_int64(prepared, index, *integer);
  }
  if (const double* real = std::get_if<double>(&value)) {
    return api.bind_double(prepared, index, *real);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return api.bind_text(prepared, index, text->data(), text->size());
  }
  return api.bind_null(prepared, index);
}

// Whether a statement changes nothing but this connection's memory.
bool is_harmless(duckdb::StatementType type) {
  switch (type) {
    case duckdb::statement_select:
    case duckdb::statement_insert:
    case duckdb::statement_update:
    case duckdb::statement_explain:
    case duckdb::statement_delete:
    case duckdb::statement_create:
    case duckdb::statement_alter:
    case duckdb::statement_transaction:
    case duckdb::statement_analyze:
    case duckdb::statement_set_variable:
    case duckdb::statement_create_function:
    case duckdb::statement_drop:
    case duckdb::statement_pragma:
    case duckdb::statement_set:
    case duckdb::statement_relation:
      return true;
    default:
      return false;
  }
}

// EXPLAIN ANALYZE runs the statement it explains, and only the text says which that is.
bool may_explain_a_write(std::string_view sql) {
  const std::string text = lower(sql);
  return text.find("copy") != std::string::npos || text.find("export") != std::string::npos ||
         text.find("attach") != std::string::npos || text.find("execute") != std::string::npos;
}

void refuse_writes(duckdb::StatementType type, const std::string& sql) {
  if (is_harmless(type) && !(type == duckdb::statement_explain && may_explain_a_write(sql))) return;
  fail(
      "query: only statements that read are run here, not COPY, EXPORT, ATTACH, EXECUTE or the "
      "like; write the result of a SELECT with -o FILE");
}

}  // namespace

std::string quoted_identifier(std::string_view name) { return quoted(name, '"'); }
std::string quoted_literal(std::string_view text) { return quoted(text, '\''); }

Database::Database(DatabaseOptions options)
    : api_(duckdb_library().api), options_(std::move(options)) {
  duckdb::Owned<duckdb::Config> config(api_.destroy_config);
  char* error = nullptr;
  // Of what is set here nothing depends on the options; a failure is a library that is not DuckDB.
  bool is_open = api_.create_config(&config.handle) == duckdb::success;
  for (const auto& [name, value] :
       {std::pair("autoinstall_known_extensions", "false"),
        std::pair("autoload_known_extensions", "false"),
        std::pair("allow_community_extensions", "false"), std::pair("custom_user_agent", "trex")}) {
    is_open = is_open && api_.set_config(config.handle, name, value) == duckdb::success;
  }
  is_open = is_open &&
            api_.open(":memory:", &database_, config.handle, &error) == duckdb::success &&
            api_.connect(database_, &connection_) == duckdb::success;
  if (!is_open) {
    const std::string why = error == nullptr ? "" : fmt::format(": {}", error);
    if (error != nullptr) api_.free(error);
    api_.close(&database_);
    fail("{}: DuckDB cannot be started{}", duckdb_library().path, why);
  }
  configure();
}

Database::~Database() {
  api_.disconnect(&connection_);
  api_.close(&database_);
}

void Database::configure() {
  std::string settings =
      "SET errors_as_json = true; SET enable_progress_bar = true;"
      "SET enable_progress_bar_print = false;";
  settings += fmt::format("SET temp_directory = {};", quoted_literal(options_.temporary_folder));
  if (options_.threads > 0) settings += fmt::format("SET threads = {};", options_.threads);
  if (options_.memory_bytes > 0) {
    settings += fmt::format("SET memory_limit = '{}B';", options_.memory_bytes);
  }
  if (!options_.allowed_folders.empty()) {
    settings +=
        fmt::format("SET allowed_directories = {};", literal_list(options_.allowed_folders));
  }
  if (!options_.allowed_files.empty()) {
    settings += fmt::format("SET allowed_paths = {};", literal_list(options_.allowed_files));
  }
  settings += "SET enable_external_access = false; SET lock_configuration = true;";
  run(settings);
  is_open_to_users_ = true;
}

void Database::add_view(const std::string& name, Table table) {
  add_view(name, std::vector<Table>{std::move(table)});
}

void Database::add_view(const std::string& name, std::vector<Table> tables) {
  assert(!tables.empty());
  Table schema = tables.front();
  add_view(name, std::move(schema), [tables = std::move(tables)] { return tables; });
}

void Database::add_view(const std::string& name, Table schema,
                        std::function<std::vector<Table>()> rows) {
  auto source = std::make_unique<ScanSource>(std::move(schema), std::move(rows));
  const std::string function = fmt::format("trex_rows_{}", sources_.size());
  sources_.push_back(std::move(source));  // the connection holds on to it from here on
  register_scan(api_, connection_, function, *sources_.back());
  run(fmt::format("CREATE VIEW {} AS SELECT * FROM {}()", quoted_identifier(name), function));
  sources_.back()->is_declared = true;
}

Table Database::query(const std::string& sql, const SqlParameters& parameters) {
  Table last;
  execute(sql, parameters, [&](duckdb::Result& result) { last = table_of(api_, result); });
  return last;
}

std::vector<Table> Database::query_all(const std::string& sql, const SqlParameters& parameters) {
  std::vector<Table> tables;
  execute(sql, parameters, [&](duckdb::Result& result) {
    if (api_.result_kind(result) == duckdb::rows) tables.push_back(table_of(api_, result));
  });
  return tables;
}

void Database::execute(const std::string& sql, const SqlParameters& parameters, const Sink& sink) {
  if (sql.find('\0') != std::string::npos) fail("query: the SQL holds a zero byte; take it out");
  duckdb::Owned<duckdb::Extracted> statements(api_.destroy_extracted);
  const duckdb::Index count = api_.extract_statements(connection_, sql.c_str(), &statements.handle);
  if (count == 0) {
    const char* error = api_.extract_error(statements.handle);
    if (error == nullptr) fail("query: the SQL holds no statement");
    fail_with(error, sql);
  }
  std::vector<bool> named_used(parameters.named.size(), false);
  for (duckdb::Index i = 0; i < count; ++i) {
    duckdb::Owned<duckdb::Prepared> prepared(api_.destroy_prepare);
    if (api_.prepare_extracted(connection_, statements.handle, i, &prepared.handle) !=
        duckdb::success) {
      fail_with(api_.prepare_error(prepared.handle), sql);
    }
    if (options_.read_only && is_open_to_users_) {
      refuse_writes(api_.statement_type(prepared.handle), sql);
    }
    bind(prepared.handle, parameters, named_used);
    execute_prepared(prepared.handle, sql, sink);
  }
  for (std::size_t i = 0; i < named_used.size(); ++i) {
    if (!named_used[i])
      fail("query: no statement has the parameter '${}'", parameters.named[i].first);
  }
}

void Database::bind(duckdb::Prepared prepared, const SqlParameters& parameters,
                    std::vector<bool>& named_used) {
  const duckdb::Index count = api_.parameter_count(prepared);
  for (duckdb::Index i = 1; i <= count; ++i) {
    const char* given = api_.parameter_name(prepared, i);
    const std::string name = given == nullptr ? std::to_string(i) : given;
    if (given != nullptr) api_.free(const_cast<char*>(given));
    const SqlValue* value = nullptr;
    if (const auto position = parse_integer(name)) {
      const auto at = static_cast<std::size_t>(*position);
      if (*position < 1 || at > parameters.positional.size()) {
        fail("query: no value for parameter {} of {}", name, count);
      }
      value = &parameters.positional[at - 1];
    }
    for (std::size_t n = 0; value == nullptr && n < parameters.named.size(); ++n) {
      if (lower(parameters.named[n].first) != lower(name)) continue;
      named_used[n] = true;
      value = &parameters.named[n].second;
    }
    if (value == nullptr) fail("query: no value for the parameter '${}'", name);
    if (bind_value(api_, prepared, i, *value) != duckdb::success) {
      fail("query: the value of parameter '{}' cannot be used", name);
    }
  }
}

void Database::execute_prepared(duckdb::Prepared prepared, const std::string& sql,
                                const Sink& sink) {
  duckdb::Owned<duckdb::Pending> pending(api_.destroy_pending);
  if (api_.pending_prepared(prepared, &pending.handle) != duckdb::success) {
    fail_with(api_.pending_error(pending.handle), sql);
  }
  if (!wait_for(pending.handle)) fail_with(api_.pending_error(pending.handle), sql);
  duckdb::Owned<duckdb::Result> result(api_.destroy_result);
  if (api_.execute_pending(pending.handle, &result.handle) != duckdb::success) {
    fail_with(api_.result_error(&result.handle), sql);
  }
  sink(result.handle);
}

bool Database::wait_for(duckdb::Pending pending) {
  using Clock = std::chrono::steady_clock;
  constexpr auto pause = std::chrono::milliseconds(100);
  Clock::time_point next_look = Clock::now() + pause;
  for (;;) {
    const duckdb::PendingState state = api_.execute_task(pending);
    if (state == duckdb::pending_failed) return false;
    if (api_.is_finished(state)) return true;
    if (state == duckdb::no_tasks_available) {  // DuckDB's other threads have them
      const timespec moment{.tv_sec = 0, .tv_nsec = 200'000};
      nanosleep(&moment, nullptr);
    }
    if (!options_.may_go_on || Clock::now() < next_look) continue;
    if (!options_.may_go_on(api_.query_progress(connection_).percentage)) {
      api_.interrupt(connection_);
      fail("the query was stopped");
    }
    next_look = Clock::now() + pause;
  }
}

void Database::fail_with(const char* error, const std::string& sql) {
  for (const auto& source : sources_) {
    if (source->failed) std::rethrow_exception(std::exchange(source->failed, nullptr));
  }
  throw Error(sql_error_line(error == nullptr ? "" : error, sql));
}

}  // namespace trex::store
