// The small files that say what a dataset holds, as JSON.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_commit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

constexpr std::string_view marker_kind = "trex-dataset";
constexpr std::string_view commit_kind = "trex-dataset-commit";
constexpr std::string_view checkpoint_kind = "trex-dataset-checkpoint";
constexpr std::string_view damage_fix = "restore it from a copy of the dataset";

const Json& member(const Json& json, std::string_view key, const std::string& file) {
  const Json* found = json.find(key);
  if (found == nullptr) fail("{}: damaged: it has no '{}'; {}", printable(file), key, damage_fix);
  return *found;
}

const std::string& text_of(const Json& json, std::string_view key, const std::string& file) {
  const Json& value = member(json, key, file);
  if (value.text() != nullptr) return *value.text();
  fail("{}: damaged: '{}' is {}, not a text; {}", printable(file), key, value.type_name(),
       damage_fix);
}

std::int64_t count_of(const Json& json, std::string_view key, const std::string& file) {
  const std::int64_t* value = member(json, key, file).integer();
  if (value != nullptr && *value >= 0) return *value;
  fail("{}: damaged: '{}' is not a count; {}", printable(file), key, damage_fix);
}

const Json::Array& list_of_json(const Json& json, std::string_view key, const std::string& file) {
  const Json::Array* value = member(json, key, file).array();
  if (value != nullptr) return *value;
  fail("{}: damaged: '{}' is not a list; {}", printable(file), key, damage_fix);
}

// "layers/model=a/x.parquet": within the dataset, in a folder that holds data.
void check_path(std::string_view path, const std::string& file) {
  const auto parts = split(path, '/');
  bool is_sound =
      parts.size() > 1 && path.find('\0') == std::string_view::npos && ends_with(path, ".parquet");
  for (const std::string_view part : parts) {
    is_sound = is_sound && !part.empty() && part != "." && part != "..";
  }
  is_sound = is_sound && parts.front().front() != '_' && parts.front().front() != '.';
  if (!is_sound)
    fail("{}: '{}' is no path of a data file; {}", printable(file), printable(path), damage_fix);
}

void check_staging(std::string_view name, const std::string& file) {
  const bool is_plain =
      !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-';
      });
  if (!is_plain)
    fail("{}: '{}' is no staging folder; {}", printable(file), printable(name), damage_fix);
}

std::vector<std::string> texts_of(const Json& json, std::string_view key, const std::string& file) {
  std::vector<std::string> result;
  for (const Json& element : list_of_json(json, key, file)) {
    if (element.text() == nullptr)
      fail("{}: damaged: '{}' holds no texts; {}", printable(file), key, damage_fix);
    result.push_back(*element.text());
  }
  return result;
}

// Of the right kind, and not newer than us.
Json parse_known(std::string_view text, const std::string& file, std::string_view kind) {
  Json json;
  try {
    json = parse_json(text, printable(file));
  } catch (const Error& error) {
    fail("{}; {}", error.what(), damage_fix);
  }
  if (json.object() == nullptr || text_of(json, "kind", file) != kind) {
    fail("{}: not a {}; is this the right folder?", printable(file), kind);
  }
  const std::int64_t version = count_of(json, "schema_version", file);
  if (version > dataset_version) {
    fail("{}: schema version {} is newer than this trex, which knows {}: use a newer trex",
         printable(file), version, dataset_version);
  }
  return json;
}

Json head(std::string_view kind) {
  Json json;
  return json.set("kind", kind).set("schema_version", dataset_version);
}

Json to_json(const std::vector<DataFile>& files) {
  Json::Array result;
  for (const DataFile& file : files) {
    result.push_back(Json()
                         .set("path", file.path)
                         .set("table", file.table)
                         .set("rows", file.rows)
                         .set("bytes", file.bytes)
                         .set("sha256", file.sha256));
  }
  return result;
}

std::vector<DataFile> files_of(const Json& json, std::string_view key, const std::string& file) {
  std::vector<DataFile> result;
  for (const Json& entry : list_of_json(json, key, file)) {
    DataFile data{text_of(entry, "path", file), text_of(entry, "table", file),
                  count_of(entry, "rows", file), count_of(entry, "bytes", file),
                  text_of(entry, "sha256", file)};
    check_path(data.path, file);
    if (!starts_with(data.path, data.table + "/")) {
      fail("{}: '{}' does not stand in the folder of its table '{}'; {}", printable(file),
           printable(data.path), printable(data.table), damage_fix);
    }
    result.push_back(std::move(data));
  }
  return result;
}

Json texts(const std::vector<std::string>& values) {
  return Json::Array(values.begin(), values.end());
}

std::optional<std::int64_t> number_between(std::string_view name, std::string_view before) {
  constexpr std::string_view after = ".json";
  if (!starts_with(name, before) || !ends_with(name, after)) return std::nullopt;
  const std::string_view digits =
      name.substr(before.size(), name.size() - before.size() - after.size());
  const bool is_number =
      digits.size() >= 12 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? parse_integer(digits) : std::nullopt;
}

}  // namespace

std::string marker_text() {
  return head(marker_kind).set("partition_by", Json::Array{"model", "gpu", "trt", "date"}).dump() +
         "\n";
}

std::string to_text(const Commit& commit) {
  return head(commit_kind)
             .set("sequence", commit.sequence)
             .set("operation", commit.operation)
             .set("time", commit.time)
             .set("staging", commit.staging)
             .set("added", to_json(commit.added))
             .set("removed", texts(commit.removed))
             .set("engine_ids", texts(commit.engine_ids))
             .dump() +
         "\n";
}

std::string to_text(const Checkpoint& checkpoint) {
  return head(checkpoint_kind)
             .set("sequence", checkpoint.sequence)
             .set("engine_count", checkpoint.engine_count)
             .set("files", to_json(checkpoint.files))
             .dump() +
         "\n";
}

void check_marker(std::string_view text, const std::string& file) {
  parse_known(text, file, marker_kind);
}

Commit parse_commit(std::string_view text, const std::string& file) {
  const Json json = parse_known(text, file, commit_kind);
  Commit commit{count_of(json, "sequence", file),  text_of(json, "operation", file),
                text_of(json, "time", file),       text_of(json, "staging", file),
                files_of(json, "added", file),     texts_of(json, "removed", file),
                texts_of(json, "engine_ids", file)};
  check_staging(commit.staging, file);
  for (const std::string& path : commit.removed) check_path(path, file);
  return commit;
}

Checkpoint parse_checkpoint(std::string_view text, const std::string& file) {
  const Json json = parse_known(text, file, checkpoint_kind);
  return {count_of(json, "sequence", file), count_of(json, "engine_count", file),
          files_of(json, "files", file)};
}

std::string commit_file_name(std::int64_t sequence) { return fmt::format("{:012}.json", sequence); }

std::string checkpoint_file_name(std::int64_t sequence) {
  return fmt::format("checkpoint-{:012}.json", sequence);
}

std::string checkpoint_ids_name(std::int64_t sequence) {
  return fmt::format("checkpoint-{:012}.ids", sequence);
}

std::optional<std::int64_t> commit_number(std::string_view file_name) {
  return number_between(file_name, "");
}

std::optional<std::int64_t> checkpoint_number(std::string_view file_name) {
  return number_between(file_name, "checkpoint-");
}

std::string utc_now() {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace trex::store
