// The parts of the log reader: each looks at one line and takes what it knows.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "trex/trtexec/log.hpp"

namespace trex::trtexec {

// "[05/08/2024-14:05:14] [" stands here: a line of its own, even in the middle of another.
bool begins_with_prefix(std::string_view text);

// The number that `text` begins with: "24.5 ms" -> 24.5. Nothing for "nan" and "inf".
std::optional<double> leading_number(std::string_view text);

// Facts in the library's and trtexec's own lines: sizes in bytes, times in seconds.
class FactReader {
 public:
  FactReader();
  bool take(const LogLine& line, Log& log);

 private:
  void set(std::string_view name, std::string_view unit, double value, bool keep_largest,
           std::int64_t line, Log& log);
  bool take_memory(const LogLine& line, Log& log);
  std::vector<std::size_t> place_;  // by rule: 1 + index in log.facts, or 0
};

// What runs on DLA, what does not, and the log's words for why.
class PlacementReader {
 public:
  bool take(const LogLine& line, Log& log);

 private:
  bool take_listed(std::string_view text, Log& log);
  std::string_view listing_;  // "DLA" or "GPU" while a list of layers follows
};

// The console table of --dumpProfile: name first (8.0 to 8.5) or last (from 8.6).
class ProfileTableReader {
 public:
  bool take(const LogLine& line, Log& log);
  void finish(Log& log);

 private:
  enum class Shape : std::uint8_t { none, name_first, name_last };
  void begin(std::string_view header, Log& log);
  std::optional<ProfileTableRow> row(std::string_view text) const;
  Shape shape_ = Shape::none;
  bool has_median_ = false;
};

}  // namespace trex::trtexec
