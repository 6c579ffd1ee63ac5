// SPDX-License-Identifier: Apache-2.0
#include "tests/support/engine_text.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <stdexcept>
#include <string>

#include "trex/base/text.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex {
namespace {

constexpr std::string_view without_parameters[] = {
    "NoOp", "kgen",   "gemm",           "fusion",   "signal",   "wait",        "shape_call", "cast",
    "copy", "Myelin", "MyelinReformat", "PluginV2", "PluginV3", "correlation", "reshape"};

// One line being read: the texts that the raw layer's views point into live here.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  std::vector<std::string_view> tokens() {
    std::vector<std::string_view> result;
    std::string token;
    bool quoted = false, any = false;
    for (const char c : line_) {
      if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (!quoted && (c == ' ' || c == '\t')) {
        if (any) result.push_back(keep(token));
        token.clear();
        any = false;
      } else {
        token += c;
        any = true;
      }
    }
    if (quoted) fail("a quote is left open");
    if (any) result.push_back(keep(token));
    return result;
  }

  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  [[noreturn]] void fail(std::string_view what) const {
    throw std::invalid_argument("engine_text: " + std::string(what) + ": " + std::string(line_));
  }

 private:
  std::string_view line_;
  std::deque<std::string> kept_;
};

std::vector<std::int64_t> dims_of(std::string_view text, const LineReader& line) {
  std::vector<std::int64_t> dims;
  if (text.empty()) return dims;
  for (const std::string_view part : split(text, 'x')) {
    const auto value = parse_integer(part);
    if (!value) line.fail("bad dimensions");
    dims.push_back(*value);
  }
  return dims;
}

// "x:fp16:chw32[1x64x8x8]": name, format, dimensions.
RawTensor tensor_of(std::string_view token, const LineReader& line) {
  RawTensor tensor;
  tensor.dims_known = false;
  if (ends_with(token, "]")) {
    const std::size_t open = token.rfind('[');
    if (open == std::string_view::npos) line.fail("']' without '['");
    tensor.dims = dims_of(token.substr(open + 1, token.size() - open - 2), line);
    tensor.dims_known = true;
    token = token.substr(0, open);
  }
  const std::size_t colon = token.find(':');
  tensor.name = token.substr(0, colon);
  if (colon != std::string_view::npos) tensor.format = token.substr(colon + 1);
  if (ends_with(tensor.format, "@Host")) {
    tensor.format.remove_suffix(5);
    tensor.location = "Host";
  }
  return tensor;
}

SmallDims small_dims(std::string_view text, const LineReader& line) {
  SmallDims result;
  for (const std::int64_t value : dims_of(text, line)) {
    if (result.rank == result.values.size()) line.fail("too many dimensions");
    result.values[result.rank++] = static_cast<std::int32_t>(value);
  }
  return result;
}

std::int64_t integer(std::string_view text, const LineReader& line) {
  const auto value = parse_integer(text);
  if (!value) line.fail("expected a number");
  return *value;
}

bool set_text(RawLayer& raw, std::string_view key, std::string_view value) {
  if (key == "subtype") {
    raw.layer_type = value;
  } else if (key == "tactic") {
    raw.tactic = value;
    raw.has_tactic = true;
  } else if (key == "meta") {
    raw.metadata = value;
    raw.has_metadata = true;
  } else if (key == "origin") {
    raw.origin = value;
  } else if (key == "activation") {
    raw.activation = value;
  } else {
    return false;
  }
  return true;
}

bool set_convolution(RawLayer& raw, std::string_view key, std::string_view value,
                     const LineReader& line) {
  ConvolutionAttributes& c = raw.convolution;
  if (key == "kernel") {
    c.kernel = small_dims(value, line);
  } else if (key == "stride") {
    c.stride = small_dims(value, line);
  } else if (key == "dilation") {
    c.dilation = small_dims(value, line);
  } else if (key == "pre") {
    c.pre_padding = small_dims(value, line);
  } else if (key == "post") {
    c.post_padding = small_dims(value, line);
  } else if (key == "maps") {
    c.out_maps = integer(value, line);
  } else if (key == "groups") {
    c.groups = integer(value, line);
  } else {
    return false;
  }
  raw.has_convolution = true;
  return true;
}

