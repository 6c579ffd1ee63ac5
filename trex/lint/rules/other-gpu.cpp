// Reports an engine that was profiled elsewhere than it was built: another GPU, another TensorRT.
//
// Tactics are chosen by timing on the GPU of the build.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>

#include "trex/lint/rules.hpp"

namespace trex::lint {
namespace other_gpu_rule {

std::string device_named(const Metadata& metadata) {
  const Json* name = metadata.find("device_information", "Selected Device");
  return name != nullptr && name->text() != nullptr ? *name->text() : "";
}

void compare(const char* what, const std::string& built, const std::string& run,
             std::vector<Finding>& findings) {
  if (built.empty() || run.empty() || built == run) return;
  Finding finding;
  finding.message = fmt::format("built {} '{}' but profiled {} '{}'", what, built, what, run);
  finding.evidence = {{"built", built}, {"profiled", run}};
  finding.confidence = Confidence::high;
  findings.push_back(std::move(finding));
}

std::vector<Finding> check(const Context& c) {
  std::vector<Finding> findings;
  const Metadata& build = c.engine.build_metadata;
  const Metadata& run = c.engine.profile_metadata;
  compare("on", device_named(build), device_named(run), findings);
  compare("with TensorRT", build.tensorrt_version, run.tensorrt_version, findings);
  return findings;
}

}  // namespace other_gpu_rule

constexpr Rule other_gpu = {
    .id = "other-gpu",
    .code = "G07",
    .group = Group::evidence,
    .severity = {.by_time = false, .fixed = Severity::warning},
    .summary = "built on one GPU or TensorRT and profiled on another",
    .why =
        "tactics are chosen by timing on the GPU of the build; elsewhere they may be the wrong "
        "ones",
    .mitigation = "build on the GPU and with the TensorRT that runs the engine",
    .source = "TensorRT documentation: engines are specific to the GPU they were built on",
    .needs = {.detail = false},
    .check = other_gpu_rule::check,
};

}  // namespace trex::lint
