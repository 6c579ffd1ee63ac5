// The calls that answer with a report as the command line prints it with --json.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/calls.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/check_report.hpp"
#include "trex/report/explain_report.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/report/show_report.hpp"
#include "trex/report/summary_report.hpp"

namespace trex::page {
namespace {

// Of a document for programs: the value of the fact with that key.
Json fact_of(const Document& document, std::string_view key) {
  for (const Block& block : document.blocks) {
    const auto* facts = std::get_if<FactsBlock>(&block);
    if (facts == nullptr) continue;
    for (const Fact& fact : facts->facts) {
      if (fact.key == key) return fact.value;
    }
  }
  return {};
}

}  // namespace

Answer summary_call(Session& session, const Request& request) {
  return document_answer(report::summary_report(engine_of(session, request).engine()));
}

Answer check_call(Session& session, const Request& request) {
  return document_answer(report::check_report(engine_of(session, request).engine()));
}

Answer lint_call(Session& session, const Request& request) {
  OpenEngine& open = engine_of(session, request);
  const auto rules = lint::rules();
  const FoundIn found =
      report::lint_findings(open.engine(), {rules.begin(), rules.end()}, open.lint());
  return document_answer(report::lint_data({&found, 1}));
}

// {left}: rules that are left for another call. Lint of a large engine takes a while in a browser:
// who asks for it so can be asked for other things in between.
Answer lint_step_call(Session& session, const Request& request) {
  const std::size_t left = engine_of(session, request).lint_step();
  return Answer().set("left", static_cast<std::int64_t>(left));
}

Answer show_call(Session& session, const Request& request) {
  OpenEngine& open = engine_of(session, request);
  const Row row = layer_of(open.engine(), request);
  Answer answer = document_answer(
      report::show_report({open.engine(), open.layers(), open.dependencies(), open.lint()}, row));
  return answer.set("text",
                    fact_of(report::explain_layer(open.context(), open.lint(), row), "text"));
}

Answer explain_call(Session&, const Request& request) {
  const std::string word = request.text("word");
  const std::optional<Document> document = report::explain_word(word);
  if (!document) report::fail_unknown_word(word);
  return document_answer(*document);
}

Answer glossary_call(Session&, const Request&) {
  const Document document = report::explain_list();
  return Answer().set_text("words", render::json({&document, 1}, {}));
}

}  // namespace trex::page
