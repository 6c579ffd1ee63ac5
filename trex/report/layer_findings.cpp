// The rules look at the whole engine: a layer's findings are picked from all.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/layer_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/document/units.hpp"

namespace trex::report {
namespace {

std::string said_of(const lint::Finding& finding) {
  std::string text = fmt::format("{}: {}", lint::severity_name(finding.severity), finding.message);
  if (finding.recoverable_ms) {
    text += fmt::format("; could win up to {}", said(*finding.recoverable_ms, Unit::milliseconds));
    if (finding.layers.size() > 1) text += fmt::format(" over {} layers", finding.layers.size());
  }
  return text + fmt::format(" [{}]", finding.rule);
}

Json data_of(const lint::Finding& finding) {
  const lint::Rule* rule = lint::find_rule(finding.rule);
  Json item;
  item.set("rule", finding.rule);
  item.set("code", rule->code);
  item.set("severity", lint::severity_name(finding.severity));
  item.set("message", finding.message);
  item.set("measured_ms", finding.measured_ms);
  item.set("recoverable_ms", finding.recoverable_ms);
  item.set("confidence", lint::confidence_name(finding.confidence));
  item.set("mitigation", finding.mitigation.empty() ? rule->mitigation : finding.mitigation);
  return item;
}

}  // namespace

LayerFindings layer_findings(const Engine& engine, Row layer) {
  const auto all = lint::rules();
  return layer_findings(lint::run(engine, {all.begin(), all.end()}, lint::Thresholds()), layer);
}

LayerFindings layer_findings(const lint::Result& result, Row layer) {
  LayerFindings found{Json{Json::Array{}}, {}};
  for (const lint::Finding& finding : result.findings) {
    if (std::find(finding.layers.begin(), finding.layers.end(), layer) == finding.layers.end()) {
      continue;
    }
    found.data.push(data_of(finding));
    found.said.push_back(said_of(finding));
  }
  return found;
}

}  // namespace trex::report
