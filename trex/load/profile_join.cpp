// Which layer does each profile row time?
//
// By name, the n-th row of a name with the n-th layer of that name; then by names that are equal
// once what tools do to them is undone (separators, quotes, invalid UTF-8, "[profile N]"); by
// position only when the names are the positions (verbosity kNONE). What is left stays unknown
// and is a note: equal counts are no evidence, so rows are never paired by order alone.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "trex/load/dla.hpp"
#include "trex/load/profile.hpp"
#include "trex/load/quoted.hpp"

namespace trex {
namespace {

constexpr std::size_t no_match = SIZE_MAX;

// " [profile 12]" at the end of a name -> 12, and the name without it.
std::optional<std::int64_t> take_profile_suffix(std::string_view& name) {
  constexpr std::string_view before = " [profile ";
  if (!ends_with(name, "]")) return std::nullopt;
  const std::size_t at = name.rfind(before);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t digits = at + before.size();
  const auto number = parse_integer(name.substr(digits, name.size() - 1 - digits));
  if (number) name = name.substr(0, at);
  return number;
}

// The separators 0x1E and 0x1F are written raw, as '+' (TREx) or, by a careless copy, as U+FFFD;
// quotes and backslashes are lost when a name that was not escaped is mended.
std::string normal_name(std::string_view name, int opt_profile) {
  std::string_view stem = name;
  if (take_profile_suffix(stem) == opt_profile) name = stem;
  std::string result;
  result.reserve(name.size());
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '"' || c == '\\') continue;
    if (starts_with(name.substr(i), "\xEF\xBF\xBD")) {
      result += '+';
      i += 2;
    } else {
      result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '+' : c;
    }
  }
  return result;
}

class Joiner {
 public:
  Joiner(Engine& engine, const Profile& profile)
      : engine_(engine),
        profile_(profile),
        layer_of_(profile.rows.size(), no_row),
        row_of_(engine.layer_count(), no_match) {}

  void join();
  void write_times();
  void write_facts(const std::string& file);
  void write_notes(const std::string& file);

 private:
  void match(std::size_t row, Row layer) {
    layer_of_[row] = layer;
    row_of_[layer] = row;
    ++matched_;
  }
  void by_name();
  void by_normal_name();
  void by_index();
  void note(const std::string& file, std::string message) {
    engine_.notes.push_back({file, "", std::move(message)});
  }
  void note_unmatched_rows(const std::string& file);
  void note_unmatched_layers(const std::string& file);
  bool note_wrong_pair(const std::string& file);

  Engine& engine_;
  const Profile& profile_;
  std::vector<Row> layer_of_;
  std::vector<std::size_t> row_of_;
  std::size_t matched_ = 0;
  std::size_t by_normal_name_ = 0;
  std::string joined_by_;
  double layer_time_ms_ = null_real;
};

void Joiner::by_name() {
  const auto names = engine_.layers[layer::name];
  const StringPool& strings = *engine_.strings;
  // The layers of a name as a list, first to last: head by string, then next by layer.
  std::vector<Row> head(strings.size(), no_row);
  std::vector<Row> next(engine_.layer_count(), no_row);
  for (std::size_t i = engine_.layer_count(); i-- > 0;) {
    const Row layer = static_cast<Row>(i);
    const StringId id = names.id(layer);
    if (id == null_string) continue;
    next[layer] = head[id];
    head[id] = layer;
  }
  for (std::size_t row = 0; row < profile_.rows.size(); ++row) {
    const StringId id = strings.find(profile_.rows[row].name);
    if (id == null_string || head[id] == no_row) continue;
    const Row layer = head[id];
    head[id] = next[layer];
    match(row, layer);
  }
}

