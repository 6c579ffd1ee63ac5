// Timelines as trace events.
//
// Format: "Trace Event Format" of the Chromium project, JSON object form: metadata (M) names
// processes and threads, complete events (X) are spans, instants (i) points, counters (C) figures;
// flows (s, f) lead from a point to the spans that it is about. A flow begins at what stands last
// on its thread, so it follows its point at once, and ends inside its span (bp "e").

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/trace_events.hpp"

#include <fmt/format.h>

namespace trex::render {
namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

class TraceWriter {
 public:
  explicit TraceWriter(const std::function<void(std::string_view)>& write) : write_(write) {}

  void write(std::span<const Timeline> timelines) {
    out_ = "{\"displayTimeUnit\": \"ns\",\n\"otherData\": ";
    Json other, facts{Json::Array{}};
    for (const Timeline& timeline : timelines) facts.push(timeline.facts);
    if (!timelines.empty()) other.set("placement", timelines[0].remark);
    out_ += other.set("timelines", std::move(facts)).dump() + ",\n\"traceEvents\": [";
    for (const Timeline& timeline : timelines) {
      ++process_;
      name_tracks(timeline);
      spans(timeline);
      points(timeline);
      counters(timeline);
    }
    write_(out_ += "\n]}\n");
  }

 private:
  // {"ph": "X", "pid": 1, "tid": 2, "ts": 0.5, "name": ...: the rest follows.
  void begin(char phase, std::uint32_t track, std::int64_t at_ns, std::string_view name) {
    if (out_.size() > piece_bytes) {
      write_(out_);
      out_.clear();
    }
    out_ += first_ ? "\n" : ",\n";
    first_ = false;
    out_ += fmt::format("{{\"ph\": \"{}\", \"pid\": {}, \"tid\": {}", phase, process_, track + 1);
    if (phase != 'M') time("ts", at_ns);
    out_ += ", \"name\": ";
    append_json_string(out_, name);
  }

  // Microseconds, exact to the nanosecond.
  void time(std::string_view key, std::int64_t ns) {
    out_ += fmt::format(", \"{}\": {}.{:03}", key, ns / 1000, ns % 1000);
  }

  void text(std::string_view key, std::string_view value) {
    out_ += fmt::format(", \"{}\": ", key);
    append_json_string(out_, value);
  }

  void end(const Json& arguments) {
    if (arguments.object() != nullptr) out_ += ", \"args\": " + arguments.dump();
    out_ += "}";
  }

  void metadata(std::string_view what, std::uint32_t track, std::string key, Json value) {
    begin('M', track, 0, what);
    Json arguments;
    end(arguments.set(std::move(key), std::move(value)));
  }

  void name_tracks(const Timeline& timeline) {
    metadata("process_name", 0, "name", timeline.name.empty() ? "engine" : timeline.name);
    metadata("process_sort_index", 0, "sort_index", process_);
    if (timeline.spans.empty()) metadata("process_labels", 0, "labels", "no layer has a time");
    for (std::uint32_t track = 0; track < timeline.tracks.size(); ++track) {
      metadata("thread_name", track, "name", timeline.tracks[track]);
      metadata("thread_sort_index", track, "sort_index", track);
    }
  }

  void spans(const Timeline& timeline) {
    for (const TimelineSpan& span : timeline.spans) {
      begin('X', span.track, span.start_ns, span.name);
      time("dur", span.duration_ns);
      text("cat", span.category);
      end(timeline.details ? timeline.details(span.subject) : Json());
    }
  }

  void points(const Timeline& timeline) {
    for (const TimelinePoint& point : timeline.points) {
      begin('i', point.track, point.at_ns, point.name);
      text("cat", point.category);
      text("s", "t");
      end(point.details);
      for (const std::uint32_t at : point.spans) {
        ++flow_;
        flow('s', point.track, point.at_ns);
        end({});
        const TimelineSpan& span = timeline.spans[at];
        flow('f', span.track, span.start_ns + span.duration_ns / 2);
        text("bp", "e");
        end({});
      }
    }
  }

  void flow(char phase, std::uint32_t track, std::int64_t at_ns) {
    begin(phase, track, at_ns, "finding");
    text("cat", "finding");
    out_ += fmt::format(", \"id\": {}", flow_);
  }

  void counters(const Timeline& timeline) {
    for (const TimelineCounter& counter : timeline.counters) {
      for (const auto& [at_ns, value] : counter.values) {
        begin('C', 0, at_ns, counter.name);
        Json arguments;
        end(arguments.set(counter.unit, value));
      }
    }
  }

  const std::function<void(std::string_view)>& write_;
  std::string out_;
  bool first_ = true;
  int process_ = 0;
  std::int64_t flow_ = 0;
};

}  // namespace

void trace_events(std::span<const Timeline> timelines,
                  const std::function<void(std::string_view)>& write) {
  TraceWriter(write).write(timelines);
}

}  // namespace trex::render
