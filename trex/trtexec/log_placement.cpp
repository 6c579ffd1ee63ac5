// Which layers run on DLA, which do not, and why, in the log's own words.
//
// TensorRT lists the placement after it is decided, a layer a line since 8.0 ("[DlaLayer]
// {ForeignNode[a...b]}", "[GpuLayer] SOFTMAX: prob"), all on one line before; and says of each
// layer that could not go to DLA why, in words that changed with every release. So a reason is any
// message on DLA that says "not supported", "Switching" or "falling back", and the patterns below
// only find the layer's name in it.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/trtexec/log_reader.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t most_placements = 1000000;

void add(std::string_view layer, std::string_view device, std::string_view reason, Log& log) {
  layer = trim(layer);
  if (layer.empty() || log.placements.size() >= most_placements) return;
  log.placements.push_back({std::string(layer), std::string(device), std::string(reason)});
}

// "CONVOLUTION: conv1" -> "conv1". The type is in capitals; a name that merely holds ": " is whole.
std::string_view without_type(std::string_view text) {
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos || colon < 2) return text;
  const bool is_type = std::all_of(
      text.begin(), text.begin() + static_cast<long>(colon),
      [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
  return is_type ? text.substr(colon + 2) : text;
}

// "{a,b}, {c}, d" -> "{a,b}", "{c}", "d".
void add_list(std::string_view text, std::string_view device, Log& log) {
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' || text[i] == '(') ++depth;
    if ((text[i] == '}' || text[i] == ')') && depth > 0) --depth;
    if (text[i] != ',' || depth > 0) continue;
    if (i + 1 < text.size() && text[i + 1] != ' ') continue;
    add(text.substr(begin, i - begin), device, "", log);
    begin = i + 1;
  }
  add(text.substr(begin), device, "", log);
}

struct Pattern {
  std::string_view before, after;  // the layer's name stands between; after "": to the end
};
// The first that fits wins. Sources: public logs of TensorRT 7.x to 10.x on Xavier and Orin.
constexpr Pattern patterns[] = {
    {"Default DLA is enabled but layer ", " is not "},
    {"Layer '", "' ("},
    {"Layer '", "'"},
    {"Switching to GPU for layer ", ""},
    {"Validation failed for DLA layer: ", ". "},
    {"Splitting DLA subgraph at: ", " because"},
    {"DLA Layer ", " does not "},
    {"DLA layer ", " does not "},
    {"Layer ", " (DLA)"},
    {"Layer ", " is not "},
    {"Switching ", " device type to GPU"},
};

std::string_view between(std::string_view text, const Pattern& pattern) {
  const std::size_t found = text.find(pattern.before);
  if (found == std::string_view::npos) return {};
  const std::string_view rest = text.substr(found + pattern.before.size());
  if (pattern.after.empty()) return rest;
  const std::size_t end = rest.find(pattern.after);
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

// Of "/model.24/Pow: DLA cores do not support POW ...": what stands before ": DLA".
std::string_view layer_named_in(std::string_view text) {
  for (const Pattern& pattern : patterns) {
    const std::string_view layer = between(text, pattern);
    if (!layer.empty()) return layer;
  }
  const std::size_t colon = text.find(": ");
  return colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
}

bool tells_why_not_dla(std::string_view text) {
  if (!contains(text, "DLA")) return false;
  // Said of the whole engine, not of a layer.
  if (contains(text, "no layer in the network") || starts_with(text, "DLA is not")) return false;
  if (contains(text, "Error Code ") || starts_with(text, "--")) return false;
  return contains(text, "not support") || contains(text, "Unsupported") ||
         contains(text, "requires") || contains(text, "falling back") ||
         contains(text, "Switching") || contains(text, "not running on DLA") ||
         contains(text, "validation failed");
}

}  // namespace

bool PlacementReader::take_listed(std::string_view text, Log& log) {
  constexpr std::string_view dla = "[DlaLayer] ";
  constexpr std::string_view gpu = "[GpuLayer] ";
  if (!starts_with(text, dla) && !starts_with(text, gpu)) return false;
  const bool on_dla = starts_with(text, dla);
  std::string_view name = trim(text.substr(dla.size()));
  if (ends_with(name, ",")) name.remove_suffix(1);
  add(without_type(name), on_dla ? "DLA" : "GPU", "", log);
  return true;
}

bool PlacementReader::take(const LogLine& line, Log& log) {
  const std::string_view text = trim(line.text);
  if (starts_with(text, "---") && contains_ignoring_case(text, "layers running on ")) {
    // With dashes on both sides a layer a line follows; with ':' all of them on one line.
    const std::string_view device = contains(text, "DLA") ? "DLA" : "GPU";
    listing_ = ends_with(text, ":") ? device : std::string_view();
    return true;
  }
  if (take_listed(text, log)) {
    listing_ = {};
    return true;
  }
  if (!listing_.empty()) {
    // 7.x and 8.0: the next line holds all the names, or nothing.
    const std::string_view device = listing_;
    const bool is_list = contains(text, ", ") || ends_with(text, ",") || starts_with(text, "{");
    listing_ = {};
    if (is_list && !starts_with(text, "[") && !starts_with(text, "Detected ")) {
      add_list(text, device, log);
      return true;
    }
  }
  if (line.severity == 'V' || line.severity == 'I' || !tells_why_not_dla(text)) return false;
  add(layer_named_in(text), "GPU", text, log);
  return false;  // it stays a warning, too
}

}  // namespace trex::trtexec
