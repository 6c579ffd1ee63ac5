// The documentation page of a rule, made from the rule itself so that the two cannot differ.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/lint/thresholds.hpp"
#include "trex/report/explain_report.hpp"

namespace trex::report {
namespace {

// A sentence: "why it costs" -> "Why it costs."
std::string sentence(std::string_view text) {
  std::string result(text);
  if (result.empty()) return result;
  if (result[0] >= 'a' && result[0] <= 'z') result[0] = static_cast<char>(result[0] - 'a' + 'A');
  if (result.back() != '.' && result.back() != '?') result += '.';
  return result;
}

// Markdown takes "<x>" for HTML and "|" for the next cell.
std::string escaped(std::string_view text) {
  return replace_all(replace_all(replace_all(text, "<", "&lt;"), "|", "\\|"), "*", "\\*");
}

std::string said_needs(const lint::Needs& needs) {
  std::vector<std::string> parts;
  if (needs.detail) parts.emplace_back("a plan with --profilingVerbosity=detailed");
  if (needs.profile) parts.emplace_back("a profile (trtexec --exportProfile)");
  if (needs.device) parts.emplace_back("the GPU (a trtexec log or metadata)");
  if (needs.timing) parts.emplace_back("a timing file (trtexec --exportTimes)");
  if (needs.log) parts.emplace_back("a trtexec log or its metadata");
  return parts.empty() ? "nothing but the graph file" : join(parts, ", ");
}

std::string said_severity(const lint::SeverityPolicy& policy) {
  if (!policy.by_time) return fmt::format("always {}", lint::severity_name(policy.fixed));
  return "by the time to win: error from 5 % of the engine's time (warning at low confidence), "
         "warning from 1 %, else note";
}

}  // namespace

std::string rule_page(const lint::Rule& rule) {
  std::string page =
      fmt::format("# {} ({})\n\n{}\n\n", rule.id, rule.code, escaped(sentence(rule.summary)));
  page += fmt::format("**Why it costs.** {}\n\n**What to do.** {}\n\n", escaped(sentence(rule.why)),
                      escaped(sentence(rule.mitigation)));
  page += fmt::format("| | |\n|---|---|\n| group | {} |\n| severity | {} |\n| needs | {} |\n",
                      lint::group_title(rule.group), said_severity(rule.severity),
                      said_needs(rule.needs));
  page += fmt::format("| source | {} |\n", escaped(rule.source));
  std::string rows;
  for (const lint::Threshold& t : lint::threshold_table()) {
    if (t.rule != rule.id) continue;
    rows += fmt::format("| `{}.{}` | {} | {} | {} |\n", t.rule, t.name, t.value, escaped(t.meaning),
                        escaped(t.source));
  }
  if (!rows.empty()) {
    page += fmt::format(
        "\nThresholds, for `--set` and `trex.toml`:\n\n| name | default | meaning | source |\n"
        "|---|---|---|---|\n{}",
        rows);
  }
  page += fmt::format(
      "\nWhat it looks for exactly, and what it leaves alone, stands at the head of\n"
      "[`trex/lint/rules/{0}.cpp`](../../trex/lint/rules/{0}.cpp).\n",
      rule.id);
  return page;
}

}  // namespace trex::report
