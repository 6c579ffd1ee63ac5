// What one rule says of an engine, and engines with a timing file, for the tests of rules.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/engine_text.hpp"
#include "trex/lint/lint.hpp"

namespace trex::lint::test {

using Messages = std::vector<std::string>;

// The messages of the rule's findings, in order; asserts nothing of other rules.
inline Messages messages(std::string_view rule, const Engine& engine) {
  const Result result = run(engine, select_rules(rule), Thresholds());
  Messages texts;
  for (const auto* list : {&result.evidence, &result.findings}) {
    for (const Finding& finding : *list) texts.push_back(finding.message);
  }
  return texts;
}

// One convolution, and a timing file of these columns.
inline Engine timed(std::vector<std::pair<Key<double>, std::vector<double>>> columns) {
  Engine engine = engine_text("a Convolution x:Half[1x8x4x4] -> y:Half[1x8x4x4] @1\n");
  for (auto& [key, values] : columns) engine.timing.add(key, std::move(values));
  return engine;
}

}  // namespace trex::lint::test
