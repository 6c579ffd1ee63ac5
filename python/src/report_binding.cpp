// Reports, findings, comparisons and drawings of engines for Python: what the commands show.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <deque>
#include <functional>

#include "python/src/bind.hpp"
#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/compare/gate.hpp"
#include "trex/graph/draw.hpp"
#include "trex/graph/select.hpp"
#include "trex/lint/lint.hpp"
#include "trex/render/formats.hpp"
#include "trex/render/pictures.hpp"
#include "trex/report/check_report.hpp"
#include "trex/report/compare_report.hpp"
#include "trex/report/diff_findings.hpp"
#include "trex/report/diff_report.hpp"
#include "trex/report/explain_report.hpp"
#include "trex/report/layer_choice.hpp"
#include "trex/report/lint_findings.hpp"
#include "trex/report/lint_report.hpp"
#include "trex/report/show_report.hpp"
#include "trex/report/summary_report.hpp"

namespace trex::python {
namespace {

using Released = py::gil_scoped_release;
using Texts = std::vector<std::string>;

std::string render_all(std::span<const Document> documents, const std::string& format, int width) {
  return render::find_format(format).render(documents, {.color = false, .width = width});
}
std::string render_one(const Document& document, const std::string& format, int width) {
  return render_all({&document, 1}, format, width);
}

py::str summary(const py::object& object, const std::string& format, int width) {
  const SharedEngine engine = engine_in(object);
  std::string text;
  {
    const Released released;
    text = render_one(report::summary_report(*engine), format, width);
  }
  return to_python(text);
}

py::str check(const py::object& object, const std::string& format, int width) {
  const SharedEngine engine = engine_in(object);
  return to_python(render_one(report::check_report(*engine), format, width));
}

py::str show(const py::object& object, const std::string& layer, const std::string& format,
             int width) {
  const SharedEngine engine = engine_in(object);
  const Row row = report::choose_layer(*engine, layer);
  return to_python(render_one(report::show_report(*engine, row), format, width));
}

std::string explain(const std::string& word, const std::string& format, int width) {
  const std::optional<Document> found = report::explain_word(word);
  if (!found) report::fail_unknown_word(word);
  return render_one(*found, format, width);
}

lint::Thresholds thresholds_of(const Texts& settings) {
  lint::Thresholds thresholds;
  for (const std::string& setting : settings) thresholds.set(setting);
  return thresholds;
}

// (findings as a table, evidence as one, everything as the contract's JSON on demand).
class Lint {
 public:
  Lint(const Engine& engine, const std::string& rules, const Texts& settings) {
    const std::vector<const lint::Rule*> chosen = lint::select_rules(rules);
    found_.push_back(
        report::lint_findings(engine, chosen, lint::run(engine, chosen, thresholds_of(settings))));
    table_ = std::get<TableBlock>(report::lint_rows(found_).blocks.at(0)).table;
  }
  const Table& table() const { return table_; }
  const FoundIn& found() const { return found_[0]; }
  std::string render(const std::string& format, int width) const {
    if (format == "json") return render_one(report::lint_data(found_), format, width);
    if (format == "csv" || format == "tsv") {
      return render_one(report::lint_rows(found_), format, width);
    }
    return render_one(report::lint_report(found_[0], SIZE_MAX), format, width);
  }