void Joiner::by_normal_name() {
  if (matched_ == std::min(layer_of_.size(), row_of_.size())) return;
  const auto names = engine_.layers[layer::name];
  std::unordered_map<std::string, std::vector<Row>> layers;  // looked up only: order is no matter
  for (std::size_t i = row_of_.size(); i-- > 0;) {
    const Row layer = static_cast<Row>(i);
    if (row_of_[layer] == no_match) {
      layers[normal_name(names[layer], engine_.opt_profile)].push_back(layer);
    }
  }
  for (std::size_t row = 0; row < layer_of_.size(); ++row) {
    if (layer_of_[row] != no_row) continue;
    const auto found = layers.find(normal_name(profile_.rows[row].name, engine_.opt_profile));
    if (found == layers.end() || found->second.empty()) continue;
    match(row, found->second.back());
    found->second.pop_back();
    ++by_normal_name_;
  }
}

// Verbosity kNONE: a row's name is the layer's index.
void Joiner::by_index() {
  if (matched_ > 0) return;
  const auto indices = engine_.layers[layer::index];
  std::unordered_map<std::int64_t, Row> layers;
  for (Row layer = 0; layer < row_of_.size(); ++layer) {
    if (indices[layer]) layers.emplace(*indices[layer], layer);
  }
  std::vector<Row> found(layer_of_.size(), no_row);
  for (std::size_t row = 0; row < layer_of_.size(); ++row) {
    const auto index = parse_integer(profile_.rows[row].name);
    const auto place = index ? layers.find(*index) : layers.end();
    // One name that is no index, or one index twice: these are no indices.
    if (place == layers.end() || place->second == no_row) return;
    found[row] = place->second;
    place->second = no_row;
  }
  for (std::size_t row = 0; row < found.size(); ++row) match(row, found[row]);
  joined_by_ = "index";
}

void Joiner::join() {
  by_name();
  by_normal_name();
  if (matched_ > 0) joined_by_ = "name";
  by_index();
}

void Joiner::write_times() {
  double sum = 0;
  bool any = false;
  for (const ProfileRow& row : profile_.rows) {
    if (std::isnan(row.mean_ms)) continue;
    sum += row.mean_ms;
    any = true;
  }
  if (any && std::isfinite(sum)) layer_time_ms_ = sum;

  const std::size_t count = row_of_.size();
  std::vector<double> mean(count, null_real), median(count, null_real), total(count, null_real),
      share(count, null_real);
  for (std::size_t layer = 0; layer < count; ++layer) {
    if (row_of_[layer] == no_match) continue;
    const ProfileRow& row = profile_.rows[row_of_[layer]];
    mean[layer] = row.mean_ms;
    median[layer] = row.median_ms;
    total[layer] = row.total_ms;
    if (layer_time_ms_ > 0) share[layer] = row.mean_ms / layer_time_ms_;
  }
  engine_.layers.add(layer::time_ms, std::move(mean))
      .add(layer::median_ms, std::move(median))
      .add(layer::total_ms, std::move(total))
      .add(layer::share, std::move(share));
}

void Joiner::write_facts(const std::string& file) {
  ProfileFacts facts;
  facts.present = true;
  facts.file = file;
  facts.kind = profile_.kind;
  facts.iterations = profile_.iterations;
  facts.rows = static_cast<std::int64_t>(layer_of_.size());
  facts.matched_rows = static_cast<std::int64_t>(matched_);
  facts.joined_by = joined_by_;
  facts.layer_time_ms = layer_time_ms_;
  for (std::size_t row = 0; row < layer_of_.size(); ++row) {
    if (layer_of_[row] == no_row) facts.unmatched.emplace_back(profile_.rows[row].name);
  }
  engine_.profile = std::move(facts);
}

std::string first_names(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 3;
  std::string result;
  for (std::size_t i = 0; i < std::min(names.size(), shown); ++i) {
    result += (i > 0 ? ", " : "") + quoted_name(names[i]);
  }
  if (names.size() > shown) result += fmt::format(" and {} more", names.size() - shown);
  return result;
}

