// Names of files: TREx's ("X.graph.json"), users' ("layers_X.json", "X_profile.json") and tools'.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/file_names.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "trex/base/text.hpp"

namespace trex {
namespace {

// Words that name what a file holds, not which engine it is of.
constexpr std::array<std::string_view, 32> content_words{
    "graph",   "graphs",    "layer",   "layers",   "layerinfo",   "info",     "information",
    "inspect", "inspector", "profile", "profiles", "profiling",   "profiler", "timing",
    "timings", "time",      "times",   "latency",  "latencies",   "metadata", "meta",
    "build",   "log",       "trace",   "perf",     "performance", "export",   "exported",
    "json",    "txt",       "gz",      "names"};
// Words for the engine file itself; they say nothing before a content word or at the end.
constexpr std::array<std::string_view, 3> engine_words{"engine", "plan", "trt"};

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void remove_suffix_word(std::string_view& name, std::string_view suffix) {
  if (name.size() > suffix.size() &&
      equals_ignoring_case(name.substr(name.size() - suffix.size()), suffix)) {
    name.remove_suffix(suffix.size());
  }
}

}  // namespace

std::string engine_name_of(std::string_view file_name) {
  for (const std::string_view suffix : {".gz", ".gpu.jsonl", ".json", ".log", ".txt", ".metadata",
                                        ".graph", ".layers", ".profile", ".timing", ".build"}) {
    remove_suffix_word(file_name, suffix);
  }
  return std::string(file_name);
}

std::string family_of(std::string_view file_name) {
  const std::string whole = lower(file_name);
  std::string_view name = whole;
  remove_suffix_word(name, ".gpu.jsonl");  // "gpu" alone may be part of an engine's name
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("._- ", at), name.size());
    if (end > at) words.push_back(name.substr(at, end - at));
    at = end + 1;
  }
  // From the end: words for the engine file count as noise before noise, so that what is left has
  // none of it at its end.
  std::vector<std::string_view> kept;
  bool before_noise = true;
  for (std::size_t i = words.size(); i-- > 0;) {
    const bool is_noise =
        is_one_of(words[i], content_words) || (before_noise && is_one_of(words[i], engine_words));
    if (!is_noise) kept.push_back(words[i]);
    before_noise = is_noise;
  }
  std::reverse(kept.begin(), kept.end());
  return join(kept, ".");
}

bool may_be_readable(std::string_view file_name) {
  if (file_name.empty() || file_name[0] == '.') return false;
  remove_suffix_word(file_name, ".gz");
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string extension = lower(file_name.substr(dot + 1));
  return extension == "json" || extension == "log" || extension == "jsonl" || extension == "txt" ||
         extension == "out";
}

}  // namespace trex
