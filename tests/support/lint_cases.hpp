// Tables of cases for one rule: an engine as text, and what the rule says of it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/support/engine_text.hpp"
#include "trex/base/text.hpp"
#include "trex/lint/lint.hpp"

namespace trex::lint::test {

struct RuleCase {
  const char* name;
  const char* engine;  // engine_text
  // The layers of each finding, "a b; c"; "" when the rule must say nothing.
  const char* layers;
  const char* message = "";     // a part of the first finding's
  const char* capability = "";  // of the GPU: "8.0"
  void (*change)(Engine&) = nullptr;
  std::optional<double> recoverable_ms = std::nullopt;  // of the first finding; checked if given
};

inline std::string layers_of(const Engine& engine, const std::vector<Finding>& findings) {
  const auto name = engine.layers[layer::name];
  std::string text;
  for (const Finding& finding : findings) {
    if (!text.empty()) text += "; ";
    std::vector<std::string_view> names;
    for (const Row row : finding.layers) names.push_back(name[row]);
    text += join(names, " ");
  }
  return text;
}

inline void check_cases(const char* rule, const std::vector<RuleCase>& cases) {
  for (const RuleCase& test : cases) {
    SCOPED_TRACE(test.name);
    Engine engine = engine_text(test.engine);
    if (*test.capability != 0) {
      engine.profile_metadata.entries.push_back(
          {"device_information", "Compute Capability", Json(test.capability), "test"});
    }
    if (test.change != nullptr) test.change(engine);
    const Result result = run(engine, select_rules(rule), Thresholds());
    ASSERT_TRUE(result.skipped.empty()) << result.skipped[0].reason;
    EXPECT_EQ(layers_of(engine, result.findings), test.layers);
    if (result.findings.empty()) continue;
    const Finding& first = result.findings[0];
    EXPECT_TRUE(contains(first.message, test.message)) << first.message;
    if (test.recoverable_ms) {
      ASSERT_TRUE(first.recoverable_ms);
      EXPECT_NEAR(*first.recoverable_ms, *test.recoverable_ms, 1e-6);
    }
  }
}

}  // namespace trex::lint::test
