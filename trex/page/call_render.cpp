// render: a report as text in any format of the command line, for downloads and the clipboard.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/page/calls.hpp"
#include "trex/page/layers_query.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/check_report.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/report/show_report.hpp"
#include "trex/report/summary_report.hpp"

namespace trex::page {
namespace {

// What fits a page of text; 0 would be one line a paragraph.
constexpr int text_width = 100;

Document lint_document(OpenEngine& open, std::string_view format) {
  const auto rules = lint::rules();
  const FoundIn found =
      report::lint_findings(open.engine(), {rules.begin(), rules.end()}, open.lint());
  if (format == "json") return report::lint_data({&found, 1});
  if (format == "csv" || format == "tsv") return report::lint_rows({&found, 1});
  return report::lint_report(found, 0);
}

Document layers_document(OpenEngine& open, const Request& request) {
  const report::LayersQuery query = layers_query(request);
  return report::layers_report(open.engine(), query,
                               open.layers_with(report::named_columns(query)));
}

Document document_of(OpenEngine& open, const Request& request, std::string_view format) {
  static const std::vector<std::string> names{"summary", "check", "layers", "lint", "show"};
  const std::string name = request.text("report");
  if (name == "summary") return report::summary_report(open.engine());
  if (name == "check") return report::check_report(open.engine());
  if (name == "layers") return layers_document(open, request);
  if (name == "lint") return lint_document(open, format);
  if (name == "show") {
    return report::show_report({open.engine(), open.layers(), open.dependencies(), open.lint()},
                               layer_of(open.engine(), request));
  }
  fail("no report '{}'{}", name, did_you_mean(name, names));
}

}  // namespace

Answer render_call(Session& session, const Request& request) {
  const std::string name = request.text("format");
  const render::Format& format = render::find_format(name.empty() ? "text" : name);
  const Document document = document_of(engine_of(session, request), request, format.name);
  return Answer().set("text", format.render({&document, 1}, {.width = text_width}));
}

}  // namespace trex::page
