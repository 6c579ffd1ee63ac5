// Timing JSON: one record an inference, straight into columns.
//
// A file may hold a million records (265 MB), so a regular file is scanned (timing_scan) and only
// another one parsed; there a record's keys are compared with those of the record before, in
// order, and looked up only when they differ. 7.x has other names for the same
// things (in and out for H2D and D2H) and an end-to-end time. What a cell does not hold is unknown.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/timing.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdint>

#include "trex/base/error.hpp"
#include "trex/load/json_walk.hpp"
#include "trex/load/lenient_json.hpp"
#include "trex/load/oddities.hpp"
#include "trex/load/timing_scan.hpp"

namespace trex {
namespace {

namespace od = simdjson::ondemand;

struct Field {
  std::string_view json;
  const Key<double>* key;
};
constexpr Field fields[] = {
    {"latencyMs", &timing::latency_ms},
    {"computeMs", &timing::compute_ms},
    {"h2dMs", &timing::h2d_ms},
    {"d2hMs", &timing::d2h_ms},
    {"endToEndMs", &timing::end_to_end_ms},
    {"startEnqMs", &timing::start_enqueue_ms},
    {"endEnqMs", &timing::end_enqueue_ms},
    {"startH2dMs", &timing::start_h2d_ms},
    {"endH2dMs", &timing::end_h2d_ms},
    {"startComputeMs", &timing::start_compute_ms},
    {"endComputeMs", &timing::end_compute_ms},
    {"startD2hMs", &timing::start_d2h_ms},
    {"endD2hMs", &timing::end_d2h_ms},
    {"inMs", &timing::h2d_ms},
    {"outMs", &timing::d2h_ms},
    {"startInMs", &timing::start_h2d_ms},
    {"endInMs", &timing::end_h2d_ms},
    {"startOutMs", &timing::start_d2h_ms},
    {"endOutMs", &timing::end_d2h_ms},
};

// Keys are compared in place, up to the padding behind the text.
constexpr std::size_t longest_key = Bytes::padding - 2;
constexpr std::size_t most_unknown = 64;
constexpr std::size_t no_slot = SIZE_MAX;

class TimingReader {
 public:
  explicit TimingReader(Oddities& odd) : odd_(&odd) {}

  // Takes over what the quick scan has read.
  void adopt(ScannedTiming scanned);
  // May be called for several documents; the records follow each other.
  void read(simdjson::padded_string_view text);
  std::size_t row_count() const { return row_; }
  Table finish();

 private:
  struct Slot {  // a key as it stands in the records, in their order
    std::string json;
    const Key<double>* key = nullptr;  // null: not known, left out
    std::vector<double> values;
  };
  void read_record(od::object record);
  std::size_t slot_of(std::string_view name);
  double odd_value(od::value& value, const Slot& slot);
  void end_record();

  Oddities* odd_;
  std::vector<Slot> slots_;
  std::size_t known_slots_ = 0;
  std::size_t row_ = 0;
  std::size_t expected_rows_ = 0;
};

const Key<double>* key_of(std::string_view name) {
  for (const Field& field : fields) {
    if (field.json == name) return field.key;
  }
  return nullptr;
}

std::size_t TimingReader::slot_of(std::string_view name) {
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].json == name) return i;
  }
  const Key<double>* key = key_of(name);
  if (key == nullptr) {
    odd_->add("an unknown field is left out", [&] { return fmt::format("/{}/{}", row_, name); });
  }
  const bool has_room = key != nullptr || slots_.size() < most_unknown;
  if (!has_room || name.size() > longest_key) return no_slot;
  slots_.push_back({std::string(name), key, {}});
  if (key != nullptr) {
    ++known_slots_;
    slots_.back().values.reserve(expected_rows_);
    slots_.back().values.assign(row_, null_real);
    if (row_ > 0) {
      odd_->add("a record has a field that records before it lack",
                [&] { return fmt::format("/{}/{}", row_, name); });
    }
  }
  return slots_.size() - 1;
}

double TimingReader::odd_value(od::value& value, const Slot& slot) {
  const NumberState why = why_no_number(value);
  const auto path = [&] { return fmt::format("/{}/{}", row_, slot.json); };
  if (why == NumberState::not_finite) {
    odd_->add("a time that is not a finite number counts as unknown", path);
  } else if (why == NumberState::not_a_number) {
    odd_->add("a time that is not a number counts as unknown", path);
  }
  return null_real;
}

void TimingReader::end_record() {
  for (Slot& slot : slots_) {
    if (slot.key == nullptr || slot.values.size() > row_) continue;
    slot.values.push_back(null_real);
    odd_->add("a record lacks a field that others have",
              [&] { return fmt::format("/{}/{}", row_, slot.json); });
  }
  ++row_;
}

void TimingReader::read_record(od::object record) {
  std::size_t next = 0;
  std::size_t filled = 0;
  for (auto field : record) {
    const od::raw_json_string key = field.key();
    std::size_t at = next;
    if (next >= slots_.size() || !key.unsafe_is_equal(slots_[next].json)) {
      at = slot_of(field.unescaped_key());
    }
    if (at == no_slot) continue;
    next = at + 1;
    Slot& slot = slots_[at];
    if (slot.key == nullptr) continue;
    od::value value = field.value();
    double number = null_real;
    if (value.get_double().get(number) != simdjson::SUCCESS) number = odd_value(value, slot);
    if (slot.values.size() > row_) {
      slot.values[row_] = number;  // a key that comes twice: the last counts
    } else {
      slot.values.push_back(number);
      ++filled;
    }
  }
  if (filled == known_slots_) {
    ++row_;
  } else {
    end_record();
  }
}

