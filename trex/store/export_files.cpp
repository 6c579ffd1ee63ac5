// Whole engines in shapes of their own: a workbook, a trace, metrics, graphs of other viewers.

// SPDX-License-Identifier: Apache-2.0
#include <deque>

#include "trex/base/error.hpp"
#include "trex/graph/draw.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/openmetrics.hpp"
#include "trex/render/pictures.hpp"
#include "trex/render/trace_events.hpp"
#include "trex/report/compare_report.hpp"
#include "trex/report/timeline_report.hpp"
#include "trex/report/workbook_report.hpp"
#include "trex/store/export_format.hpp"
#include "trex/store/metrics.hpp"

namespace trex::store {
namespace {

// The whole plan graph, as `trex draw` makes it for readers that place boxes themselves.
void write_drawing(std::span<const Engine> engines, std::string_view format, bool grouped,
                   const Write& write) {
  if (engines.size() != 1) {
    fail("'{}' holds one engine; here are {}: export each by itself", format, engines.size());
  }
  const Engine& engine = engines[0];
  const Scopes scopes = scopes_of(engine);
  const graph::PlanGraph plan = graph::plan_graph(engine);
  graph::DrawOptions options;
  options.title = engine.name;
  options.placed = false;
  options.grouping = grouped ? graph::Grouping::scope : graph::Grouping::none;
  if (grouped) options.depth = UINT32_MAX;
  options.color_by = engine.profile.present ? graph::ColorBy::latency : graph::ColorBy::type;
  const Drawing drawing = graph::draw(engine, plan, scopes, options);
  write(render::find_picture_format(format).render(drawing, {}));
}

}  // namespace

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

void perfetto_file(std::span<const Engine> engines, const Write& write) {
  std::vector<Timeline> timelines;
  bool has_times = false;
  for (const Engine& engine : engines) {
    timelines.push_back(report::timeline(engine));
    has_times = has_times || !timelines.back().spans.empty();
  }
  if (!has_times) {
    fail("{}: no layer has a time, so there is no timeline; give the profile with --profile FILE",
         engines.empty() ? "" : engines[0].name);
  }
  render::trace_events(timelines, write);
}

void openmetrics_file(std::span<const Engine> engines, const Write& write) {
  write(render::openmetrics(engine_metrics(engines)));
}

void model_explorer_file(std::span<const Engine> engines, const Write& write) {
  write_drawing(engines, "model-explorer", true, write);
}

void node_data_file(std::span<const Engine> engines, const Write& write) {
  write_drawing(engines, "node-data", true, write);
}

void onnx_file(std::span<const Engine> engines, const Write& write) {
  write_drawing(engines, "onnx", false, write);
}

}  // namespace trex::store
