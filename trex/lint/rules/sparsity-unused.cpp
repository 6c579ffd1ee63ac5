// Reports layers with 2:4 sparse weights whose kernel does not use the sparsity.
//
// Sparse Tensor Cores double the rate of math, so only a layer that math binds can win. One
// finding for the engine. Not reported: layers without HasSparseWeights, without a kernel name, or
// on GPUs before compute capability 8.0.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace sparsity_unused_rule {

// "sparse", "spgemm", "sptensorop"; "split" and "spatial" are others.
bool is_sparse_kernel(std::string_view tactic) {
  if (contains_ignoring_case(tactic, "sparse")) return true;
  const std::vector<std::string_view> words = split(tactic, '_');
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return equals_ignoring_case(word, "sp") || contains_ignoring_case(word, "spgemm") ||
           contains_ignoring_case(word, "sptensorop");
  });
}

std::vector<Finding> check(const Context& c) {
  std::vector<Row> layers;
  for (const ConvolutionAttributes& attributes : c.engine.convolutions) {
    if (!attributes.has_sparse_weights || attributes.layer == no_row) continue;
    const std::string_view tactic = c.tactic(attributes.layer);
    if (tactic.empty() || is_sparse_kernel(tactic)) continue;
    layers.push_back(attributes.layer);
  }
  if (layers.empty() || gpu_sm(c).value_or(80) < 80) return {};
  std::sort(layers.begin(), layers.end());
  const Peak peak(c);
  Finding finding;
  finding.message = fmt::format("{} with 2:4 sparse weights in dense kernels: {}",
                                counted(layers.size(), "layer"), listed(c, layers));
  finding.evidence = {{"layers", static_cast<std::int64_t>(layers.size()), Unit::count},
                      {"tactic", c.tactic(layers[0])}};
  const auto bound = c.roofline[roofline::bound];
  for (const Row row : layers) {
    if (bound[row] != "compute") continue;
    // Half the multiplications; what is above the dense floor is not sparsity's to win.
    const auto dense = peak.saving_ms(row, c.precision(row));
    const auto sparse = peak.saving_ms(row, c.precision(row), 1, 0.5);
    if (dense && sparse) add_known(finding.recoverable_ms, *sparse - *dense);
  }
  finding.layers = std::move(layers);
  return {std::move(finding)};
}

}  // namespace sparsity_unused_rule

constexpr Rule sparsity_unused = {
    .id = "sparsity-unused",
    .code = "A11",
    .group = Group::precision,
    .severity = {},
    .summary = "sparse weights run in dense kernels",
    .why = "sparse Tensor Cores skip half the multiplications; these layers do not use them",
    .mitigation =
        "build with --sparsity=enable, channels multiples of 16 and 32 or more; where the dense "
        "kernel was the faster one, nothing is lost",
    .source = "TensorRT documentation, structured sparsity",
    .needs = {},
    .check = sparsity_unused_rule::check,
};

}  // namespace trex::lint