 private:
  std::vector<FoundIn> found_;
  Table table_;
};

std::unique_ptr<Lint> run_lint(const py::object& object, const std::string& rules,
                               const Texts& settings) {
  const SharedEngine engine = engine_in(object);
  const Released released;
  return std::make_unique<Lint>(*engine, rules, settings);
}

struct DiffResult {
  std::string text;
  Table pairs;
  bool passed = true;
};

DiffResult diff_of(const Engine& a_engine, const Engine& b_engine, const report::DiffQuery& query,
                   const Texts& gate, const std::string& format, int width) {
  std::vector<compare::GateRule> rules;
  for (const std::string& rule : gate) rules.push_back(compare::parse_gate_rule(rule));
  const bool findings = std::any_of(rules.begin(), rules.end(),
                                    [](const auto& rule) { return rule.metric == "findings"; });
  compare::ComparedSide a(a_engine), b(b_engine);
  const compare::Difference difference =
      compare::difference(a, b, compare::align(a_engine, b_engine));
  report::DiffInput input{a, b, difference, {}, compare::mismatches(a, b), {}};
  if (findings) {
    input.findings = report::findings_change(report::findings_text(a_engine), "", b_engine);
  }
  if (!rules.empty()) input.gate = compare::judge(rules, a, b, difference, input.findings);
  DiffResult result;
  result.passed = !input.gate || input.gate->passed;
  result.pairs = report::pairs_table(input, query);
  if (!format.empty()) {
    Document document = report::diff_report(input, query);
    if (format == "csv" || format == "tsv") document.json_root = "pairs";
    result.text = render_one(document, format, width);
  }
  return result;
}

py::tuple diff(const py::object& a, const py::object& b, const Texts& only,
               const std::string& where, std::optional<std::int64_t> top, bool all,
               const Texts& gate, const std::string& format, int width) {
  const SharedEngine first = engine_in(a), second = engine_in(b);
  report::DiffQuery query;
  query.only = only;
  query.where = where;
  query.top = top;
  query.all = all;
  DiffResult result;
  {
    const Released released;
    result = diff_of(*first, *second, query, gate, format, width);
  }
  return py::make_tuple(to_python(result.text), result.pairs, result.passed);
}

py::str compare_engines(const std::vector<py::object>& objects, std::size_t baseline,
                        bool differing, const std::string& format, int width) {
  std::vector<SharedEngine> engines;
  for (const py::object& object : objects) engines.push_back(engine_in(object));
  if (engines.size() < 2) fail("compare takes two engines or more");
  if (baseline >= engines.size()) fail("compare has no engine {}", baseline);
  std::string text;
  {
    const Released released;
    std::deque<compare::ComparedSide> sides;
    for (const SharedEngine& engine : engines) sides.emplace_back(*engine);
    text = render_one(report::compare_report(sides, {baseline, differing}), format, width);
  }
  return to_python(text);
}

// Groups of alignment as lists of rows: ([a rows], [b rows], relation, reason, confidence).
py::list align(const py::object& a, const py::object& b) {
  const SharedEngine first = engine_in(a), second = engine_in(b);
  const compare::Alignment alignment = compare::align(*first, *second);
  py::list list;
  for (const compare::AlignedGroup& group : alignment.groups) {
    list.append(py::make_tuple(group.a, group.b, compare::relation_name(group.relation),
                               compare::reason_text(group.reason), group.confidence));
  }
  return list;
}

template <class Value>
Value word(const std::vector<std::pair<std::string, Value>>& words, const std::string& name,
           std::string_view option) {
  Texts names;
  for (const auto& entry : words) {
    if (entry.first == name) return entry.second;
    names.push_back(entry.first);
  }
  fail("{}: no '{}'{}; known: {}", option, name, did_you_mean(name, names), join(names, ", "));
}

struct DrawQuery {
  std::string format, color_by, style, latency, theme, group, direction;
  std::string query, type;
  Texts highlight;
  std::optional<std::int64_t> slowest, depth;
  std::int64_t context = 1;
  std::map<std::string, bool> switches;
  double scale = 2;

