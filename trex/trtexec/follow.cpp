// A growing log of trtexec -> how far it is.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/follow.hpp"

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/trtexec/log_reader.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t longest_followed_line = 1 << 16;  // what matters stands at a line's beginning
constexpr double bytes_in_mebibyte = 1024.0 * 1024.0;

struct PhaseRule {
  std::string_view before;
  Phase phase;
};
// A line that begins so means that the phase has begun.
constexpr PhaseRule phase_rules[] = {
    {"Start parsing network model", Phase::parsing},
    {"Finish parsing network model", Phase::optimizing},
    {"Finished parsing network model", Phase::optimizing},
    {"Graph optimization time", Phase::timing},
    {"Local timing cache in use", Phase::timing},
    {"Global timing cache in use", Phase::timing},
    {"Compiler backend is used during engine build", Phase::timing},
    {"Formats and tactics selection completed", Phase::assembling},
    {"Detected ", Phase::assembling},
    {"Total Host Persistent Memory", Phase::assembling},
    {"Engine generation completed", Phase::assembling},
    {"Engine built in", Phase::assembling},
    {"Created engine with size", Phase::assembling},
    {"Engine deserialized in", Phase::loading},
    {"Engine loaded in", Phase::loading},
    {"Loaded engine size", Phase::loading},
    {"Loaded engine with size", Phase::loading},
    {"Created execution context", Phase::loading},
    {"Capturing CUDA graph", Phase::measuring},
    {"Starting inference", Phase::measuring},
    {"=== Performance summary", Phase::profiling},
    {"=== Profile (", Phase::finished},
    {"&&&& PASSED", Phase::finished},
};

}  // namespace

std::string_view phase_words(Phase phase) {
  constexpr std::string_view words[] = {"starting",       "reading the model", "fusing layers",
                                        "timing kernels", "assembling",        "loading",
                                        "measuring",      "profiling layers",  "finishing"};
  return words[static_cast<std::size_t>(phase)];
}

void Follower::feed(std::string_view text) {
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::string_view part = text.substr(0, newline);
    if (rest_.size() < longest_followed_line)
      rest_ += part.substr(0, longest_followed_line - rest_.size());
    if (newline == std::string_view::npos) return;
    take(parse_line(rest_, 0));
    rest_.clear();
    text.remove_prefix(newline + 1);
  }
}

void Follower::take(const LogLine& line) {
  if (line.severity == 'E' || line.severity == 'F') ++progress_.errors;
  if (line.severity == 'W') ++progress_.warnings;
  const std::string_view text = trim(line.text);
  take_phase(text);
  take_layers(text);
  take_memory(text);
}

void Follower::take_phase(std::string_view text) {
  for (const PhaseRule& rule : phase_rules) {
    if (!starts_with(text, rule.before)) continue;
    // "Loaded engine size" comes in the middle of an 8.x build as well: phases only go on.
    progress_.phase = std::max(progress_.phase, rule.phase);
    return;
  }
}

// "=============== Computing costs for ..." once a layer; where a version does not write it, each
// "--------------- Timing Runner: conv1 (CaskConvolution[...])".
void Follower::take_layers(std::string_view text) {
  const bool costs = starts_with(text, "=====") && contains(text, "Computing costs for");
  const bool runner = starts_with(text, "-----") && contains(text, "Timing Runner:");
  if (costs || runner) progress_.phase = std::max(progress_.phase, Phase::timing);
  if (costs && !counts_costs_) {
    counts_costs_ = true;
    progress_.timed_layers = 0;
  }
  if (costs || (runner && !counts_costs_)) ++progress_.timed_layers;
  // "After vertical fusions: 57 layers": the last one before timing begins.
  if (starts_with(text, "After ") && ends_with(text, " layers") && progress_.timed_layers == 0) {
    const std::size_t colon = text.rfind(": ");
    const auto count = colon == std::string_view::npos
                           ? std::nullopt
                           : parse_integer(text.substr(colon + 2, text.size() - colon - 9));
    if (count && *count > 0) progress_.layers = *count;
  }
}

// "[MemUsageChange] Init CUDA: CPU +19, GPU +0, now: CPU 25, GPU 232 (MiB)"
void Follower::take_memory(std::string_view text) {
  if (!starts_with(text, "[MemUsageChange] ") || contains(text, "TensorRT-managed")) return;
  const std::size_t now = text.find("now: CPU ");
  if (now == std::string_view::npos) return;
  const std::string_view figures = text.substr(now + 9);
  const std::size_t gpu = figures.find("GPU ");
  const auto bytes = [](std::optional<double> mebibytes) -> std::optional<std::int64_t> {
    if (!mebibytes || *mebibytes < 0 || *mebibytes > 1e9) return std::nullopt;
    return static_cast<std::int64_t>(*mebibytes * bytes_in_mebibyte);
  };
  if (const auto cpu = bytes(leading_number(figures))) progress_.cpu_bytes = cpu;
  if (gpu == std::string_view::npos) return;
  if (const auto used = bytes(leading_number(figures.substr(gpu + 4)))) progress_.gpu_bytes = used;
}

}  // namespace trex::trtexec
