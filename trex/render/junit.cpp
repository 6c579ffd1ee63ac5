// Findings as JUnit XML: what CI servers show as test results.
//
// A finding that fails the run is a failed case, any other a passed one that says what was found. A
// suppressed finding and a rule that could not look are skipped cases; a rule that looked and found
// nothing passes. The dialect is the one that Jenkins and GitLab both read: one failure a case.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/render/lint_formats.hpp"
#include "trex/render/xml.hpp"

namespace trex::render {
namespace {

// Control bytes made visible, then markup escaped.
// Seconds, as JUnit has them.
std::string seconds(const std::optional<double>& ms) {
  return fmt::format("{:.9f}", ms && *ms > 0 && *ms < 1e12 ? *ms / 1000 : 0.0);
}

struct Suite {
  std::string body;
  std::size_t tests = 0, failures = 0, skipped = 0;
};

void add_case(Suite& suite, const FoundIn& in, std::string_view name, std::string_view time,
              std::string_view inside) {
  ++suite.tests;
  suite.body += fmt::format("    <testcase classname=\"trex.lint.{}\" name=\"{}\" time=\"{}\"",
                            printable_xml(in.engine), printable_xml(name), time);
  suite.body += inside.empty() ? "/>\n" : fmt::format(">{}</testcase>\n", inside);
}

std::string details(const FoundIn& in, const Found& found) {
  const FoundRule& rule = in.rules[found.rule];
  std::string text = printable_xml(found.message);
  if (!found.places.empty()) {
    text +=
        fmt::format("\nlayer {}: {}", found.places[0].index, printable_xml(found.places[0].layer));
    if (found.places.size() > 1) text += fmt::format(" and {} more", found.places.size() - 1);
  }
  if (found.recoverable_ms) {
    text += fmt::format("\ncould win: {}", said(*found.recoverable_ms, Unit::milliseconds));
  }
  return text +
         "\ndo: " + printable_xml(found.mitigation.empty() ? rule.mitigation : found.mitigation);
}

void add_finding(Suite& suite, const FoundIn& in, const Found& found) {
  if (found.baseline_state == "absent") return;
  std::string name = in.rules[found.rule].id;
  if (!found.places.empty()) name += ": " + found.places[0].layer;
  std::string inside;
  if (found.suppressed_because) {
    ++suite.skipped;
    inside = fmt::format("<skipped message=\"suppressed: {}\"/>",
                         printable_xml(*found.suppressed_because));
  } else if (found.fails) {
    ++suite.failures;
    inside = fmt::format("<failure type=\"{}\" message=\"{}\">{}</failure>", found.severity,
                         printable_xml(found.message), details(in, found));
  } else {
    inside = fmt::format("<system-out>{}: {}</system-out>", found.severity, details(in, found));
  }
  add_case(suite, in, name, seconds(found.measured_ms), inside);
}

Suite suite_of(const FoundIn& in) {
  Suite suite;
  std::vector<bool> spoke(in.rules.size());
  for (const auto* list : {&in.evidence, &in.findings}) {
    for (const Found& found : *list) {
      spoke[found.rule] = true;
      add_finding(suite, in, found);
    }
  }
  for (std::size_t i = 0; i < in.rules.size(); ++i) {
    const auto skipped = std::find_if(in.skipped.begin(), in.skipped.end(),
                                      [&](const auto& s) { return s.rule == in.rules[i].id; });
    if (skipped != in.skipped.end()) {
      ++suite.skipped;
      add_case(suite, in, in.rules[i].id, seconds({}),
               fmt::format("<skipped message=\"{}\"/>", printable_xml(skipped->reason)));
    } else if (!spoke[i]) {
      add_case(suite, in, in.rules[i].id, seconds({}), "");
    }
  }
  return suite;
}

}  // namespace

std::string junit(std::span<const FoundIn> engines) {
  std::string body;
  Suite total;
  for (const FoundIn& in : engines) {
    const Suite suite = suite_of(in);
    body += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" "
        "time=\"{}\">\n{}  </testsuite>\n",
        printable_xml(in.engine), suite.tests, suite.failures, suite.skipped, seconds(in.engine_ms),
        suite.body);
    total.tests += suite.tests;
    total.failures += suite.failures;
    total.skipped += suite.skipped;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"trex lint\" tests=\"{}\" failures=\"{}\" errors=\"0\" "
      "skipped=\"{}\">\n{}</testsuites>\n",
      total.tests, total.failures, total.skipped, body);
}

std::string junit(std::string_view suite, std::span<const CheckedRule> checks) {
  std::string body;
  std::size_t failures = 0;
  for (const CheckedRule& check : checks) {
    std::string details = printable_xml(check.reason);
    for (const std::string& detail : check.details) details += "\n" + printable_xml(detail);
    failures += check.passed ? 0 : 1;
    const std::string inside =
        check.passed ? fmt::format("<system-out>{}</system-out>", details)
                     : fmt::format("<failure type=\"gate\" message=\"{}\">{}</failure>",
                                   printable_xml(check.reason), details);
    body += fmt::format("    <testcase classname=\"trex.gate\" name=\"{}\">{}</testcase>\n",
                        printable_xml(check.rule), inside);
  }
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\"",
                                         checks.size(), failures);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"trex diff\" {0}>\n  <testsuite name=\"{1}\" {0}>\n{2}"
      "  </testsuite>\n</testsuites>\n",
      counts, printable_xml(suite), body);
}

}  // namespace trex::render
