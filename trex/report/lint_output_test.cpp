// Suppressions, baselines, and what the report says of a lint run.

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/support/engine_text.hpp"
#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/report/evidence.hpp"
#include "trex/report/layer_findings.hpp"
#include "trex/report/lint_baseline.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/report/lint_suppress.hpp"

namespace trex::report {
namespace {

Found finding(std::size_t rule, std::vector<std::string> layers, std::string fingerprint) {
  Found found;
  found.rule = rule;
  found.severity = "warning";
  found.message = "of " + join(std::vector<std::string_view>(layers.begin(), layers.end()), " ");
  for (const std::string& layer : layers) found.places.push_back({layer, 0, {}, {}});
  found.fingerprint = std::move(fingerprint);
  return found;
}

// Two rules; three findings: of the stem, of stem and head, and of no layer.
FoundIn engine(const std::string& name = "e") {
  FoundIn in;
  in.engine = name;
  in.rules.resize(2);
  in.rules[0].id = "reformat-share";
  in.rules[1].id = "dp4a-kernel";
  in.findings = {finding(0, {"/stem/conv"}, "f1"), finding(0, {"/stem/conv", "/head/fc"}, "f2"),
                 finding(1, {}, "f3")};
  return in;
}

std::string message_of(const std::vector<Suppression>& suppressions) {
  FoundIn in = engine();
  try {
    suppress({&in, 1}, suppressions, "2026-06-15");
    return "no error";
  } catch (const Error& error) {
    return error.what();
  }
}

// Which findings are suppressed, "f1 f2", and the notes.
struct Suppressed {
  std::string prints;
  std::vector<std::string> notes;
};
Suppressed suppressed(const Suppression& suppression, const char* today = "2026-06-15") {
  FoundIn in = engine();
  suppress({&in, 1}, {suppression}, today);
  Suppressed result;
  for (const Found& found : in.findings) {
    if (!found.suppressed_because) continue;
    result.prints += (result.prints.empty() ? "" : " ") + found.fingerprint;
  }
  for (const FoundNote& note : in.run_notes) {
    result.notes.push_back(note.file + ": " + note.path + ": " + note.message);
  }
  return result;
}

TEST(Suppress, HoldsWhereRuleAndEveryLayerMatch) {
  struct Case {
    const char* what;
    const char* rule;
    const char* layers;
    const char* prints;
  };
  const Case cases[] = {
      {"all of a rule", "reformat-share", "", "f1 f2"},
      {"by code", "C01", "", "f1 f2"},
      {"every rule", "all", "", "f1 f2 f3"},
      {"every layer must match", "C01", "^/stem/", "f1"},
      {"a part of the name is enough", "C01", "conv|fc", "f1 f2"},
      {"a pattern matches no finding without layers", "dp4a-kernel", ".", ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Suppressed result = suppressed({c.rule, c.layers, "known", "", "s.toml", "suppress 1"});
    EXPECT_EQ(result.prints, c.prints);
    using Notes = std::vector<std::string>;
    EXPECT_EQ(result.notes,
              *c.prints != 0 ? Notes{}
                             : Notes{"s.toml: suppress 1: the suppression of 'dp4a-kernel' matches "
                                     "no finding: remove it"});
  }
}

TEST(Suppress, HoldsToTheEndOfItsLastDay) {
  const Suppression s{"C01", "", "known", "2026-06-15", "s.toml", "suppress 1"};
  EXPECT_EQ(suppressed(s, "2026-06-15").prints, "f1 f2");
  EXPECT_TRUE(suppressed(s, "2026-06-15").notes.empty());
  EXPECT_EQ(suppressed(s, "2026-06-16").prints, "");
  EXPECT_EQ(suppressed(s, "2026-06-16").notes,
            std::vector<std::string>{"s.toml: suppress 1: the suppression of 'C01' expired on "
                                     "2026-06-15: its findings count again"});
}

TEST(Suppress, RejectsWhatCannotBeMeant) {
  const auto one = [](const char* rule, const char* layers, const char* reason,
                      const char* expires) {
    return message_of({{rule, layers, reason, expires, "s.toml", "line 3"}});
  };
  EXPECT_EQ(one("reformat-shar", "", "r", ""),
            "s.toml: line 3: no rule 'reformat-shar', did you mean 'reformat-share'?");
  EXPECT_EQ(one("C01", "", " ", ""), "s.toml: line 3: no reason: say why in 'reason'");
  EXPECT_EQ(one("C01", "(", "r", "").substr(0, 23), "s.toml: line 3: layers:");
  for (const char* date : {"2026-13-01", "2026-02-30", "2026-1-1", "tomorrow", "2026-00-10"}) {
    EXPECT_EQ(one("C01", "", "r", date),
              std::string("s.toml: line 3: expires: '") + date + "' is not a date like 2026-12-31");
  }
  EXPECT_EQ(one("C01", "", "r", "2028-02-29"), "no error");
}

// "f1 new, f2 unchanged": in order.
std::string states(const FoundIn& in) {
  std::string text;
  for (const Found& found : in.findings) {
    text += (text.empty() ? "" : ", ") + found.fingerprint + " " + found.baseline_state;
  }
  return text;
}

TEST(Baseline, TellsNewFromKnownAndGone) {
  FoundIn before = engine();
  before.findings.push_back(finding(1, {"/old"}, "f9"));
  const std::string text = baseline_text({&before, 1});
  FoundIn now = engine("renamed");  // one engine on both sides: the same one
  now.findings[0].fingerprint = "f5";
  compare_with_baseline({&now, 1}, text, "b.json");
  EXPECT_EQ(states(now), "f5 new, f2 unchanged, f3 unchanged, f1 absent, f9 absent");
  // What is absent is not written into the next baseline.
  EXPECT_EQ(baseline_text({&now, 1}).find("f9"), std::string::npos);
}

TEST(Baseline, SaysNothingOfRulesThatDidNotRun) {
  FoundIn before = engine();
  const std::string text = baseline_text({&before, 1});
  FoundIn now = engine();
  now.findings.clear();
  now.skipped = {{"reformat-share", "C01", "needs a profile"}};
  compare_with_baseline({&now, 1}, text, "b.json");
  EXPECT_EQ(states(now), "f3 absent");
}

TEST(Baseline, KeepsEnginesApart) {
  std::vector<FoundIn> before{engine("a"), engine("b")};
  before[1].findings.pop_back();
  const std::string text = baseline_text(before);
  std::vector<FoundIn> now{engine("b"), engine("c")};
  compare_with_baseline(now, text, "b.json");
  EXPECT_EQ(states(now[0]), "f1 unchanged, f2 unchanged, f3 new");
  EXPECT_EQ(states(now[1]), "f1 new, f2 new, f3 new");
}

const char* const quantized =
    "q Reformat x:Float[1x8x4x4] -> y:Int8[1x8x4x4] origin=QDQ @0.5\n"
    "c Convolution y:Int8[1x8x4x4] -> z:Int8[1x8x4x4] kernel=1x1 maps=8 @0.5\n"
    "bindings x z\n";

TEST(LayerFindings, NamesTheFindingsOfThatLayerOnly) {
  const Engine e = engine_text(quantized);
  const LayerFindings of_reformat = layer_findings(e, 0);
  ASSERT_FALSE(of_reformat.said.empty());
  bool share = false;
  for (const Json& item : *of_reformat.data.array()) {
    share = share || *item.find("rule")->text() == "reformat-share";
    EXPECT_NE(item.find("message"), nullptr);
    EXPECT_NE(item.find("recoverable_ms"), nullptr);
  }
  EXPECT_TRUE(share);
  const LayerFindings of_convolution = layer_findings(e, 1);
  for (const Json& item : *of_convolution.data.array()) {
    EXPECT_NE(*item.find("rule")->text(), "reformat-share");
  }
}

TEST(LintReport, WithoutAProfileTimesAreUnknownNotZero) {
  const Engine e = engine_text(
      "q Reformat x:Float[1x8x4x4] -> y:Int8[1x8x4x4] origin=QDQ\n"
      "c Convolution y:Int8[1x8x4x4] -> z:Int8[1x8x4x4] kernel=1x1 maps=8\n"
      "bindings x z\n");
  const auto all = lint::rules();
  const std::vector<const lint::Rule*> list(all.begin(), all.end());
  const FoundIn in = lint_findings(e, list, lint::run(e, list, lint::Thresholds()));
  ASSERT_FALSE(in.findings.empty());
  EXPECT_EQ(in.engine_ms, std::nullopt);
  EXPECT_EQ(in.recoverable_ms, std::nullopt);
  for (const Found& found : in.findings) {
    EXPECT_EQ(found.measured_ms, std::nullopt) << found.message;
    EXPECT_EQ(found.recoverable_ms, std::nullopt) << found.message;
    EXPECT_EQ(found.message.find(" 0 ms"), std::string::npos) << found.message;
    EXPECT_EQ(found.message.find("nan"), std::string::npos) << found.message;
  }
}

}  // namespace
}  // namespace trex::report
