// Whole engines in shapes of their own: a workbook, a trace, metrics, graphs of other viewers.

// SPDX-License-Identifier: Apache-2.0
#include <deque>

#include "trex/render/formats.hpp"
#include "trex/report/compare_report.hpp"
#include "trex/report/workbook_report.hpp"
#include "trex/store/export_format.hpp"

namespace trex::store {

void xlsx_file(std::span<const Engine> engines, const Write& write) {
  std::vector<Document> documents;
  std::vector<std::string> names;
  for (const Engine& engine : engines) names.push_back(engine.name);
  if (engines.size() > 1) {
    names = report::short_labels(names);  // sheets' names are short
    std::deque<compare::ComparedSide> sides;
    for (const Engine& engine : engines) sides.emplace_back(engine);
    documents.push_back(report::compare_report(sides, {}));
    documents.back().title = "";
  }
  for (std::size_t i = 0; i < engines.size(); ++i) {
    documents.push_back(report::workbook_report(engines[i], names[i]));
  }
  write(render::xlsx(documents, {}));
}

}  // namespace trex::store
