// Reports an engine whose layers are names and nothing else.
//
// No rule on layers can say anything then. So it is where there is no graph file at all.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace names_only_rule {

std::vector<Finding> check(const Context& c) {
  if (c.engine.verbosity == Verbosity::detailed) return {};
  Finding finding;
  finding.message = "the layers are names only: no types, tactics or tensors to look at";
  if (c.engine.verbosity == Verbosity::unknown) {
    finding.message = "there is no graph file: no types, tactics or tensors to look at";
    finding.mitigation = "run trtexec --exportLayerInfo=FILE --profilingVerbosity=detailed";
  }
  finding.evidence = {{"layers", static_cast<std::int64_t>(c.engine.layer_count()), Unit::count}};
  finding.confidence = Confidence::high;
  return {std::move(finding)};
}

}  // namespace names_only_rule

constexpr Rule names_only = {
    .id = "names-only",
    .code = "G05",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "the engine was built without detailed verbosity",
    .why =
        "TensorRT writes layer details only for engines built with them; it cannot be raised after "
        "the build",
    .mitigation = "rebuild with trtexec --profilingVerbosity=detailed",
    .source = "TensorRT issue 4020",
    .needs = {.detail = false},
    .check = names_only_rule::check,
};

}  // namespace trex::lint
