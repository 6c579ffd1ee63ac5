// What happens when, as plain data: spans on tracks, points, figures over time.
//
// Times are whole nanoseconds from the beginning. Spans of one track do not overlap. What is known
// of a span comes through a function, asked only while it is written: there may be many.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "trex/base/json.hpp"

namespace trex {

struct TimelineSpan {
  std::uint32_t track = 0;
  std::int64_t start_ns = 0, duration_ns = 0;
  std::string name, category;
  std::uint32_t subject = 0;  // what `Timeline::details` knows it by
};

struct TimelinePoint {
  std::uint32_t track = 0;
  std::int64_t at_ns = 0;
  std::string name, category;
  Json details;
  std::vector<std::uint32_t> spans;  // that it is about
};

struct TimelineCounter {
  std::string name, unit;
  std::vector<std::pair<std::int64_t, double>> values;  // from that time on; times ascend
};

struct Timeline {
  std::string name;
  std::string remark;  // how it came about, for people
  Json facts;          // of the whole
  std::vector<std::string> tracks;
  std::vector<TimelineSpan> spans;
  std::vector<TimelinePoint> points;
  std::vector<TimelineCounter> counters;
  std::function<Json(std::uint32_t subject)> details;
};

}  // namespace trex
