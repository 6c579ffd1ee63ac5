// Views over engines that are loaded when a query wants their rows.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/engine_views.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "trex/base/text.hpp"
#include "trex/store/collect.hpp"
#include "trex/store/engine_tables.hpp"

namespace trex::store {
namespace {

// Rows of all engines, a table at a time or several at once.
class EngineRows {
 public:
  EngineRows(std::vector<EngineFiles> engines, std::vector<const TableSpec*> wanted,
             EngineViewHooks hooks)
      : engines_(std::move(engines)), wanted_(std::move(wanted)), hooks_(std::move(hooks)) {}

  std::vector<Table> take(const TableSpec& spec) {
    if (ready_.count(spec.name) == 0) {
      std::vector<const TableSpec*> specs{&spec};
      for (const TableSpec* other : wanted_) {
        if (other != &spec && ready_.count(other->name) == 0) specs.push_back(other);
      }
      collect(specs);
    }
    return {std::move(ready_.at(spec.name))};
  }

 private:
  void collect(const std::vector<const TableSpec*>& specs) {
    Collection collection(specs);
    for (std::size_t i = 0; i < engines_.size(); ++i) {
      if (hooks_.progress) hooks_.progress(i, engines_.size());
      try {
        const Engine engine = load_engine(engines_[i]);
        if (hooks_.loaded) hooks_.loaded(engine);
        collection.add(engine);
      } catch (const Error& error) {
        if (!hooks_.failed) throw;
        hooks_.failed(error);
      }
    }
    std::vector<Table> tables = collection.take();
    for (std::size_t t = 0; t < specs.size(); ++t) {
      ready_.emplace(specs[t]->name, std::move(tables[t]));
    }
  }

  std::vector<EngineFiles> engines_;
  std::vector<const TableSpec*> wanted_;
  EngineViewHooks hooks_;
  std::map<std::string_view, Table> ready_;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Behind the text that begins at `at` with the quote there; a doubled quote does not end it.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
  const std::size_t end = sql.find(sql[at], at + 1);
  return end == std::string_view::npos ? sql.size() : end + 1;
}

// Behind the comment that begins at `at`, or `at` where none does.
std::size_t end_of_comment(std::string_view sql, std::size_t at) {
  const std::string_view rest = sql.substr(at);
  const std::string_view mark = starts_with(rest, "--")   ? "\n"
                                : starts_with(rest, "/*") ? "*/"
                                                          : "";
  if (mark.empty()) return at;
  const std::size_t end = sql.find(mark, at + 2);
  return end == std::string_view::npos ? sql.size() : end + mark.size();
}

}  // namespace

std::vector<const TableSpec*> mentioned_tables(std::string_view sql) {
  std::vector<const TableSpec*> tables;
  for (std::size_t at = 0; at < sql.size();) {
    if (const std::size_t behind = end_of_comment(sql, at); behind != at) {
      at = behind;
    } else if (sql[at] == '\'') {
      at = end_of_quoted(sql, at);
    } else if (is_word(sql[at])) {
      std::size_t end = at;
      while (end < sql.size() && is_word(sql[end])) ++end;
      for (const TableSpec& spec : table_specs()) {
        const bool known = std::find(tables.begin(), tables.end(), &spec) != tables.end();
        if (!known && equals_ignoring_case(spec.name, sql.substr(at, end - at))) {
          tables.push_back(&spec);
        }
      }
      at = end;
    } else {
      ++at;  // also the quote of an identifier: its words count
    }
  }
  return tables;
}

Table empty_table(const TableSpec& spec) {
  Table table;
  for (const ColumnSpec& column : spec.columns) {
    table.add(std::make_shared<const Column>(std::string(column.name), column.unit,
                                             std::string(column.description),
                                             unknown_values(column.type, 0), table.strings()));
  }
  return table;
}

void add_engine_views(Database& database, std::vector<EngineFiles> engines, std::string_view sql,
                      EngineViewHooks hooks) {
  const auto rows =
      std::make_shared<EngineRows>(std::move(engines), mentioned_tables(sql), std::move(hooks));
  for (const TableSpec& spec : table_specs()) {
    database.add_view(std::string(spec.name), empty_table(spec),
                      [rows, &spec] { return rows->take(spec); });
  }
}

}  // namespace trex::store
