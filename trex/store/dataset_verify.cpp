// Is a dataset what its commits say?

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/text.hpp"
#include "trex/store/dataset_views.hpp"

namespace trex::store {
namespace {

constexpr std::string_view restore_fix = "restore it from a copy of the dataset";
constexpr std::string_view foreign_fix =
    "move it out of the dataset: readers of the folders see its rows";
// A query that names more files at once takes long to prepare.
constexpr std::size_t files_a_query = 1000;
// What is wrong with an engine is said of so many of them.
constexpr std::size_t most_named = 5;

class Verification {
 public:
  Verification(const std::string& folder, const VerifyOptions& options)
      : options_(options), log_(folder, DatasetLog::Engines::known) {}

  VerifyReport run();

 private:
  void add(std::string file, std::string what, std::string_view fix) {
    report_.problems.push_back({std::move(file), std::move(what), std::string(fix)});
  }
  std::string problem_of(const DataFile& file);
  void check_files();
  void check_row_counts(Database& database);
  void check_engines(Database& database);
  void check_links(Database& database);
  void check_unpublished();
  void find_foreign_files();
  std::vector<std::string> sound_files(std::string_view table) const;
  std::string from_files(const std::vector<std::string>& files) const;
  void add_engines(const Table& ids, std::string_view what, std::string_view fix);

