// Reports the conversion of an image before the first convolution, where it takes much time.
//
// The input has the highest resolution of the network and 3 channels of FP32; the stem's kernel
// reads 4 channels of FP16 or INT8 side by side. The conversion can cost more than the stem saves.
// Not reported: inputs of more than 4 channels (binding-reformat-input has those); a conversion
// that takes little.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/reformat_reason.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/rules/binding_reformats.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace stem_conversion_rule {

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  for (Row row = 0; row < c.engine.layer_count(); ++row) {
    if (!c.is(row, reformat) || c.hidden(row)) continue;
    const ReformatReason reason = reformat_reason(c, row);
    if (!is_stem_conversion(c, row, reason)) continue;
    const double share = *c.share(row);
    const std::int64_t channels = *c.channels(reason.input);
    Finding finding;
    finding.message = fmt::format(
        "{} takes {:.1f} % of the layers' time to turn {} ({} channels) from {} to {} for {}",
        quoted(c.name(row)), 100 * share, quoted(c.tensor_name(reason.input)), channels,
        from_text(c, reason), to_text(c, reason), quoted(c.name(reason.consumer)));
    finding.evidence = {{"share", share, Unit::fraction}, {"channels", channels, Unit::count}};
    finding.layers = {row};
    finding.mitigation =
        remedy_text(c, reason) +
        "; fold the normalization into the stem's weights, and let the host or the "
        "decoder write that format";
    finding.recoverable_ms = binding_claim(c, row, reason);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace stem_conversion_rule

constexpr Rule stem_conversion = {
    .id = "stem-conversion",
    .code = "C10",
    .group = Group::movement,
    .severity = {},
    .summary = "the image is converted in full resolution before the first convolution",
    .why = "the input is the largest tensor of many networks; converting it is a pass over it",
    .mitigation =
        "feed the type and layout that the stem reads (--inputIOFormats), fold the normalization "
        "into the stem's weights, and let the host or the decoder write that format",
    .source = "TensorRT issue 2921; TREx's QAT sample",
    .needs = {.profile = true},
    .check = stem_conversion_rule::check,
};

}  // namespace trex::lint
