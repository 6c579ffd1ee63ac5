// The tuner's cache: a line for the run, then a line an iteration.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/tune.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

std::string text_of(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  return value != nullptr && value->text() != nullptr ? *value->text() : "";
}

// Neither negative nor endless figures are times or losses.
std::optional<double> figure_of(const Json* value) {
  const std::optional<double> number = value == nullptr ? std::nullopt : value->number();
  return number && std::isfinite(*number) && *number >= 0 ? number : std::nullopt;
}

std::optional<double> threshold_of(const Json& header) {
  constexpr std::string_view option = "--accuracyThreshold=";
  const Json* argv = header.find("argv");
  std::vector<std::string> words;
  if (argv != nullptr && argv->array() != nullptr) {
    for (const Json& word : *argv->array()) {
      if (word.text() != nullptr) words.push_back(*word.text());
    }
  }
  const std::string line = text_of(header, "command_line");
  for (const std::string_view word : split(line, ' ')) words.emplace_back(word);
  for (const std::string& word : words) {
    if (starts_with(word, option)) return parse_real(std::string_view(word).substr(option.size()));
  }
  return std::nullopt;
}

void read_header(const Json& json, TuneRun& run) {
  run.tuner_version = text_of(json, "tuner_version");
  run.accuracy_algorithm = text_of(json, "accuracy_algorithm");
  run.search = text_of(json, "searching_algorithm");
  run.command_line = text_of(json, "command_line");
  run.default_route = text_of(json, "default_build_route");
  if (const Json* files = json.find("files")) run.onnx = text_of(*files, "onnx");
  run.accuracy_threshold = threshold_of(json);
}

std::optional<TuneRoute> route_of(const Json& json) {
  const Json* iteration = json.find("iter");
  const Json* route = json.find("build_route");
  if (iteration == nullptr || iteration->integer() == nullptr || route == nullptr ||
      route->text() == nullptr) {
    return std::nullopt;
  }
  TuneRoute result{*iteration->integer(), std::string(trim(*route->text()))};
  const Json* crash = json.find("crash");
  result.crashed = crash != nullptr && crash->boolean() != nullptr && *crash->boolean();
  result.error = text_of(json, "error_message");
  result.gpu_time_ms = figure_of(json.find("gpu_time"));
  const Json* losses = json.find("accuracy_loss");
  if (losses != nullptr && losses->object() != nullptr) {
    for (const auto& [tensor, loss] : *losses->object()) {
      if (const auto figure = figure_of(&loss)) result.losses.emplace_back(tensor, *figure);
    }
  }
  return result;
}

}  // namespace

std::optional<double> TuneRoute::loss() const {
  std::optional<double> largest;
  for (const auto& [tensor, loss] : losses) largest = std::max(largest.value_or(0), loss);
  return largest;
}

TuneRun load_tune(const Bytes& text, const std::string& file) {
  TuneRun run;
  bool has_header = false;
  std::int64_t number = 0, bad = 0, first_bad = 0;
  for (const std::string_view line : lines(text.view())) {
    ++number;
    if (trim(line).empty()) continue;
    std::optional<TuneRoute> route;
    bool is_header = false;
    try {
      const Json json = parse_json(line, file);
      route = route_of(json);
      is_header = !route && !has_header && json.find("tuner_version") != nullptr;
      if (is_header) read_header(json, run);
    } catch (const Error&) {
      // Counted below: a run that was interrupted leaves half a line.
    }
    has_header = has_header || is_header;
    if (route) run.routes.push_back(std::move(*route));
    if (!route && !is_header && bad++ == 0) first_bad = number;
  }
  if (run.routes.empty()) {
    fail("{}: {}", file,
         has_header ? "the tuner finished no iteration"
                    : "not a tuner's cache: no line has 'iter' and 'build_route'; give what "
                      "trtexec --tuningCacheFile wrote");
  }
  if (!has_header) run.notes.push_back({file, "", "no line tells of the run itself"});
  if (bad > 0) {
    run.notes.push_back(
        {file, fmt::format("line {}", first_bad),
         fmt::format("{} line{} cannot be read; left out", bad, bad == 1 ? "" : "s")});
  }
  return run;
}

std::vector<RouteSwitch> route_switches(std::string_view route) {
  std::vector<RouteSwitch> switches;
  for (std::string_view word : split(route, ' ')) {
    word = trim(word);
    while (starts_with(word, "-")) word.remove_prefix(1);
    if (word.empty()) continue;
    const std::size_t equals = word.find('=');
    switches.emplace_back(word.substr(0, equals),
                          equals == std::string_view::npos ? "" : word.substr(equals + 1));
  }
  return switches;
}

std::string route_change(std::string_view base, std::string_view route) {
  std::map<std::string, std::string> before, after;
  std::vector<std::string> order;  // as the routes name them
  for (const auto& [name, value] : route_switches(route)) {
    if (after.emplace(name, value).second) order.push_back(name);
  }
  for (const auto& [name, value] : route_switches(base)) {
    if (before.emplace(name, value).second && after.count(name) == 0) order.push_back(name);
  }
  const auto said = [](const std::string& value) {
    return value.empty() ? std::string("set") : value;
  };
  std::vector<std::string> changes;
  for (const std::string& name : order) {
    const auto old = before.find(name), now = after.find(name);
    if (old == before.end()) {
      changes.push_back(name + " " + said(now->second));
    } else if (now == after.end()) {
      changes.push_back(name + " " + said(old->second) + " → left out");
    } else if (old->second != now->second) {
      changes.push_back(name + " " + said(old->second) + " → " + said(now->second));
    }
  }
  return join(changes, ", ");
}

}  // namespace trex
