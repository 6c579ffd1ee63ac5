// Load notes, one a kind: how often, and where first. A damaged file of a million layers must not
// make a million notes.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

// `Kind` is any enum; kinds are few.
template <class Kind>
class NoteCounter {
 public:
  // Counts one more; true for the first of its kind, which then wants describe().
  bool is_first(Kind kind) {
    for (Entry& entry : entries_) {
      if (entry.kind == kind) return ++entry.count == 1;
    }
    entries_.push_back({kind, 1, {}, {}});
    return true;
  }
  void describe(std::string path, std::string message) {
    entries_.back().path = std::move(path);
    entries_.back().message = std::move(message);
  }
  std::int64_t count(Kind kind) const {
    for (const Entry& entry : entries_) {
      if (entry.kind == kind) return entry.count;
    }
    return 0;
  }
  // In the order in which the kinds were first met.
  void append_to(std::vector<Note>& notes, const std::string& file) const {
    for (const Entry& entry : entries_) {
      std::string message = entry.message;
      if (entry.count > 1) {
        message += " (" + std::to_string(entry.count) + " times, here first)";
      }
      notes.push_back({file, entry.path, std::move(message)});
    }
  }

 private:
  struct Entry {
    Kind kind;
    std::int64_t count;
    std::string path, message;
  };
  std::vector<Entry> entries_;
};

}  // namespace trex
