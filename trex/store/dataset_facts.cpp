// Under which model, GPU, TensorRT version and date does an engine go into a dataset?

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_facts.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

constexpr std::string_view moment_form = "YYYY-MM-DDTHH:MM:SS";

bool has_digits_of(std::string_view text, std::string_view form) {
  return std::equal(text.begin(), text.end(), form.begin(), [](char c, char like) {
    const bool is_mark = like == '-' || like == ':' || like == 'T';
    return is_mark ? c == like || (like == 'T' && c == ' ') : c >= '0' && c <= '9';
  });
}

// Days of the month, which timegm() would carry over into the next one.
bool is_calendar_moment(std::string_view text) {
  std::tm parts{};
  const auto number = [&](std::size_t first, std::size_t count) {
    return static_cast<int>(parse_integer(text.substr(first, count)).value_or(0));
  };
  parts.tm_year = number(0, 4) - 1900;
  parts.tm_mon = number(5, 2) - 1;
  parts.tm_mday = number(8, 2);
  parts.tm_hour = number(11, 2);
  parts.tm_min = number(14, 2);
  parts.tm_sec = number(17, 2);
  const std::tm before = parts;
  timegm(&parts);
  return before.tm_mon == parts.tm_mon && before.tm_mday == parts.tm_mday &&
         before.tm_hour == parts.tm_hour && before.tm_min == parts.tm_min &&
         before.tm_sec == parts.tm_sec;
}

std::optional<std::string> text_in(const Table& engines, std::string_view column) {
  const std::optional<std::string_view> text = engines.at(column).text(0);
  return text && !text->empty() ? std::optional<std::string>(*text) : std::nullopt;
}

// The newest of the files that say what was measured; files in an archive have the archive's time.
std::optional<std::int64_t> newest_change_s(const Engine& engine) {
  static constexpr std::array<std::string_view, 3> kinds{"graph", "profile", "timing"};
  std::optional<std::int64_t> newest;
  for (const SourceFile& source : engine.sources) {
    if (std::find(kinds.begin(), kinds.end(), source.kind) == kinds.end()) continue;
    struct stat status {};
    std::string path = source.path;
    while (stat(path.c_str(), &status) != 0) {
      const std::size_t slash = path.rfind('/');
      if (slash == std::string::npos || slash == 0) break;
      path.resize(slash);
    }
    if (S_ISREG(status.st_mode))
      newest = std::max<std::int64_t>(newest.value_or(0), status.st_mtime);
  }
  return newest;
}

std::string tags_json(const std::vector<std::pair<std::string, std::string>>& tags) {
  Json json;
  for (const auto& [key, value] : tags) json.set(key, value);
  return json.is_null() ? "" : json.dump();
}

void set_moment(DatasetFacts& facts, EngineTables& tables, const GivenFacts& given) {
  const std::string& logged = tables.identity().date;
  if (given.date) {
    facts.taken_at = parse_moment(*given.date);
    facts.taken_at_source = "given";
  } else if (!logged.empty()) {
    facts.taken_at = parse_moment(logged);
    facts.taken_at_source = "log";
  } else if (const auto changed_s = newest_change_s(tables.engine())) {
    facts.taken_at = moment_of(*changed_s);
    facts.taken_at_source = "file time";
  }
}

}  // namespace

std::string parse_moment(std::string_view text) {
  static constexpr std::string_view earliest = "0000-01-01T00:00:00";
  const bool is_known_length = text.size() == 7 || text.size() == 10 || text.size() == 19 ||
                               (text.size() == 20 && text.back() == 'Z');
  if (text.size() == 20) text.remove_suffix(1);
  std::string moment(text);
  if (is_known_length) {
    moment += earliest.substr(moment.size());
    if (moment.size() > 10) moment[10] = 'T';
  }
  if (!is_known_length || !has_digits_of(moment, moment_form) || !is_calendar_moment(moment)) {
    fail("'{}' is no date: give it as 2026-03-14, 2026-03 or 2026-03-14T09:26:53 (UTC)",
         printable(text));
  }
  return moment;
}

std::string moment_of(std::int64_t seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

DatasetFacts facts_of(EngineTables& tables, const GivenFacts& given) {
  const Table engines = tables.table("engines");
  DatasetFacts facts;
  facts.model = given.model ? given.model : text_in(engines, "model");
  facts.gpu = given.gpu ? given.gpu : text_in(engines, "gpu");
  facts.trt = given.trt ? given.trt : text_in(engines, "tensorrt_version");
  set_moment(facts, tables, given);
  facts.tags = tags_json(given.tags);
  return facts;
}

Partition partition_of(const DatasetFacts& facts) {
  constexpr std::size_t month_bytes = 7;  // "2026-03"
  const bool is_dated = !facts.taken_at.empty();
  return {facts.model, facts.gpu, facts.trt,
          is_dated ? std::optional(facts.taken_at.substr(0, month_bytes)) : std::nullopt};
}

}  // namespace trex::store
