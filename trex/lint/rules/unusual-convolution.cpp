// Reports dilated, large-kernel and 3-D convolutions that run far below what the GPU could do.
//
// These have few Tensor Core kernels, so the builder often finds a slow one. One finding for each
// of the three kinds. Not reported: stems (1 to 4 input channels: TensorRT has kernels for the
// first 7x7 of an image network), depthwise convolutions (`depthwise-hot`), layers of a few
// microseconds, and whatever runs well all the same.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace unusual_convolution_rule {

constexpr std::string_view id = "unusual-convolution";

constexpr std::array<std::string_view, 3> titles = {"3-D convolution", "dilated convolution",
                                                    "convolution of a large kernel"};
constexpr std::array<std::string_view, 3> plurals = {"3-D convolutions", "dilated convolutions",
                                                     "convolutions of large kernels"};

// Place in `titles`; nothing for an everyday convolution.
std::optional<std::size_t> unusual_kind(const ConvolutionAttributes& convolution,
                                        double large_kernel) {
  const auto kernel = convolution.kernel.span(), dilation = convolution.dilation.span();
  if (kernel.size() == 3) return 0;
  if (std::any_of(dilation.begin(), dilation.end(), [](std::int32_t d) { return d > 1; })) return 1;
  double area = 1;
  for (const std::int32_t side : kernel) area *= side;
  return area >= large_kernel ? std::optional<std::size_t>(2) : std::nullopt;
}

bool is_stem(const Context& c, Row row, double most_channels) {
  const Row input = c.data_input(row);
  const auto channels = input == no_row ? std::nullopt : c.channels(input);
  return !channels || static_cast<double>(*channels) <= most_channels;
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  const double min_ms = c.thresholds.get(id, "min_ms");
  const double max_efficiency = c.thresholds.get(id, "max_efficiency");
  const double large_kernel = c.thresholds.get(id, "large_kernel");
  const double stem_channels = c.thresholds.get(id, "stem_channels");
  std::array<Finding, titles.size()> by_kind;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    const ConvolutionAttributes* convolution = c.engine.convolution(row);
    if (convolution == nullptr || convolution->transposed || c.hidden(row)) continue;
    if (c.share(row).value_or(0) < min_share || c.time_ms(row).value_or(0) < min_ms) continue;
    const auto efficiency = c.efficiency(row);
    if (!efficiency || *efficiency >= max_efficiency) continue;
    const auto kind = unusual_kind(*convolution, large_kernel);
    if (!kind || is_depthwise(c, row) || is_stem(c, row, stem_channels)) continue;
    by_kind[*kind].layers.push_back(row);
    add_known(by_kind[*kind].recoverable_ms, c.recoverable_by_roofline(row));
  }
  std::vector<Finding> findings;
  for (std::size_t kind = 0; kind < by_kind.size(); ++kind) {
    Finding& finding = by_kind[kind];
    if (finding.layers.empty()) continue;
    const Row first = finding.layers[0];
    finding.message = fmt::format("{} {} at {} of the GPU's peak: {}", finding.layers.size(),
                                  finding.layers.size() == 1 ? titles[kind] : plurals[kind],
                                  percent(*c.efficiency(first)), listed(c, finding.layers));
    finding.evidence = {{"kind", Json(titles[kind]), Unit::none},
                        {"efficiency", *c.efficiency(first), Unit::fraction},
                        {"count", static_cast<std::int64_t>(finding.layers.size()), Unit::count}};
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace unusual_convolution_rule

constexpr Rule unusual_convolution = {
    .id = unusual_convolution_rule::id,
    .code = "F11",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a dilated, large or 3-D convolution runs far below the GPU's peak",
    .why = "few Tensor Core kernels exist for these shapes, and the others are slow",
    .mitigation =
        "decompose it: a large kernel into several 3x3, a 3-D one into 2-D and 1-D, dilation into "
        "space-to-batch; or widen its channels to multiples of 8",
    .source = "TensorRT issue 1409",
    .needs = {.profile = true, .device = true},
    .check = unusual_convolution_rule::check,
};

}  // namespace trex::lint
