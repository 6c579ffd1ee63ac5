// What the actions of `trex dataset` show. Nothing here depends on when or how fast it ran.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/dataset_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"

namespace trex::cli {
namespace {

using Text = Key<std::string_view>;
// People see so many rows; JSON and CSV have all.
constexpr std::size_t people_rows = 20;
constexpr std::size_t most_listed = 20;

std::string_view said_status(AddOutcome::Status status) {
  switch (status) {
    case AddOutcome::Status::added:
      return "added";
    case AddOutcome::Status::already_there:
      return "already there";
    case AddOutcome::Status::failed:
    case AddOutcome::Status::untried:
      break;
  }
  return "failed";
}

std::string argument_of(const EngineFiles& files) {
  if (!files.graph.empty()) return files.graph;
  for (const std::string* path : {&files.profile, &files.timing, &files.profile_metadata,
                                  &files.build_metadata, &files.profile_log, &files.build_log}) {
    if (!path->empty()) return *path;
  }
  return files.name;
}

class TextColumn {
 public:
  explicit TextColumn(const Table& table) : strings_(table.strings()) {}
  void push(const std::optional<std::string>& text) {
    const bool is_known = text && !text->empty();
    ids_.push_back(is_known ? strings_->intern(*text) : null_string);
  }
  std::vector<StringId> take() { return std::move(ids_); }

 private:
  std::shared_ptr<StringPool> strings_;
  std::vector<StringId> ids_;
};

Table outcomes_table(const std::vector<AddOutcome>& outcomes) {
  Table table;
  TextColumn ids(table), names(table), statuses(table);
  std::vector<TextColumn> partition(store::partition_columns.size(), TextColumn(table));
  for (const AddOutcome& outcome : outcomes) {
    if (outcome.status == AddOutcome::Status::failed) continue;
    ids.push(outcome.id);
    names.push(outcome.name);
    statuses.push(std::string(said_status(outcome.status)));
    const bool is_added = outcome.status == AddOutcome::Status::added;
    for (std::size_t i = 0; i < partition.size(); ++i) {
      partition[i].push(is_added ? outcome.partition[i] : std::nullopt);
    }
  }
  table.add(Text{"engine_id", Unit::none, "hash of its files"}, ids.take());
  table.add(Text{"engine", Unit::none, "its name"}, names.take());
  table.add(Text{"status", Unit::none, "added, or already there"}, statuses.take());
  for (std::size_t i = 0; i < partition.size(); ++i) {
    const bool is_date = store::partition_columns[i] == "date";
    const std::string_view name = is_date ? "month" : store::partition_columns[i];
    table.add(Text{name, Unit::none, "of what was added: its partition"}, partition[i].take());
  }
  return table;
}

void add_failures(Document& document, const std::vector<EngineFiles>& engines,
                  const std::vector<AddOutcome>& outcomes,
                  const std::vector<DatasetSources::Failure>& failures) {
  Json json = Json::Array{};
  ListBlock list{"Failed", {}};
  const auto add = [&](const std::string& what, const std::string& message) {
    json.push(Json().set("argument", what).set("message", message));
    if (list.items.size() < most_listed) {
      list.items.push_back(contains(message, what) ? message : what + ": " + message);
    }
  };
  for (const DatasetSources::Failure& failure : failures) add(failure.argument, failure.message);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].status == AddOutcome::Status::failed) {
      add(argument_of(engines[i]), outcomes[i].message);
    }
  }
  const std::size_t count = json.array()->size();
  if (count > list.items.size()) {
    list.items.push_back(fmt::format("{} more; --json has all", count - list.items.size()));
  }
  document.blocks.push_back(JsonBlock{"failures", "", std::move(json), Audience::programs});
  if (count > 0) document.blocks.push_back(std::move(list));
}

Fact said(std::string label, std::string value) {
  return {.key = "", .label = std::move(label), .value = std::move(value)};
}

Fact counted_fact(std::string key, std::string label, std::size_t count) {
  return {.key = std::move(key), .label = std::move(label), .value = count};
}

Table problems_table(const std::vector<store::DatasetProblem>& problems) {
  Table table;
  TextColumn files(table);
  std::vector<std::string> whats, fixes;
  for (const store::DatasetProblem& problem : problems) {
    files.push(problem.file);
    whats.push_back(problem.what);
    fixes.push_back(problem.fix);
  }
  table.add(Text{"file", Unit::none, "in the dataset"}, files.take());
  table.add(Text{"problem", Unit::none, "what is wrong"}, whats);
  table.add(Text{"fix", Unit::none, "what to do"}, fixes);
  return table;
}

}  // namespace

