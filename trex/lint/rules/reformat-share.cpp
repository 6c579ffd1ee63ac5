// Reports an engine that spends much of its time changing formats.
//
// A Reformat copies a tensor into another layout or datatype and computes nothing. One finding for
// the engine, with the reasons counted: the single ones are the business of the other rules.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/together.hpp"

namespace trex::lint {
namespace reformat_share_rule {

// "9 Q/DQ (float residual), 2 kernel constraint", in order of first appearance.
std::string reasons_of(const Context& c, const std::vector<Row>& layers) {
  Gathered causes;
  for (const Row row : layers) {
    const ReformatReason reason = reformat_reason(c, row);
    causes.add(std::string(cause_title(reason.cause)) +
                   (reason.residual == no_row ? "" : " (float residual)"),
               {row});
  }
  std::string text;
  for (const Alike& alike : causes.groups()) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", alike.cases.size(), alike.cause);
  }
  return text;
}

std::vector<Finding> check(const Context& c) {
  std::vector<Row> layers;
  double time_ms = 0;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    layers.push_back(row);
    time_ms += c.time_ms(row).value_or(0);
  }
  const double share = *c.engine_ms > 0 ? time_ms / *c.engine_ms : 0;
  if (share < c.thresholds.get("reformat-share", "min_share")) return {};
  Finding finding;
  finding.message = fmt::format("{} Reformat layer{} {:.4g} ms, {:.1f} % of the layers' time: {}",
                                layers.size(), layers.size() == 1 ? " takes" : "s take", time_ms,
                                100 * share, reasons_of(c, layers));
  finding.evidence = {{"count", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"time_ms", time_ms, Unit::milliseconds},
                      {"share", share, Unit::fraction}};
  finding.layers = std::move(layers);
  finding.confidence = Confidence::high;
  // No claim of its own: the rules on single Reformats make it, layer by layer.
  return {std::move(finding)};
}

}  // namespace reformat_share_rule

constexpr Rule reformat_share = {
    .id = "reformat-share",
    .code = "C01",
    .group = Group::movement,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "much of the time goes into Reformat layers",
    .why =
        "a Reformat moves memory and computes nothing; it is there because two neighbours want "
        "different layouts or datatypes",
    .mitigation =
        "look at the findings on single Reformats: binding formats, Q/DQ placement, "
        "layout-picky operations",
    .source = "TensorRT documentation, optimizing performance; TensorRT issues 1423, 4039",
    .needs = {.profile = true},
    .check = reformat_share_rule::check,
};

}  // namespace trex::lint
