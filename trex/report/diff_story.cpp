// What a diff found, in sentences: how much, is it real, and what is behind it.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trex/base/units.hpp"
#include "trex/document/units.hpp"
#include "trex/report/diff_report.hpp"

namespace trex::report {
namespace {

using compare::Step;

constexpr double worth_telling = 0.03;  // of all milliseconds that moved
constexpr double most_of_a_run = 0.8;
constexpr std::size_t most_causes = 6, most_details = 3;

std::string signed_ms(double ms) {
  return fmt::format("{}{} ms", ms < 0 ? "-" : "+", human_ms(std::abs(ms)));
}

// "1.38x faster", "1.2% slower".
std::string said_speed(double before, double after) {
  if (!(before > 0) || !(after > 0)) return "";
  const double speedup = before / after;
  if (std::abs(speedup - 1) < 5e-5) return "as fast";
  if (speedup >= 1.1) return fmt::format("{:.2f}x as fast", speedup);
  if (speedup <= 1 / 1.1) return fmt::format("{:.2f}x as slow", 1 / speedup);
  return fmt::format("{:.2f}% {}", 100 * std::abs(after / before - 1),
                     after <= before ? "faster" : "slower");
}

std::string latency_sentence(const DiffInput& in) {
  const double before = in.a.context.latency.median, after = in.b.context.latency.median;
  if (!std::isfinite(before) || !std::isfinite(after)) return "";
  std::string text = fmt::format("'{}' is {}: {} → {} ms end to end (median)", in.b.engine.name,
                                 said_speed(before, after), human_ms(before), human_ms(after));
  const compare::Change& change = in.difference.latency;
  if (!change.significant) {
    return text + "; without two timing files nothing says whether that is noise";
  }
  text += fmt::format(", {}, 99% interval {} to {}", said_ratio(change.ratio),
                      said_ratio(change.interval.low), said_ratio(change.interval.high));
  return *change.significant ? text + ": real within these runs" : text + ": ~ may be noise";
}

std::string layers_sentence(const DiffInput& in) {
  const double before = in.a.context.engine_ms.value_or(null_real);
  const double after = in.b.context.engine_ms.value_or(null_real);
  if (!std::isfinite(before) || !std::isfinite(after)) return "";
  return fmt::format("the layers add up to {} → {} ms ({})", human_ms(before), human_ms(after),
                     before > 0 ? said_ratio(after / before - 1) : "-");
}

std::string step_sentence(const Step& step) {
  std::string text = fmt::format("{}, {}", signed_ms(step.delta_ms), cause_title(step.cause));
  if (step.cause == compare::Cause::overhead) {
    return text + ": " + (step.details.empty() ? "" : step.details[0].what);
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(step.details.size(), most_details); ++i) {
    const compare::Detail& detail = step.details[i];
    std::string part = fmt::format("{} {} ({}", detail.count, short_name(detail.what, 72),
                                   signed_ms(detail.delta_ms));
    if (!detail.example.empty()) part += fmt::format("; '{}'", short_name(detail.example, 48));
    parts.push_back(part + ")");
  }
  if (step.details.size() > most_details) {
    parts.push_back(fmt::format("{} more kinds", step.details.size() - most_details));
  }
  return fmt::format("{}: {}", text, fmt::join(parts, ", "));
}

void add_run_remarks(const compare::ComparedSide& side, std::vector<std::string>& story) {
  const compare::Drift drift = drift_of(side.sample);
  if (drift.significant) {
    story.push_back(
        fmt::format("'{}' drifts by {} from the first quarter of its run to the last "
                    "(p {:.2g}): clocks or temperature were not settled",
                    side.engine.name, said_ratio(drift.change), drift.p));
  }
  const std::vector<compare::Mode> modes = modes_of(side.sample);
  if (modes.empty()) return;
  std::vector<std::string> parts;
  for (const compare::Mode& mode : modes) {
    parts.push_back(fmt::format("{} ms ({:.0f}%)", human_ms(mode.center_ms), 100 * mode.share));
  }
  double most = 0;
  for (const compare::Mode& mode : modes) most = std::max(most, mode.share);
  story.push_back(fmt::format("'{}' ran at {} speeds: {}{}", side.engine.name, modes.size(),
                              fmt::join(parts, ", "),
                              most < most_of_a_run ? "; no median describes them" : ""));
}

std::string layer_noise_sentence(const compare::Difference& difference) {
  if (difference.profiles_a == 0 || difference.profiles_b == 0) return "";
  if (difference.profiles_a > 1 && difference.profiles_b > 1) {
    return fmt::format(
        "layers: {} against {} profiles tell which change is significant (Welch's t test, false "
        "discovery rate 5%)",
        difference.profiles_a, difference.profiles_b);
  }
  return "with one profile a side, nothing says which layer's change is noise: give several with "
         "--profile-a and --profile-b";
}

}  // namespace

std::string said_ratio(double ratio) {
  return std::isfinite(ratio) ? fmt::format("{:+.2f}%", 100 * ratio) : "-";
}

std::vector<std::string> diff_story(const DiffInput& in) {
  std::vector<std::string> story;
  const auto add = [&](std::string sentence) {
    if (!sentence.empty()) story.push_back(std::move(sentence));
  };
  add(latency_sentence(in));
  add(layers_sentence(in));
  double moved = 0;
  for (const Step& step : in.difference.waterfall.steps) moved += std::abs(step.delta_ms);
  std::size_t told = 0;
  for (const Step& step : in.difference.waterfall.steps) {
    if (told == most_causes || !(std::abs(step.delta_ms) >= worth_telling * moved)) continue;
    if (step.delta_ms == 0) continue;
    add(step_sentence(step));
    ++told;
  }
  add_run_remarks(in.a, story);
  add_run_remarks(in.b, story);
  add(layer_noise_sentence(in.difference));
  return story;
}

}  // namespace trex::report