Document added_document(const std::string& dataset, const std::vector<EngineFiles>& engines,
                        const std::vector<AddOutcome>& outcomes,
                        const std::vector<DatasetSources::Failure>& failures) {
  std::array<std::size_t, 4> counts{};
  for (const AddOutcome& outcome : outcomes) ++counts[static_cast<std::size_t>(outcome.status)];
  const auto of = [&](AddOutcome::Status status) {
    return counts[static_cast<std::size_t>(status)];
  };
  const std::size_t failed = of(AddOutcome::Status::failed) + failures.size();
  Document document{.title = dataset, .blocks = {}};
  FactsBlock facts;
  facts.facts = {
      {.key = "dataset", .label = "", .value = dataset},
      counted_fact("added", "added", of(AddOutcome::Status::added)),
      counted_fact("already_there", "already there", of(AddOutcome::Status::already_there)),
      counted_fact("failed", failed > 0 ? "failed" : "", failed)};
  document.blocks.push_back(std::move(facts));
  Table table = outcomes_table(outcomes);
  if (table.row_count() > 0) {
    const std::string remark = table.row_count() > people_rows
                                   ? fmt::format("{} of {}; --json has all", people_rows,
                                                 counted(table.row_count(), "engine"))
                                   : "";
    document.blocks.push_back(TableBlock{
        .key = "engines",
        .title = "Engines",
        .table = std::move(table),
        .text_columns = {"engine", "status", "model", "gpu", "trt", "month", "engine_id"},
        .optional_columns = {"engine_id", "gpu", "trt"},
        .people_rows = people_rows,
        .remark = remark});
  } else {
    document.blocks.push_back(JsonBlock{"engines", "", Json::Array{}, Audience::programs});
  }
  add_failures(document, engines, outcomes, failures);
  return document;
}

Document listed_document(const std::string& dataset, const Table& engines, std::size_t all) {
  Document document{.title = dataset, .blocks = {}, .json_root = "engines"};
  const std::string remark =
      engines.row_count() == all
          ? counted(all, "engine")
          : fmt::format("{} of {}", engines.row_count(), counted(all, "engine"));
  document.blocks.push_back(TableBlock{
      .key = "engines",
      .title = "",
      .table = engines,
      .text_columns = {"engine", "model", "gpu", "trt", "date", "layer_time_ms",
                       "end_to_end_median_ms", "tags", "engine_id"},
      .optional_columns = {"engine_id", "end_to_end_median_ms", "tags", "gpu", "layer_time_ms"},
      .remark = remark});
  return document;
}

Document verified_document(const std::string& dataset, const store::VerifyReport& report) {
  Document document{.title = dataset, .blocks = {}};
  const std::size_t problems = report.problems.size();
  FactsBlock facts;
  facts.facts = {
      {.key = "dataset", .label = "", .value = dataset},
      {.key = "is_sound", .label = "", .value = problems == 0},
      said("dataset", problems == 0
                          ? "sound"
                          : fmt::format("not sound: {}, see below", counted(problems, "problem"))),
      {.key = "commit", .label = "as of commit", .value = report.sequence},
      {.key = "engines", .label = "engines", .value = report.engines},
      {.key = "layer_rows", .label = "rows in layers", .value = report.rows},
      counted_fact("files", "files", report.files),
      {.key = "bytes", .label = "size", .value = report.bytes, .unit = Unit::bytes},
      counted_fact("leftover_files", "", report.leftovers),
  };
  if (report.leftovers > 0) {
    facts.facts.push_back(
        said("leftovers",
             fmt::format("{} below _staging and _trash, of killed writers or replaced; trex "
                         "dataset compact removes them",
                         counted(report.leftovers, "file"))));
  }
  document.blocks.push_back(std::move(facts));
  if (problems == 0) {
    document.blocks.push_back(JsonBlock{"problems", "", Json::Array{}, Audience::programs});
    return document;
  }
  TableBlock table{.key = "problems", .title = "", .table = problems_table(report.problems)};
  table.audience = Audience::programs;
  document.blocks.push_back(std::move(table));
  ListBlock list{"Problems", {}};
  for (const store::DatasetProblem& problem : report.problems) {
    if (list.items.size() == most_listed) break;
    const std::string where = problem.file.empty() ? "" : problem.file + ": ";
    list.items.push_back(fmt::format("{}{}; {}", where, problem.what, problem.fix));
  }
  if (problems > most_listed) {
    list.items.push_back(fmt::format("{} more; --json has all", problems - most_listed));
  }
  document.blocks.push_back(std::move(list));
  return document;
}

Document compacted_document(const std::string& dataset, const store::CompactReport& report) {
  Document document{.title = dataset, .blocks = {}};
  const auto change = [](const std::string& before, const std::string& after) {
    return before == after ? after : fmt::format("{} (before: {})", after, before);
  };
  FactsBlock facts;
  facts.facts = {
      {.key = "dataset", .label = "", .value = dataset},
      counted_fact("files_before", "", report.files_before),
      counted_fact("files", "", report.files_after),
      said("files",
           change(fmt::format("{}", report.files_before), fmt::format("{}", report.files_after))),
      {.key = "bytes_before", .label = "", .value = report.bytes_before},
      {.key = "bytes", .label = "", .value = report.bytes_after},
      said("size", change(trex::said(report.bytes_before, Unit::bytes),
                          trex::said(report.bytes_after, Unit::bytes))),
      counted_fact("merged_files", "merged", report.merged_files),
      counted_fact("published_commits",
                   report.published_commits > 0 ? "published for dead writers" : "",
                   report.published_commits),
      counted_fact("removed_leftovers",
                   report.removed_leftovers > 0 ? "leftover files removed" : "",
                   report.removed_leftovers),
      counted_fact("removed_records",
                   report.removed_records > 0 ? "old commit records removed" : "",
                   report.removed_records),
  };
  document.blocks.push_back(std::move(facts));
  return document;
}

}  // namespace trex::cli
