// TensorRT takes FP32 linear at a binding unless told otherwise, and converts with a Reformat.

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/rules/binding_reformats.hpp"

#include <fmt/format.h>

#include "trex/lint/together.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace {

// Numbers that are data; the type of a list of ids or of lengths is the model's, not a format.
bool is_data(Datatype type) {
  return is_floating_point(type) || type == Datatype::int8 || type == Datatype::uint8;
}

// An image: RGB, RGBA, one plane.
constexpr std::int64_t most_image_channels = 4;

bool is_at_binding(const Context& c, const ReformatReason& r, bool input) {
  if (r.cause == ReformatCause::elided || r.input == no_row || r.output == no_row) return false;
  if (!(input ? r.reads_input : r.writes_output)) return false;
  return is_data(c.format(input ? r.input : r.output).datatype);
}

std::string bindings_named(const Context& c, const std::vector<Row>& layers, bool input) {
  std::string names;
  for (std::size_t i = 0; i < layers.size() && i < 2; ++i) {
    const Row t = input ? c.data_input(layers[i]) : c.first_output(layers[i]);
    names += (i == 0 ? "" : ", ") + quoted(c.tensor_name(t));
  }
  if (layers.size() > 2) names += fmt::format(" and {} more", layers.size() - 2);
  return names;
}

Finding finding_of(const Context& c, std::vector<Row> layers, bool input) {
  const ReformatReason reason = reformat_reason(c, layers.front());
  const auto time = time_of(c, layers);
  Finding finding;
  if (layers.size() == 1) {
    finding.message = reason_text(c, layers.front(), reason) + time_text(time);
  } else {
    finding.message =
        fmt::format("{} engine {} ({}) are {}, the kernels {} {}{}", layers.size(),
                    input ? "inputs" : "outputs", bindings_named(c, layers, input),
                    input ? from_text(c, reason) : to_text(c, reason), input ? "read" : "write",
                    input ? to_text(c, reason) : from_text(c, reason), time_text(time));
  }
  std::int64_t moved = 0;
  for (const Row row : layers) {
    const ReformatReason r = reformat_reason(c, row);
    finding.recoverable_ms = add(finding.recoverable_ms, binding_claim(c, row, r));
    if (r.bytes) moved += *r.bytes / static_cast<std::int64_t>(layers.size());
    finding.tensors.emplace_back(c.tensor_name(input ? r.input : r.output));
  }
  finding.mitigation = remedy_text(c, reason);
  finding.evidence = {{"count", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"mean_bytes", moved, Unit::bytes}};
  if (time) finding.evidence.push_back({"time_ms", *time, Unit::milliseconds});
  finding.layers = std::move(layers);
  // The host must then make the format, which costs time that no engine file shows.
  finding.confidence = Confidence::medium;
  return finding;
}

}  // namespace

std::optional<double> binding_claim(const Context& c, Row layer, const ReformatReason& reason) {
  const auto time = c.time_ms(layer);
  if (!time || reason.input == no_row || reason.output == no_row) return std::nullopt;
  const bool input = reason.reads_input;
  const Row outer = input ? reason.input : reason.output;
  const Row inner = input ? reason.output : reason.input;
  if (!io_format(c.format(inner)).empty()) return time;
  const auto wide = datatype_bits(c.format(outer).datatype);
  const auto narrow = datatype_bits(c.format(inner).datatype);
  const auto bytes = c.bytes(outer);
  if (!wide || !narrow || *narrow >= *wide || !bytes || !reason.bytes || *reason.bytes <= 0) {
    return std::nullopt;
  }
  const double saved = static_cast<double>(*bytes) * (1.0 - 1.0 * *narrow / *wide);
  return *time * saved / static_cast<double>(*reason.bytes);
}

bool is_stem_conversion(const Context& c, Row layer, const ReformatReason& reason) {
  const double share = c.share(layer).value_or(0);
  if (share <= 0 || share < c.thresholds.get("stem-conversion", "min_share")) return false;
  if (!reason.reads_input || reason.output == no_row || reason.consumer == no_row) return false;
  const auto channels = c.channels(reason.input);
  return channels && *channels <= most_image_channels && c.is(reason.consumer, convolution);
}

std::vector<Finding> binding_reformats(const Context& c, bool input) {
  Gathered bindings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    const ReformatReason reason = reformat_reason(c, row);
    if (!is_at_binding(c, reason, input) || is_stem_conversion(c, row, reason)) continue;
    bindings.add(from_text(c, reason) + "|" + to_text(c, reason), {row});
  }
  std::vector<Finding> findings;
  for (const Alike& alike : bindings.groups()) {
    findings.push_back(finding_of(c, alike.layers(), input));
  }
  return findings;
}

}  // namespace trex::lint
