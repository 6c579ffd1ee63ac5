// Profile JSON of every era -> rows with total, mean and median.
//
// The first pass is strict JSON; only when that fails is the text mended, because trtexec writes
// names unescaped. Several documents run together are repeats of one run: the last is taken.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/profile.hpp"

#include <fmt/format.h>

#include <cmath>

#include "trex/base/error.hpp"
#include "trex/load/json_walk.hpp"
#include "trex/load/lenient_json.hpp"
#include "trex/load/oddities.hpp"
#include "trex/load/profile_rows.hpp"

namespace trex {
namespace {

void append(std::vector<Note>& notes, const std::vector<Note>& more) {
  notes.insert(notes.end(), more.begin(), more.end());
}

// 7.x and 8.2 leave the mean out now and then; it is total over count by definition.
void fill_in_means(Profile& profile) {
  if (profile.iterations == null_integer) return;
  for (ProfileRow& row : profile.rows) {
    if (std::isnan(row.mean_ms)) {
      row.mean_ms = row.total_ms / static_cast<double>(profile.iterations);
    }
  }
}

bool has_times(const Profile& profile) {
  for (const ProfileRow& row : profile.rows) {
    if (!std::isnan(row.total_ms) || !std::isnan(row.mean_ms) || !std::isnan(row.median_ms)) {
      return true;
    }
  }
  return false;
}

Profile read_mended(std::string_view text, const std::string& file, StringPool& strings) {
  const MendedJson mended = mend_json(text, file);
  Profile result;
  std::size_t with_rows = 0;
  std::vector<Note> notes = mended.notes;
  for (const std::string& document : mended.documents) {
    Oddities odd(file);
    const simdjson::padded_string copy(document);
    Profile profile = read_profile_document(copy, strings, odd);
    profile.notes = odd.notes();
    if (profile.rows.empty()) continue;
    result = std::move(profile);
    ++with_rows;
  }
  if (with_rows > 1) {
    notes.push_back(
        {file, "", fmt::format("{} profiles run together; the last is shown", with_rows)});
  }
  append(notes, result.notes);
  result.notes = std::move(notes);
  return result;
}

Profile read_any(std::string_view text, const std::string& file, StringPool& strings) {
  try {
    Oddities odd(file);
    Profile profile = read_profile_document(padded(text), strings, odd);
    profile.notes = odd.notes();
    return profile;
  } catch (const simdjson::simdjson_error&) {
    // Not strict JSON: mended below.
  }
  try {
    return read_mended(text, file, strings);
  } catch (const simdjson::simdjson_error& error) {
    fail_at(file, "", fmt::format("not a profile: {}", error.what()));
  }
}

}  // namespace

Profile load_profile(Bytes text, const std::string& file, StringPool& strings) {
  if (trim(text.view()).empty()) fail_at(file, "", "the file is empty");
  Profile profile = read_any(text.view(), file, strings);
  constexpr std::string_view fix =
      "run trtexec with --exportProfile, without --skipInference or --buildOnly";
  if (profile.rows.empty()) fail_at(file, "", fmt::format("no layer in this profile; {}", fix));
  fill_in_means(profile);
  if (!has_times(profile)) fail_at(file, "", fmt::format("no time in this profile; {}", fix));
  return profile;
}

}  // namespace trex