void TimingReader::adopt(ScannedTiming scanned) {
  for (std::size_t i = 0; i < scanned.keys.size(); ++i) {
    const std::size_t at = slot_of(scanned.keys[i]);
    if (at != no_slot) slots_[at].values = std::move(scanned.columns[i]);
  }
  row_ = scanned.rows;
}

void TimingReader::read(simdjson::padded_string_view text) {
  od::parser parser;
  od::document document = parser.iterate(text);
  if (document.type() != od::json_type::array) {
    throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
  }
  // Records are alike, so the first one's length tells their number; a lie costs only memory that
  // the file's size bounds.
  const std::size_t first_end = text.find('}');
  if (first_end != std::string_view::npos) {
    expected_rows_ = row_ + text.size() / std::max<std::size_t>(first_end, 100) + 1;
  }
  for (auto element : document.get_array()) {
    od::value value = element.value();
    if (value.type() == od::json_type::object) {
      read_record(value.get_object());
    } else {
      odd_->add("what is no record is left out", [&] { return fmt::format("/{}", row_); });
    }
  }
  if (!at_end(document)) throw simdjson::simdjson_error(simdjson::TRAILING_CONTENT);
}

// In the order of the columns, whatever the file's.
Table TimingReader::finish() {
  Table table;
  for (const Field& field : fields) {
    for (Slot& slot : slots_) {
      // Both spellings in one file: the first that was read stays.
      if (slot.json == field.json && !table.has(*field.key)) {
        table.add(*field.key, std::move(slot.values));
      }
    }
  }
  return table;
}

Timing result_of(TimingReader& reader, const Oddities& odd, std::vector<Note> notes) {
  Timing timing;
  timing.notes = std::move(notes);
  for (Note& note : odd.notes()) timing.notes.push_back(std::move(note));
  timing.table = reader.finish();
  return timing;
}

// A file cut in the middle: all that ends before the cut.
std::optional<Timing> read_whole_records(std::string_view text, const std::string& file) {
  const std::size_t last = text.rfind('}');
  if (last == std::string_view::npos) return std::nullopt;
  simdjson::padded_string whole(last + 2);
  std::copy_n(text.data(), last + 1, whole.data());
  whole.data()[last + 1] = ']';
  try {
    Oddities odd(file);
    TimingReader reader(odd);
    reader.read(whole);
    std::vector<Note> notes = {
        {file, "",
         fmt::format("the file is cut short: only its {} whole records are used; was the run "
                     "stopped while it wrote?",
                     reader.row_count())}};
    return result_of(reader, odd, std::move(notes));
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

Timing read_mended(std::string_view text, const std::string& file) {
  const MendedJson mended = mend_json(text, file);
  Oddities odd(file);
  TimingReader reader(odd);
  std::vector<Note> notes = mended.notes;
  try {
    for (const std::string& document : mended.documents) {
      const simdjson::padded_string copy(document);
      reader.read(copy);
    }
  } catch (const simdjson::simdjson_error& error) {
    fail_at(file, "", fmt::format("not a list of timing records: {}", error.what()));
  }
  if (mended.documents.size() > 1) {
    notes.push_back({file, "",
                     fmt::format("{} timing files run together: their records are shown as one run",
                                 mended.documents.size())});
  }
  return result_of(reader, odd, std::move(notes));
}

Timing read_any(std::string_view text, const std::string& file) {
  const auto is_wanted = [](std::string_view key) { return key_of(key) != nullptr; };
  if (std::optional<ScannedTiming> scanned = scan_timing(text, is_wanted)) {
    Oddities odd(file);
    TimingReader reader(odd);
    reader.adopt(std::move(*scanned));
    return result_of(reader, odd, {});
  }
  simdjson::error_code why = simdjson::SUCCESS;
  try {
    Oddities odd(file);
    TimingReader reader(odd);
    reader.read(padded(text));
    return result_of(reader, odd, {});
  } catch (const simdjson::simdjson_error& error) {
    why = error.error();
  }
  if (why == simdjson::INCORRECT_TYPE) {
    fail_at(file, "",
            "not a timing file: expected a list of records; export it with "
            "trtexec --exportTimes");
  }
  if (why != simdjson::TRAILING_CONTENT) {
    if (std::optional<Timing> timing = read_whole_records(text, file)) return std::move(*timing);
  }
  return read_mended(text, file);
}

}  // namespace

Timing load_timing(Bytes text, const std::string& file) {
  if (trim(text.view()).empty()) fail_at(file, "", "the file is empty");
  Timing timing = read_any(text.view(), file);
  if (timing.table.row_count() == 0 || timing.table.column_count() == 0) {
    fail_at(file, "",
            "no timing record in this file; export it with trtexec --exportTimes, and "
            "--separateProfileRun when a profile is taken too");
  }
  return timing;
}

}  // namespace trex
