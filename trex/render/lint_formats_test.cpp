// SARIF and JUnit of one run, whose every field is looked at.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/lint_formats.hpp"

#include <gtest/gtest.h>

namespace trex::render {
namespace {

FoundIn engine() {
  FoundIn in;
  in.engine = "net";
  in.graph_file = "out/./my net.graph.json";
  in.rules = {
      {"reformat-share", "C01", "movement", "much time", "it copies", "look", "a page", "warning"},
      {"dp4a-kernel", "A05", "precision", "dp4a", "slow", "align", "a page", "warning"},
      {"few-iterations", "G03", "evidence", "few", "noise", "more", "a page", "note"}};
  Found first;
  first.rule = 0;
  first.severity = "error";
  first.confidence = "high";
  first.message = "2 Reformats";
  first.places = {{"a <1>", 3, 100, 40}, {"b", 5, {}, {}}};
  first.source_ops = {"/stem/Conv"};
  first.evidence = {{"count", Json(2), Unit::count}};
  first.measured_ms = 0.5;
  first.recoverable_ms = 0.25;
  first.fingerprint = "0123456789abcdef";
  first.baseline_state = "new";
  first.fails = true;
  Found second;
  second.rule = 1;
  second.severity = "note";
  second.confidence = "low";
  second.message = "dp4a";
  second.places = {{"c", 7, 200, 10}};
  second.fingerprint = "f2";
  second.baseline_state = "unchanged";
  second.suppressed_because = "the stem has \"3\" channels";
  second.suppressed_until = "2026-12-31";
  Found gone;
  gone.rule = 1;
  gone.severity = "warning";
  gone.message = "was here";
  gone.fingerprint = "f3";
  gone.baseline_state = "absent";
  in.findings = {first, second, gone};
  in.skipped = {{"few-iterations", "G03", "needs a profile"}};
  in.engine_ms = 2;
  return in;
}

// "runs.0.results.1.level" of a JSON text.
const Json& at(const Json& root, std::string_view path) {
  const Json* here = &root;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    if (here->array() != nullptr) {
      here = &here->array()->at(static_cast<std::size_t>(step[0] - '0'));
    } else {
      here = here->find(step);
    }
    if (here == nullptr) {
      static const Json none;
      ADD_FAILURE() << "no '" << step << "'";
      return none;
    }
  }
  return *here;
}

TEST(Sarif, PointsAtTheLayersBytesAndNamesThem) {
  const FoundIn in = engine();
  const Json log = parse_json(sarif({&in, 1}, "1.2.3"), "sarif");
  const Json& run = at(log, "runs.0");
  EXPECT_EQ(at(log, "version").dump(), "\"2.1.0\"");
  EXPECT_EQ(at(run, "tool.driver.semanticVersion").dump(), "\"1.2.3\"");
  EXPECT_EQ(at(run, "tool.driver.rules.0.id").dump(), "\"reformat-share\"");
  EXPECT_EQ(at(run, "artifacts.0.location.uri").dump(), "\"out/my%20net.graph.json\"");
  const Json& first = at(run, "results.0");
  EXPECT_EQ(at(first, "ruleId").dump(), "\"reformat-share\"");
  EXPECT_EQ(at(first, "level").dump(), "\"error\"");
  const Json& place = at(first, "locations.0");
  EXPECT_EQ(at(place, "physicalLocation.region.byteOffset").dump(), "100");
  EXPECT_EQ(at(place, "physicalLocation.region.byteLength").dump(), "40");
  EXPECT_EQ(at(place, "logicalLocations.0.name").dump(), "\"a <1>\"");
  EXPECT_EQ(at(place, "logicalLocations.0.fullyQualifiedName").dump(), "\"net::a <1>\"");
  EXPECT_EQ(at(place, "logicalLocations.1.name").dump(), "\"/stem/Conv\"");
  // Bytes that are not known are left out, not zero.
  const Json& other = at(first, "relatedLocations.0");
  EXPECT_EQ(at(other, "physicalLocation").find("region"), nullptr);
  EXPECT_EQ(at(other, "logicalLocations.0.name").dump(), "\"b\"");
  EXPECT_EQ(at(first, "properties.recoverableMs").dump(), "0.25");
  EXPECT_EQ(at(first, "properties.evidence.count").dump(), "2");
}

TEST(Sarif, HasFingerprintsBaselineStatesAndSuppressions) {
  const FoundIn in = engine();
  const Json log = parse_json(sarif({&in, 1}, "1"), "sarif");
  const Json& results = at(log, "runs.0.results");
  ASSERT_EQ(results.array()->size(), 3u);
  const char* const states[] = {"\"new\"", "\"unchanged\"", "\"absent\""};
  const char* const prints[] = {"\"0123456789abcdef\"", "\"f2\"", "\"f3\""};
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& result = results.array()->at(i);
    EXPECT_EQ(at(result, "baselineState").dump(), states[i]);
    EXPECT_EQ(at(result, "partialFingerprints").find("trexFinding/v1")->dump(), prints[i]);
  }
  const Json& suppression = at(results, "1.suppressions.0");
  EXPECT_EQ(at(suppression, "kind").dump(), "\"external\"");
  EXPECT_EQ(*at(suppression, "justification").text(), "the stem has \"3\" channels");
  EXPECT_EQ(at(suppression, "properties.expires").dump(), "\"2026-12-31\"");
  EXPECT_EQ(at(results, "0").find("suppressions"), nullptr);
  EXPECT_EQ(*at(log, "runs.0.invocations.0.toolExecutionNotifications.0.message.text").text(),
            "net: rule 'few-iterations' was skipped: needs a profile");
}

TEST(Junit, FailsPassesAndSkips) {
  const FoundIn in = engine();
  EXPECT_EQ(
      junit({&in, 1}),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"trex lint\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"2\">\n"
      "  <testsuite name=\"net\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"2\" "
      "time=\"0.002000000\">\n"
      "    <testcase classname=\"trex.lint.net\" name=\"reformat-share: a &lt;1&gt;\" "
      "time=\"0.000500000\"><failure type=\"error\" message=\"2 Reformats\">2 Reformats\n"
      "layer 3: a &lt;1&gt; and 1 more\n"
      "could win: 0.2500 ms\n"
      "do: look</failure></testcase>\n"
      "    <testcase classname=\"trex.lint.net\" name=\"dp4a-kernel: c\" time=\"0.000000000\">"
      "<skipped message=\"suppressed: the stem has &quot;3&quot; channels\"/></testcase>\n"
      "    <testcase classname=\"trex.lint.net\" name=\"few-iterations\" time=\"0.000000000\">"
      "<skipped message=\"needs a profile\"/></testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

TEST(Junit, HoldsNamesThatXmlCannot) {
  FoundIn in = engine();
  in.engine = "a\x01\"<&'\xef\xbf\xbe]]>";
  in.findings.resize(1);
  in.findings[0].places = {{"\x1e\xff", 0, {}, {}}};
  const std::string text = junit({&in, 1});
  for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  EXPECT_EQ(text.find("\xef\xbf\xbe"), std::string::npos);
  EXPECT_EQ(text.find("\xff"), std::string::npos);
  EXPECT_NE(text.find("&quot;&lt;&amp;&#39;"), std::string::npos);
}

}  // namespace
}  // namespace trex::render