  const VerifyOptions& options_;
  DatasetLog log_;
  VerifyReport report_;
  std::set<std::string> unsound_, unpublished_;
};

// Empty: it is as it was written.
std::string Verification::problem_of(const DataFile& file) {
  const std::string path = log_.path_of(file);
  if (!is_regular_file(path)) return "not there";
  try {
    const Bytes bytes = read_file(path);
    if (static_cast<std::int64_t>(bytes.size()) != file.bytes) {
      return fmt::format("{} bytes, but {} were written", bytes.size(), file.bytes);
    }
    if (!options_.is_quick && sha256(bytes.view()) != file.sha256) {
      return "other bytes than were written (SHA-256)";
    }
  } catch (const Error& error) {
    return fmt::format("cannot be read ({})", error.what());
  }
  return "";
}

void Verification::check_files() {
  std::size_t done = 0;
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& [path, file] : log_.files()) {
    report_.rows += file.table == "layers" ? file.rows : 0;
    report_.bytes += file.bytes;
    std::string problem = problem_of(file);
    if (!problem.empty()) found.emplace_back(path, std::move(problem));
    if (options_.progress) options_.progress(++done, log_.files().size());
  }
  if (found.empty()) return;
  // A compact that ran meanwhile has replaced them, or not.
  const DatasetLog now(log_.folder());
  for (auto& [path, problem] : found) {
    unsound_.insert(path);
    if (now.files().count(path) > 0) add(path, std::move(problem), restore_fix);
  }
}

std::vector<std::string> Verification::sound_files(std::string_view table) const {
  std::vector<std::string> files;
  for (const auto& [path, file] : log_.files()) {
    const bool is_of_table = table.empty() || file.table == table;
    if (is_of_table && unsound_.count(path) == 0) files.push_back(path);
  }
  return files;
}

std::string Verification::from_files(const std::vector<std::string>& files) const {
  std::vector<std::string> paths;
  for (const std::string& path : files)
    paths.push_back(scanned_path(log_.path_of(log_.files().at(path))));
  return fmt::format("[{}]", join(paths, ", "));
}

void Verification::check_row_counts(Database& database) {
  const std::vector<std::string> files = sound_files("");
  for (std::size_t first = 0; first < files.size(); first += files_a_query) {
    const std::size_t last = std::min(first + files_a_query, files.size());
    const std::vector<std::string> some(files.begin() + static_cast<std::ptrdiff_t>(first),
                                        files.begin() + static_cast<std::ptrdiff_t>(last));
    std::map<std::string, std::string> path_of;
    for (const std::string& path : some) path_of[log_.path_of(log_.files().at(path))] = path;
    const Table counts = database.query(
        fmt::format("SELECT file_name, num_rows FROM parquet_file_metadata({})", from_files(some)));
    for (Row row = 0; row < counts.row_count(); ++row) {
      const auto path = path_of.find(std::string(counts.column(0).text(row).value_or("")));
      if (path == path_of.end()) continue;
      const std::int64_t rows = counts.column(1).integer(row).value_or(0);
      const std::int64_t written = log_.files().at(path->second).rows;
      if (rows != written) {
        add(path->second, fmt::format("{} rows, but its commit says {}", rows, written),
            restore_fix);
      }
    }
  }
}

void Verification::add_engines(const Table& ids, std::string_view what, std::string_view fix) {
  for (Row row = 0; row < ids.row_count() && row < most_named; ++row) {
    add("", fmt::format("engine {} {}", ids.column(0).text(row).value_or("?"), what), fix);
  }
  if (ids.row_count() > most_named) {
    add("", fmt::format("{} more engines: {}", ids.row_count() - most_named, what), fix);
  }
}

void Verification::check_engines(Database& database) {
  const std::vector<std::string> files = sound_files("engines");
  const std::string source =
      files.empty() ? "(SELECT NULL::VARCHAR AS engine_id WHERE false)"
                    : fmt::format("read_parquet({}, union_by_name = true)", from_files(files));
  database.run(
      fmt::format("CREATE TEMP TABLE ids AS SELECT engine_id, count(*) AS times FROM {} "
                  "GROUP BY engine_id",
                  source));
  add_engines(database.query("SELECT engine_id FROM ids WHERE times > 1 ORDER BY 1"),
              "is there more than once", "report it: writers must not let this happen");
  std::vector<std::string> known(log_.engines().begin(), log_.engines().end());
  Table committed;
  committed.add(Key<std::string_view>{"engine_id", Unit::none, ""}, known);
  database.add_view("committed", committed);
  if (!unsound_.empty()) return;  // whose engines are missing, as was said
  add_engines(
      database.query("SELECT engine_id FROM committed ANTI JOIN ids USING (engine_id) ORDER BY 1"),
      "was committed but is not in 'engines'", restore_fix);
  add_engines(
      database.query("SELECT engine_id FROM ids ANTI JOIN committed USING (engine_id) ORDER BY 1"),
      "is in 'engines' but in no commit", foreign_fix);
}

// Rows of an engine that is not there.
void Verification::check_links(Database& database) {
  if (!unsound_.empty()) return;
  for (const TableSpec& spec : table_specs()) {
    const std::vector<std::string> files = sound_files(spec.name);
    if (spec.name == "engines" || files.empty()) continue;
    add_engines(database.query(
                    fmt::format("SELECT DISTINCT engine_id FROM read_parquet({}, union_by_name = "
                                "true) ANTI JOIN ids USING (engine_id) ORDER BY 1",
                                from_files(files))),
                fmt::format("has rows in '{}' but none in 'engines'", spec.name), restore_fix);
  }
}

// Committed, but not where readers of the folders look; unless its writer is just about to.
void Verification::check_unpublished() {
  for (const Commit& commit : log_.recent()) {
    const std::string staging = join_path(join_path(log_.folder(), staging_name), commit.staging);
    if (!is_directory(staging)) continue;
    unpublished_.insert(commit.removed.begin(), commit.removed.end());
    const std::string lock = join_path(staging, "lock");
    if (is_regular_file(lock) && !FileLock(lock).is_held()) continue;
    add(join_path(commits_name, commit_file_name(commit.sequence)),
        "committed, but its writer died before it put all files into place: readers of the folders "
        "miss them",
        "run trex dataset compact");
  }
}

void Verification::find_foreign_files() {
  const DatasetLog now(log_.folder());
  for (const std::string& name : list_directory(log_.folder())) {
    if (name.front() == '_' || name.front() == '.' || name == marker_name) continue;
    if (!is_directory(join_path(log_.folder(), name))) continue;
    for (const std::string& below : files_below(join_path(log_.folder(), name))) {
      const std::string path = join_path(name, below);
      const bool is_known =
          log_.files().count(path) + now.files().count(path) + unpublished_.count(path) > 0;
      if (!is_known) add(path, "no commit names it", foreign_fix);
    }
  }
}

VerifyReport Verification::run() {
  check_files();
  check_unpublished();
  find_foreign_files();
  if (!options_.is_quick) {
    Database database(dataset_database(log_.folder(), options_.machine, nullptr));
    check_row_counts(database);
    check_engines(database);
    check_links(database);
  }
  report_.sequence = log_.sequence();
  report_.engines = log_.engine_count();
  report_.files = log_.files().size();
  report_.leftovers = find_leftovers(log_, 0).files;
  return std::move(report_);
}

}  // namespace

VerifyReport verify_dataset(const std::string& folder, const VerifyOptions& options) {
  return Verification(folder, options).run();
}

}  // namespace trex::store