  bool on(const std::string& name) const {
    const auto found = switches.find(name);
    return found != switches.end() && found->second;
  }
};

graph::DrawOptions options_of(const DrawQuery& q) {
  using namespace graph;
  DrawOptions options;
  options.color_by = word<ColorBy>({{"type", ColorBy::type},
                                    {"precision", ColorBy::precision},
                                    {"latency", ColorBy::latency},
                                    {"finding", ColorBy::finding},
                                    {"scope", ColorBy::scope},
                                    {"none", ColorBy::none}},
                                   q.color_by, "color_by");
  options.style = word<NodeStyle>(
      {{"full", NodeStyle::full}, {"keras", NodeStyle::keras}, {"minimal", NodeStyle::minimal}},
      q.style, "style");
  options.latency = word<LatencyKind>({{"mean", LatencyKind::mean},
                                       {"median", LatencyKind::median},
                                       {"total", LatencyKind::total},
                                       {"none", LatencyKind::none}},
                                      q.latency, "latency");
  options.grouping = word<Grouping>(
      {{"auto", Grouping::automatic}, {"none", Grouping::none}, {"scope", Grouping::scope}},
      q.group, "group");
  options.direction =
      word<LayoutDirection>({{"down", LayoutDirection::down}, {"right", LayoutDirection::right}},
                            q.direction, "direction");
  options.layer_names = !q.on("no_layer_names");
  options.stack_names = !q.on("one_line_names");
  options.metadata = q.on("metadata");
  options.details = q.on("details");
  options.region_names = q.on("region_names");
  options.region_reuse = q.on("region_reuse");
  options.edge_names = q.on("edge_names");
  options.edge_details = !q.on("no_edge_details");
  if (q.depth) {
    options.depth = static_cast<std::uint32_t>(std::clamp<std::int64_t>(*q.depth, 1, 1000));
    options.grouping = Grouping::scope;
  }
  return options;
}

void add(const graph::NodeSet& more, graph::NodeSet& set) {
  for (std::size_t n = 0; n < set.size(); ++n) set[n] |= more[n];
}

// What query, type and slowest choose, with what is around it; everything when none is given.
graph::PlanGraph part_of(const Engine& engine, const DrawQuery& q, graph::DrawOptions& options) {
  graph::PlanGraph plan = graph::plan_graph(engine, {.regions = q.on("regions"),
                                                     .forked_regions = q.on("forked_regions"),
                                                     .constants = q.on("constants"),
                                                     .hidden_layers = q.on("all")});
  graph::NodeSet seeds(plan.nodes.size(), 0);
  if (!q.query.empty()) add(graph::matching(engine, plan, q.query), seeds);
  if (!q.type.empty()) add(graph::of_type(engine, plan, q.type), seeds);
  if (q.slowest) {
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(*q.slowest, 0));
    add(graph::slowest(engine, plan, count), seeds);
  }
  if (q.query.empty() && q.type.empty() && !q.slowest) return plan;
  if (std::find(seeds.begin(), seeds.end(), std::uint8_t{1}) == seeds.end()) {
    fail("draw: nothing matches");
  }
  if (options.grouping == graph::Grouping::automatic) options.grouping = graph::Grouping::none;
  const auto radius = static_cast<std::uint32_t>(std::clamp<std::int64_t>(q.context, 0, 1000000));
  if (radius > 0) {
    options.highlight.resize(engine.layer_count(), 0);
    for (std::size_t n = 0; n < seeds.size(); ++n) {
      const Row row = plan.nodes[n].layer;
      if (seeds[n] != 0 && row != no_row) options.highlight[row] = 1;
    }
  }
  return graph::subgraph(plan, graph::around(plan, seeds, radius));
}

void add_findings(const Engine& engine, graph::DrawOptions& options) {
  const lint::Result result = lint::run(engine, lint::select_rules("all"), lint::Thresholds());
  for (const lint::Finding& finding : result.findings) {
    for (const Row row : finding.layers) {
      options.findings.push_back({row, std::string(lint::severity_name(finding.severity)),
                                  fmt::format("{} [{}]", finding.message, finding.rule)});
    }
  }
}

std::string draw_picture(const Engine& engine, const DrawQuery& q) {
  report::expect_layers(engine);
  graph::DrawOptions options = options_of(q);
  if (options.color_by == graph::ColorBy::finding) add_findings(engine, options);
  options.title = engine.name;
  const graph::PlanGraph plan = part_of(engine, q, options);
  for (const std::string& name : q.highlight) {
    options.highlight.resize(engine.layer_count(), 0);
    options.highlight[report::choose_layer(engine, name)] = 1;
  }
  const render::PictureFormat& format = render::find_picture_format(q.format);
  options.placed = q.format != "dot" && q.format != "onnx" && q.format != "model-explorer";
  const Scopes scopes = scopes_of(engine);
  const Drawing drawing = graph::draw(engine, plan, scopes, options);
  render::PictureStyle style;
  style.theme = word<render::Theme>({{"auto", render::Theme::automatic},
                                     {"light", render::Theme::light},
                                     {"dark", render::Theme::dark}},
                                    q.theme, "theme");
  style.scale = std::clamp(q.scale, 0.1, 10.0);
  style.hover = !q.on("no_hover");
  return format.render(drawing, style);
}

py::bytes draw(const py::object& object, const py::dict& options) {
  const SharedEngine engine = engine_in(object);
  DrawQuery q;
  const auto text = [&](const char* name, std::string& to, const char* otherwise) {
    to = options.contains(name) ? py::cast<std::string>(options[name]) : otherwise;
  };
  text("format", q.format, "svg");
  text("color_by", q.color_by, "type");
  text("style", q.style, "full");
  text("latency", q.latency, "mean");
  text("theme", q.theme, "auto");
  text("group", q.group, "auto");
  text("direction", q.direction, "down");
  text("query", q.query, "");
  text("type", q.type, "");
  if (options.contains("highlight")) q.highlight = py::cast<Texts>(options["highlight"]);
  if (options.contains("slowest")) q.slowest = py::cast<std::int64_t>(options["slowest"]);
  if (options.contains("depth")) q.depth = py::cast<std::int64_t>(options["depth"]);
  if (options.contains("context")) q.context = py::cast<std::int64_t>(options["context"]);
  if (options.contains("scale")) q.scale = py::cast<double>(options["scale"]);
  if (options.contains("switches")) {
    q.switches = py::cast<std::map<std::string, bool>>(options["switches"]);
  }
  std::string picture;
  {
    const Released released;
    picture = draw_picture(*engine, q);
  }
  return py::bytes(picture);
}

}  // namespace

void bind_reports(py::module_& module) {
  using NoGil = py::call_guard<Released>;
  py::class_<Lint>(module, "Lint")
      .def_property_readonly("table", &Lint::table)
      .def_property_readonly("engine_ms", [](const Lint& l) { return l.found().engine_ms; })
      .def_property_readonly("recoverable_ms",
                             [](const Lint& l) { return l.found().recoverable_ms; })
      .def_property_readonly("best_ms", [](const Lint& l) { return l.found().best_ms; })
      .def("render", &Lint::render, NoGil());
  module.def("lint", run_lint);
  module.def("summary", summary);
  module.def("check", check);
  module.def("show", show);
  module.def("explain", explain, NoGil());
  module.def("diff", diff);
  module.def("compare", compare_engines);
  module.def("align", align);
  module.def("draw", draw);
}

}  // namespace trex::python