void set_option(RawLayer& raw, std::string_view key, std::string_view value, LineReader& line) {
  if (set_text(raw, key, value) || set_convolution(raw, key, value, line)) return;
  if (key == "stream") {
    raw.stream = integer(value, line);
    return;
  }
  if (key == "constant") {
    raw.constants.push_back(tensor_of(value, line));
    return;
  }
  const std::size_t star = value.rfind('*');
  if (star == std::string_view::npos) line.fail("unknown option");
  std::string_view name = key;
  if (key == "weights") name = "Weights";
  if (key == "bias") name = "Bias";
  raw.weights.push_back({name, value.substr(0, star), integer(value.substr(star + 1), line)});
}

// KEY of "key=value"; empty for a tensor ("a=b:Half" is none: its ':' comes first or it has none).
std::string_view option_key(std::string_view token) {
  const std::size_t equals = token.find('=');
  if (equals == std::string_view::npos) return {};
  const std::string_view key = token.substr(0, equals);
  return key.find_first_of(":[/") == std::string_view::npos ? key : std::string_view();
}

double read_layer(LineReader& line, const std::vector<std::string_view>& tokens, RawLayer& raw) {
  if (tokens.size() < 2) line.fail("expected a name and a type");
  raw.name = tokens[0];
  raw.layer_type = tokens[1];
  const bool bare = std::find(std::begin(without_parameters), std::end(without_parameters),
                              tokens[1]) != std::end(without_parameters);
  if (!bare) raw.parameter_type = tokens[1];
  double time_ms = null_real;
  bool output = false;
  for (std::size_t i = 2; i < tokens.size(); ++i) {
    const std::string_view token = tokens[i];
    const std::string_view key = option_key(token);
    if (token == "->") {
      output = true;
    } else if (starts_with(token, "@")) {
      time_ms = parse_real(token.substr(1)).value_or(null_real);
      if (std::isnan(time_ms)) line.fail("bad time");
    } else if (!key.empty()) {
      set_option(raw, key, token.substr(key.size() + 1), line);
    } else {
      (output ? raw.outputs : raw.inputs).push_back(tensor_of(token, line));
    }
  }
  return time_ms;
}

// As a profile with every row matched would leave it.
void add_times(Engine& engine, const std::vector<double>& times) {
  double sum = 0;
  std::int64_t known = 0;
  for (const double time : times) {
    if (std::isnan(time)) continue;
    sum += time;
    ++known;
  }
  if (known == 0) return;
  std::vector<double> share;
  for (const double time : times) share.push_back(sum > 0 ? time / sum : null_real);
  engine.layers.add(layer::time_ms, times)
      .add(layer::median_ms, times)
      .add(layer::total_ms, times)
      .add(layer::share, std::move(share));
  engine.profile.present = true;
  engine.profile.iterations = 1;
  engine.profile.rows = engine.profile.matched_rows = known;
  engine.profile.joined_by = "name";
  engine.profile.layer_time_ms = sum;
}

}  // namespace

Engine engine_text(std::string_view text) {
  EngineBuilder builder;
  std::vector<double> times;
  for (const std::string_view full : lines(text)) {
    const std::string_view trimmed = trim(full);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    LineReader line(trimmed);
    const std::vector<std::string_view> tokens = line.tokens();
    if (tokens[0] == "bindings") {
      for (std::size_t i = 1; i < tokens.size(); ++i) builder.add_binding({.name = tokens[i]});
      continue;
    }
    RawLayer raw;
    raw.index = static_cast<std::int64_t>(times.size());
    times.push_back(read_layer(line, tokens, raw));
    builder.add_layer(raw);
  }
  Engine engine = builder.finish();
  add_times(engine, times);
  return engine;
}

}  // namespace trex
