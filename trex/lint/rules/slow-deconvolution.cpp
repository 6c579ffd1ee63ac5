// Reports deconvolutions on no Tensor Core, and those whose kernel is no multiple of the stride.
//
// One finding for each of the two causes. A kernel that is no multiple of the stride gives output
// positions different numbers of terms, which the fast kernels do not take. Not reported: FP32
// deconvolutions for the lack of Tensor Cores (that is a choice of precision) and, where there is a
// profile, deconvolutions that take little of the time.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"
#include "trex/lint/rules/efficiency.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace slow_deconvolution_rule {

constexpr std::string_view id = "slow-deconvolution";

bool uneven(const ConvolutionAttributes* convolution) {
  if (convolution == nullptr || convolution->kernel.rank != convolution->stride.rank) return false;
  const auto kernel = convolution->kernel.span(), stride = convolution->stride.span();
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    if (stride[i] > 1 && kernel[i] % stride[i] != 0) return true;
  }
  return false;
}

void add(const Context& c, Finding& finding, Row row) {
  finding.layers.push_back(row);
  if (const auto above = c.recoverable_by_roofline(row)) {
    finding.recoverable_ms = finding.recoverable_ms.value_or(0) + *above;
  }
}

std::vector<Finding> check(const Context& c) {
  const double min_share = c.thresholds.get(id, "min_share");
  Finding ragged, slow;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, deconvolution) || c.hidden(row)) continue;
    if (c.engine_ms && c.share(row).value_or(0) < min_share) continue;
    const auto bits = datatype_bits(c.precision(row));
    const bool wide = !bits || *bits > 16;
    if (uneven(c.engine.convolution(row))) {
      add(c, ragged, row);
    } else if (!wide && c.tensor_core(row) == "no") {
      add(c, slow, row);
    }
  }
  std::vector<Finding> findings;
  for (Finding* finding : {&ragged, &slow}) {
    if (finding->layers.empty()) continue;
    const bool is_ragged = finding == &ragged;
    finding->message = fmt::format(
        "{}, {} first: {}", counted(finding->layers.size(), "deconvolution"),
        quoted(c.name(finding->layers[0])),
        is_ragged ? "the kernel is no multiple of the stride" : "the kernel uses no Tensor Cores");
    finding->evidence = {
        {"count", static_cast<std::int64_t>(finding->layers.size()), Unit::count},
        {"cause", Json(is_ragged ? "kernel and stride" : "no Tensor Cores"), Unit::none}};
    finding->confidence = is_ragged ? Confidence::low : Confidence::medium;
    findings.push_back(std::move(*finding));
  }
  return findings;
}

}  // namespace slow_deconvolution_rule

constexpr Rule slow_deconvolution = {
    .id = slow_deconvolution_rule::id,
    .code = "F10",
    .group = Group::efficiency,
    .severity = {},
    .summary = "a deconvolution runs on a slow kernel",
    .why =
        "deconvolutions have few Tensor Core kernels; the others gather, or multiply and then add "
        "overlapping columns",
    .mitigation =
        "make the kernel size a multiple of the stride, or replace it by a resize and a "
        "convolution, or by a convolution and a pixel shuffle",
    .source = "torch2trt issue 601; TensorRT issue 3098",
    .needs = {},
    .check = slow_deconvolution_rule::check,
};

}  // namespace trex::lint
