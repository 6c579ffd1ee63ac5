// Which facts do the library's and trtexec's own lines state?
//
// A rule is the text a line begins with, and what the number after it means. Sizes become bytes
// and times seconds. Of a line that comes again the last counts (8.x prints the activation memory
// before and after it is known), or the largest where the line tells the memory in use.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "trex/base/text.hpp"
#include "trex/trtexec/log_reader.hpp"

namespace trex::trtexec {
namespace {

constexpr double mebibyte = 1024.0 * 1024.0;
constexpr std::size_t most_text_facts = 1000;

struct NumberRule {
  std::string_view before, name, unit;
  double scale = 1;
};
constexpr NumberRule number_rules[] = {
    {"Engine built in ", "build_seconds", "s"},
    {"Engine generation completed in ", "generation_seconds", "s"},
    {"Engine deserialized in ", "deserialize_seconds", "s"},
    {"Engine loaded in ", "load_seconds", "s"},
    {"Finished parsing network model. Parse time: ", "parse_seconds", "s"},
    {"Graph optimization time: ", "optimization_seconds", "s"},
    {"Formats and tactics selection completed in ", "tactic_seconds", "s"},
    {"Created engine with size: ", "engine_bytes", "B", mebibyte},
    {"Loaded engine with size: ", "engine_bytes", "B", mebibyte},
    {"Loaded engine size: ", "loaded_engine_bytes", "B", mebibyte},
    {"Created execution context with device memory size: ", "context_bytes", "B", mebibyte},
    {"Maximum device memory size across all profiles: ", "context_bytes_all_profiles", "B",
     mebibyte},
    {"Total Host Persistent Memory: ", "host_persistent_bytes", "B"},
    {"Total Device Persistent Memory: ", "device_persistent_bytes", "B"},
    {"Total Scratch Memory: ", "scratch_bytes", "B"},
    {"Max Scratch Memory: ", "scratch_bytes", "B"},
    {"Total Activation Memory: ", "activation_bytes", "B"},
    {"Total Weights Memory: ", "weights_bytes", "B"},
    {"Detected ", "network_inputs", ""},
    {"After reformat layers: ", "layers_after_reformat", ""},
    {"[MS] Number of aux streams is ", "aux_streams", ""},
    {"Number of aux streams is ", "aux_streams", ""},
    {"The engine uses ", "aux_streams", ""},
    {"Warmup completed ", "warmup_queries", ""},
    {"Timing trace has ", "timed_queries", ""},
    {"* GPU compute time is unstable, with coefficient of variance = ", "coefficient_of_variance",
     "%"},
    {"GPU compute time is unstable, with coefficient of variance = ", "coefficient_of_variance",
     "%"},
};

struct TextRule {
  std::string_view before, name;
};
constexpr TextRule text_rules[] = {
    {"Input filename:", "onnx_file"},
    {"ONNX IR version:", "onnx_ir_version"},
    {"Opset version:", "onnx_opset"},
    {"Producer name:", "onnx_producer"},
    {"Producer version:", "onnx_producer_version"},
    {"Set shape of input tensor ", "profile_shape"},
    {"Input binding for ", "input_binding"},
    {"Output binding for ", "output_binding"},
    {"Local timing cache in use", "local_timing_cache"},
    {"Global timing cache in use", "global_timing_cache"},
    {"Successfully captured CUDA graph", "cuda_graph_captured"},
    {"The e2e network timing is not reported", "no_end_to_end_timing"},
    {"Skipped inference phase", "inference_skipped"},
};

enum MemoryFact : std::size_t {
  peak_cpu,
  peak_gpu,
  peak_host,
  used_cpu,
  used_gpu,
  managed_cpu,
  managed_gpu,
  blocks,
  memory_fact_count
};
constexpr std::string_view memory_names[] = {
    "peak_cpu_bytes", "peak_gpu_bytes",    "peak_build_host_bytes", "used_cpu_bytes",
    "used_gpu_bytes", "managed_cpu_bytes", "managed_gpu_bytes",     "block_assignment_bytes"};

// "..., now: CPU 25, GPU 232 (MiB)": the number after `word`, searched from `from`.
std::optional<double> number_after(std::string_view text, std::string_view word,
                                   std::size_t from = 0) {
  const std::size_t at = text.find(word, from);
  if (at == std::string_view::npos) return std::nullopt;
  return leading_number(text.substr(at + word.size()));
}

// "The engine uses 3 auxiliary streams" but not "The engine uses 3 GiB".
bool is_about(const NumberRule& rule, std::string_view text) {
  if (rule.before == "Detected ") return contains(text, "inputs and");
  if (rule.before == "The engine uses ") return contains(text, "auxiliary stream");
  return true;
}

}  // namespace

std::optional<double> leading_number(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && contains("0123456789+-.eE", text.substr(end, 1))) ++end;
  text = text.substr(0, end);
  // "3 sec." keeps its number apart, "5." at the end of a sentence does not.
  while (!text.empty() && text.back() == '.') text.remove_suffix(1);
  if (starts_with(text, "+")) text.remove_prefix(1);
  const std::optional<double> value = parse_real(text);
  if (value && !std::isfinite(*value)) return std::nullopt;
  return value;
}