// True when the two files are hardly of one engine; then the details below would only be noise.
bool Joiner::note_wrong_pair(const std::string& file) {
  std::size_t transfers = 0;
  std::int64_t other_profile = -1;
  for (const ProfileRow& row : profile_.rows) {
    if (is_dla_transfer(row.name)) ++transfers;
    std::string_view name = row.name;
    const auto suffix = take_profile_suffix(name);
    if (suffix && *suffix != engine_.opt_profile) other_profile = *suffix;
  }
  const std::size_t rows = layer_of_.size() - transfers;
  if (matched_ * 2 >= rows) return false;
  const std::string matched =
      matched_ == 0
          ? fmt::format(
                "none of {} profile rows names a layer of this graph, so all "
                "times are unknown",
                rows)
          : fmt::format("only {} of {} profile rows ({:.0f}%) name a layer of this graph", matched_,
                        rows, 100.0 * static_cast<double>(matched_) / static_cast<double>(rows));
  if (other_profile >= 0) {
    note(file, fmt::format("{}: the profile was taken with optimization profile {}, shown is {}; "
                           "use --opt-profile {}",
                           matched, other_profile, engine_.opt_profile, other_profile));
  } else {
    note(file, matched +
                   ": probably two different engines; export graph and profile in the same "
                   "trtexec run");
  }
  return true;
}

void Joiner::note_unmatched_rows(const std::string& file) {
  double unmatched_ms = 0;
  std::vector<std::string> transfers, others;
  for (std::size_t row = 0; row < layer_of_.size(); ++row) {
    if (layer_of_[row] != no_row) continue;
    const ProfileRow& r = profile_.rows[row];
    (is_dla_transfer(r.name) ? transfers : others).emplace_back(r.name);
    if (!std::isnan(r.mean_ms)) unmatched_ms += r.mean_ms;
  }
  if (!transfers.empty()) {
    note(file, fmt::format("{} profile rows are copies to and from the DLA, no layers: {}",
                           transfers.size(), first_names(transfers)));
  }
  if (!others.empty()) {
    note(file, fmt::format("{} of {} profile rows name no layer of the graph: {}", others.size(),
                           layer_of_.size(), first_names(others)));
  }
  if (unmatched_ms > 0 && layer_time_ms_ > 0) {
    note(file, fmt::format("profile rows without a layer take {:.1f}% of the time of all rows; it "
                           "counts in the total",
                           100 * unmatched_ms / layer_time_ms_));
  }
}

void Joiner::note_unmatched_layers(const std::string& file) {
  const auto names = engine_.layers[layer::name];
  std::vector<std::string> missing;
  for (std::size_t layer = 0; layer < row_of_.size(); ++layer) {
    if (row_of_[layer] == no_match) missing.emplace_back(names[static_cast<Row>(layer)]);
  }
  if (missing.empty()) return;
  note(file,
       fmt::format("{} of {} layers have no row in the profile, so their times are unknown: {}",
                   missing.size(), row_of_.size(), first_names(missing)));
}

void Joiner::write_notes(const std::string& file) {
  if (by_normal_name_ > 0) {
    note(file, fmt::format("{} profile rows are joined although their names are spelt differently "
                           "in the graph (separators, quotes or a '[profile N]' suffix)",
                           by_normal_name_));
  }
  if (joined_by_ == "index") {
    note(file,
         "profile rows are numbered, not named, and joined by number: the engine was built "
         "with --profilingVerbosity=none");
  }
  if (std::isnan(layer_time_ms_)) {
    note(file, "the profile has no usable mean times, so shares are unknown");
  }
  const bool wrong = note_wrong_pair(file);
  if (!wrong || matched_ > 0) note_unmatched_rows(file);
  if (!wrong || matched_ > 0) note_unmatched_layers(file);
}

}  // namespace

void join_profile(Engine& engine, const Profile& profile, const std::string& file) {
  engine.notes.insert(engine.notes.end(), profile.notes.begin(), profile.notes.end());
  Joiner joiner(engine, profile);
  joiner.join();
  joiner.write_times();
  joiner.write_facts(file);
  joiner.write_notes(file);
  mark_dla_layers(engine, profile);
}

}  // namespace trex
