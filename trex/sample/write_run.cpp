// Profile and timing JSON, number for number as a C++ stream prints them.

// SPDX-License-Identifier: Apache-2.0
#include "trex/sample/write_run.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>

namespace trex::sample {
namespace {

constexpr std::size_t piece = std::size_t{1} << 20;

void append_real(std::string& out, double value) {
  fmt::format_to(std::back_inserter(out), FMT_COMPILE("{:.6g}"), value);
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  out += out.ends_with('{') ? " \"" : ", \"";
  out += key;
  out += "\" : ";
  out += value;
}

// Without transfers, both copies start and end with the computation.
void append_record(std::string& out, const Inferences::Record& r) {
  std::string start, end, compute;
  append_real(start, r.start_compute_ms);
  append_real(end, r.end_compute_ms);
  append_real(compute, r.compute_ms);
  out += '{';
  append_member(out, "startEnqMs", real_text(r.start_enqueue_ms));
  append_member(out, "endEnqMs", real_text(r.end_enqueue_ms));
  append_member(out, "startH2dMs", start);
  append_member(out, "endH2dMs", start);
  append_member(out, "startComputeMs", start);
  append_member(out, "endComputeMs", end);
  append_member(out, "startD2hMs", end);
  append_member(out, "endD2hMs", end);
  append_member(out, "h2dMs", "0");
  append_member(out, "computeMs", compute);
  append_member(out, "d2hMs", "0");
  append_member(out, "latencyMs", compute);
  out += " }";
}

}  // namespace

std::string real_text(double value) {
  std::string out;
  append_real(out, value);
  return out;
}

void append_profile_begin(std::string& out, std::int64_t count) {
  fmt::format_to(std::back_inserter(out), "[\n  {{ \"count\" : {} }}", count);
}

void append_profile_row(std::string& out, std::string_view name, const LayerTimes& times,
                        double total_ms) {
  out += "{ \"name\" : \"";
  out += name;
  out += "\", \"timeMs\" : ";
  append_real(out, times.total_ms);
  out += ", \"averageMs\" : ";
  append_real(out, times.mean_ms);
  out += ", \"medianMs\" : ";
  append_real(out, times.median_ms);
  out += ", \"percentage\" : ";
  append_real(out, 100 * times.total_ms / total_ms);
  out += " }";
}

double total_ms(const std::vector<ProfileRow>& rows) {
  double total = 0;
  for (const ProfileRow& row : rows) total += row.times.total_ms;
  return total;
}

std::string profile_text(std::int64_t count, const std::vector<ProfileRow>& rows) {
  std::string out;
  append_profile_begin(out, count);
  const double total = total_ms(rows);
  for (const ProfileRow& row : rows) {
    out += profile_between;
    append_profile_row(out, row.name, row.times, total);
  }
  out += profile_end;
  return out;
}

void write_timing(const Inferences& inferences, const Sink& sink) {
  std::string out = "[\n  ";
  bool first = true;
  inferences.each([&](const Inferences::Record& record) {
    if (!first) out += "\n, ";
    first = false;
    append_record(out, record);
    if (out.size() < piece) return;
    sink(out);
    out.clear();
  });
  out += "\n]\n";
  sink(out);
}

}  // namespace trex::sample