FactReader::FactReader() : place_(std::size(number_rules) + memory_fact_count) {}

void FactReader::set(std::string_view name, std::string_view unit, double value, bool keep_largest,
                     std::int64_t line, Log& log) {
  // Rules that share a name share the place of the first of them.
  std::size_t rule = 0;
  while (rule < std::size(number_rules) && number_rules[rule].name != name) ++rule;
  if (rule == std::size(number_rules)) {
    const auto* found = std::find(std::begin(memory_names), std::end(memory_names), name);
    rule += static_cast<std::size_t>(found - std::begin(memory_names));
  }
  if (place_[rule] == 0) {
    log.facts.push_back({std::string(name), std::string(unit), "", value, line});
    place_[rule] = log.facts.size();
    return;
  }
  Fact& fact = log.facts[place_[rule] - 1];
  if (keep_largest && fact.value.value_or(value) >= value) return;
  fact.value = value;
  fact.line = line;
}

bool FactReader::take_memory(const LogLine& line, Log& log) {
  const std::string_view text = line.text;
  const auto keep = [&](MemoryFact fact, std::optional<double> value, double scale) {
    if (value && *value >= 0) {
      set(memory_names[fact], "B", *value * scale, true, line.number, log);
    }
  };
  if (starts_with(text, "[MemUsageStats] ")) {
    if (contains(text, "allocators")) {
      keep(peak_cpu, number_after(text, ": CPU "), mebibyte);
      keep(peak_gpu, number_after(text, "GPU ", std::min(text.rfind(", "), text.size())), mebibyte);
    } else if (contains(text, "building and serialization")) {
      keep(peak_host, number_after(text, "CPU: "), mebibyte);
    }
    return true;
  }
  if (starts_with(text, "[MemUsageChange] ")) {
    const std::size_t now = text.find("now: CPU ");
    if (now == std::string_view::npos) return true;
    const bool managed = contains(text, "TensorRT-managed");
    keep(managed ? managed_cpu : used_cpu, number_after(text, "CPU ", now), mebibyte);
    keep(managed ? managed_gpu : used_gpu, number_after(text, "GPU ", now), mebibyte);
    return true;
  }
  if (starts_with(text, "[BlockAssignment] Algorithm ")) {
    keep(blocks, number_after(text, " requiring "), 1);
    return true;
  }
  return false;
}

bool FactReader::take(const LogLine& line, Log& log) {
  const std::string_view text = line.text;
  if (text.empty()) return false;
  if (text[0] == '[' && take_memory(line, log)) return true;
  for (const NumberRule& rule : number_rules) {
    if (rule.before[0] != text[0] || !starts_with(text, rule.before)) continue;
    const std::optional<double> value = leading_number(text.substr(rule.before.size()));
    if (!value || !is_about(rule, text)) continue;
    set(rule.name, rule.unit, *value * rule.scale, false, line.number, log);
    return true;
  }
  for (const TextRule& rule : text_rules) {
    if (rule.before[0] != text[0] || !starts_with(text, rule.before)) continue;
    const bool whole = rule.before.back() != ':' && rule.before.back() != ' ';
    const std::string_view value = whole ? text : trim(text.substr(rule.before.size()));
    if (!value.empty() && log.facts.size() < most_text_facts) {
      log.facts.push_back(
          {std::string(rule.name), "", std::string(value), std::nullopt, line.number});
    }
    return true;
  }
  return false;
}

}  // namespace trex::trtexec
