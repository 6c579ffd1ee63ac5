// What the records of a profile say, in every shape that times of layers come in.
//
// trtexec: a list, {"count": N} then {name, timeMs, averageMs, medianMs, percentage}; 7.x and 8.2
// have no medianMs, and any of the others may be missing. Torch-TensorRT: an object, name ->
// [[ms, "time"], ...], a pair an inference. Also name -> ms, and a list or object of records one
// level down, since people re-pack these files.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/profile_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/load/json_walk.hpp"

namespace trex {
namespace {

namespace od = simdjson::ondemand;

bool has_time(const ProfileRow& row) {
  return !std::isnan(row.total_ms) || !std::isnan(row.mean_ms) || !std::isnan(row.median_ms);
}

class ProfileReader {
 public:
  ProfileReader(StringPool& strings, Oddities& odd) : strings_(&strings), odd_(&odd) {}

  Profile read(simdjson::padded_string_view text);

 private:
  void read_list(od::array list, std::string_view under);
  void read_member(std::string_view name, od::value value);
  double sample(od::value& value);
  void read_record(od::object record, const std::string_view* name);
  bool read_field(std::string_view key, od::value& value, ProfileRow& row);
  double time(od::value& value);
  void read_count(od::value& value);
  void add_samples(std::string_view name, std::vector<double>& samples);
  std::string here() const { return fmt::format("/{}", element_); }

  StringPool* strings_;
  Oddities* odd_;
  Profile profile_;
  std::size_t element_ = 0;
  std::int64_t sample_count_ = null_integer;
};

double ProfileReader::time(od::value& value) {
  const NumberRead read = read_number(value);
  if (read.state == NumberState::known && read.value < 0) {
    odd_->add("a negative time counts as unknown", [&] { return here(); });
    return null_real;
  }
  if (read.state == NumberState::not_finite) {
    odd_->add("a time that is not a finite number counts as unknown", [&] { return here(); });
  }
  if (read.state == NumberState::not_a_number) {
    odd_->add("a time that is not a number counts as unknown", [&] { return here(); });
  }
  return read.value;
}

void ProfileReader::read_count(od::value& value) {
  const NumberRead read = read_number(value);
  // 2^53: beyond it a double no longer counts, and nobody ran that many inferences.
  if (read.state != NumberState::known || read.value < 1 || read.value > 9007199254740992.0) {
    odd_->add("'count' is not a number of inferences", [&] { return here(); });
    return;
  }
  profile_.iterations = static_cast<std::int64_t>(read.value);
}

std::string_view text_of(od::value& value) {
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) return text;
  // A string that cannot be unescaped (trtexec writes names raw) or a bare number as name.
  text = trim(value.raw_json_token());
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

// True when the field was the row's name.
bool ProfileReader::read_field(std::string_view key, od::value& value, ProfileRow& row) {
  if (key == "name" || key == "Name") {
    const std::string_view name = text_of(value);
    row.name = (*strings_)[strings_->intern(name)];
    return true;
  }
  if (key == "timeMs") row.total_ms = time(value);
  if (key == "averageMs") row.mean_ms = time(value);
  if (key == "medianMs") row.median_ms = time(value);
  if (key == "count") read_count(value);
  return false;
}

void ProfileReader::read_record(od::object record, const std::string_view* name) {
  ProfileRow row;
  bool has_name = name != nullptr;
  bool has_field = false;
  bool only_count = true;
  if (name != nullptr) row.name = *name;
  for (auto field : record) {
    const std::string_view key = field.unescaped_key();
    od::value value = field.value();
    has_field = true;
    only_count = only_count && key == "count";
    has_name = read_field(key, value, row) || has_name;
  }
  if (has_name) {
    profile_.rows.push_back(row);
  } else if (!has_field || !only_count) {
    odd_->add("a record without a name is left out", [&] { return here(); });
  }
}

void ProfileReader::add_samples(std::string_view name, std::vector<double>& samples) {
  ProfileRow row{.name = name};
  if (!samples.empty()) {
    std::sort(samples.begin(), samples.end());
    double sum = 0;
    for (const double ms : samples) sum += ms;
    const std::size_t middle = samples.size() / 2;
    row.total_ms = sum;
    row.mean_ms = sum / static_cast<double>(samples.size());
    row.median_ms =
        samples.size() % 2 == 1 ? samples[middle] : samples[middle - 1] / 2 + samples[middle] / 2;
  }
  const auto count = static_cast<std::int64_t>(samples.size());
  if (sample_count_ != null_integer && sample_count_ != count) {
    odd_->add("a layer has another number of measurements than the first",
              [&] { return std::string(name); });
  }
  if (sample_count_ == null_integer) sample_count_ = count;
  profile_.rows.push_back(row);
}

// ms of [ms, "time"] or of a bare ms.
double ProfileReader::sample(od::value& value) {
  if (value.type() != od::json_type::array) return time(value);
  double ms = null_real;
  bool is_first = true;
  for (auto part : value.get_array()) {
    od::value first = part.value();
    if (is_first) ms = time(first);
    is_first = false;
  }
  return ms;
}

// Records, or (under a layer's name) its measurements.
void ProfileReader::read_list(od::array list, std::string_view under) {
  bool has_samples = false;
  std::vector<double> samples;
  for (auto element : list) {
    od::value value = element.value();
    const od::json_type type = value.type();
    if (type == od::json_type::object) {
      read_record(value.get_object(), nullptr);
    } else if (!under.empty() && (type == od::json_type::array || type == od::json_type::number)) {
      has_samples = true;
      const double ms = sample(value);
      if (!std::isnan(ms)) samples.push_back(ms);
    } else {
      odd_->add("what is no record is left out", [&] { return here(); });
    }
    ++element_;
  }
  if (has_samples) add_samples(under, samples);
}

void ProfileReader::read_member(std::string_view name, od::value value) {
  const od::json_type type = value.type();
  const std::string_view kept = (*strings_)[strings_->intern(name)];
  if (type == od::json_type::array) {
    read_list(value.get_array(), kept);
  } else if (type == od::json_type::number && name == "count") {
    read_count(value);
  } else if (type == od::json_type::number || type == od::json_type::null) {
    profile_.rows.push_back({.name = kept, .mean_ms = time(value)});
  } else if (type == od::json_type::object) {
    const std::size_t before = profile_.rows.size();
    read_record(value.get_object(), &kept);
    // An object of something else than times.
    if (profile_.rows.size() > before && !has_time(profile_.rows.back())) profile_.rows.pop_back();
  }
  ++element_;
}

Profile ProfileReader::read(simdjson::padded_string_view text) {
  od::parser parser;
  od::document document = parser.iterate(text);
  if (document.type() == od::json_type::array) {
    profile_.kind = "trtexec";
    read_list(document.get_array(), "");
  } else if (document.type() == od::json_type::object) {
    for (auto field : document.get_object()) {
      const std::string_view name = field.unescaped_key();
      read_member(name, field.value());
    }
    profile_.kind = sample_count_ == null_integer ? "layer times" : "Torch-TensorRT";
    if (profile_.iterations == null_integer) profile_.iterations = sample_count_;
  } else {
    throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  }
  if (!at_end(document)) throw simdjson::simdjson_error(simdjson::TRAILING_CONTENT);
  return std::move(profile_);
}

}  // namespace

Profile read_profile_document(simdjson::padded_string_view text, StringPool& strings,
                              Oddities& odd) {
  return ProfileReader(strings, odd).read(text);
}

}  // namespace trex
