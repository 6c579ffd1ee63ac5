// `trex explain ENGINE LAYER`: what this layer is and why it is there.
//
// A Reformat is told with both sides, its cause and what would remove it; any other layer in short:
// what its type means, what it was made from, what it costs, and which findings name it.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"
#include "trex/lint/closed_region.hpp"
#include "trex/lint/glossary.hpp"
#include "trex/lint/reformat_reason.hpp"
#include "trex/report/closed_region.hpp"
#include "trex/report/explain_report.hpp"
#include "trex/report/layer_findings.hpp"

namespace trex::report {
namespace {

using lint::Context;

constexpr std::size_t names_said = 6;

Json text_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

struct Told {
  std::string lead;  // for people, before the facts
  std::string text;  // for programs: with what the facts say
};

class LayerFacts {
 public:
  void add(std::string_view key, std::string_view label, Json value, Unit unit = Unit::none) {
    const bool silent = value.is_null();
    block_.facts.push_back({.key = std::string(key),
                            .label = silent ? "" : std::string(label),
                            .value = std::move(value),
                            .unit = unit});
  }
  void data(std::string_view key, Json value) { add(key, "", std::move(value)); }
  void said(std::string_view label, std::string_view text) {
    if (!text.empty()) add("", label, text);
  }
  FactsBlock take() { return std::move(block_); }

 private:
  FactsBlock block_;
};

Json names_json(const Context& c, const std::vector<Row>& layers) {
  Json list{Json::Array{}};
  for (const Row row : layers) list.push(c.name(row));
  return list;
}

// Layers on the other side of the layer's first data input, or of its outputs.
std::vector<Row> neighbours(const Context& c, Row layer, bool before) {
  const auto rows = before ? c.predecessors(layer) : c.successors(layer);
  return {rows.begin(), rows.end()};
}

std::string said_names(const Context& c, const std::vector<Row>& layers) {
  std::vector<std::string> names;
  for (const Row row : layers) {
    if (names.size() == names_said) {
      names.push_back(fmt::format("{} more", layers.size() - names_said));
      break;
    }
    names.push_back(fmt::format("'{}'", shorten_middle(c.name(row), 60)));
  }
  return join(names, ", ");
}

void add_cost(const Context& c, Row row, LayerFacts& facts) {
  facts.add("time_ms", "time", c.time_ms(row), Unit::milliseconds);
  facts.add("share", "share", c.share(row), Unit::fraction);
}

void add_neighbours(const Context& c, Row row, LayerFacts& facts) {
  const std::vector<Row> before = neighbours(c, row, true), after = neighbours(c, row, false);
  facts.data("producers", names_json(c, before));
  facts.data("consumers", names_json(c, after));
  facts.said("reads from", said_names(c, before));
  facts.said("read by", said_names(c, after));
}

Told add_reformat(const Context& c, Row row, LayerFacts& facts) {
  const lint::ReformatReason reason = lint::reformat_reason(c, row);
  const std::string from = lint::from_text(c, reason), to = lint::to_text(c, reason);
  const std::string why = lint::reason_text(c, row, reason);
  const std::string remedy = lint::remedy_text(c, reason);
  facts.add("from", "from", text_or_null(from));
  facts.add("to", "to", text_or_null(to));
  facts.add("cause", "cause", lint::cause_title(reason.cause));
  facts.add("reason", "reason", text_or_null(why));
  facts.add("remedy", "removed by", text_or_null(remedy));
  facts.add("bytes", "moves", reason.bytes, Unit::bytes);
  const std::string lead =
      fmt::format("A Reformat from {} to {}.", from.empty() ? "an unknown format" : from,
                  to.empty() ? "another" : to);
  return {lead, fmt::format("{} Why: {}. What would remove it: {}.", lead, why, remedy)};
}

Told add_other(const Context& c, Row row, const lint::Term* term, LayerFacts& facts) {
  const auto ops = c.engine.layers[layer::source_ops][row];
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(ops.size(), names_said); ++i) names.emplace_back(ops[i]);
  facts.said(
      "made from",
      join(names, ", ") +
          (ops.size() > names_said ? fmt::format(" and {} more", ops.size() - names_said) : ""));
  const Row in = c.data_input(row), out = c.first_output(row);
  facts.add("from", "reads", text_or_null(in == no_row ? "" : c.format(in).short_name()));
  facts.add("to", "writes", text_or_null(out == no_row ? "" : c.format(out).short_name()));
  facts.add("tactic", "kernel", text_or_null(c.tactic(row)));
  facts.add("tensor_core", "Tensor Cores", text_or_null(c.tensor_core(row)));
  facts.add("bound", "bound by", text_or_null(c.roofline[roofline::bound][row]));
  facts.add("recoverable_ms", "above its floor by", c.recoverable_by_roofline(row),
            Unit::milliseconds);
  std::string text = fmt::format("A layer of type {}.", c.type(row));
  if (term != nullptr) text += fmt::format(" {}", term->text);
  return {text, text};
}

// So that the reader need not run lint beside.
void add_findings(const lint::Result& result, Row row, LayerFacts& facts) {
  LayerFindings found = layer_findings(result, row);
  facts.data("findings", std::move(found.data));
  for (const std::string& text : found.said) facts.said("finding", text);
}

}  // namespace

Document explain_layer(const Engine& engine, Row row) {
  const lint::Thresholds thresholds;
  const auto rules = lint::rules();
  return explain_layer(Context(engine, thresholds),
                       lint::run(engine, {rules.begin(), rules.end()}, thresholds), row);
}

Document explain_layer(const Context& c, const lint::Result& findings, Row row) {
  const Engine& engine = c.engine;
  const lint::Term* term = lint::find_term(c.type(row));
  if (term == nullptr) term = lint::find_term(c.subtype(row));

  LayerFacts facts;
  facts.data("engine", engine.name);
  facts.data("index", engine.layers[layer::index][row]);
  facts.add("type", "type", text_or_null(c.type(row)));
  const Told told =
      c.is(row, lint::reformat) ? add_reformat(c, row, facts) : add_other(c, row, term, facts);
  add_neighbours(c, row, facts);
  add_cost(c, row, facts);
  add_findings(findings, row, facts);

  Document document{.title = std::string(c.name(row)), .blocks = {}};
  FactsBlock head;
  head.audience = Audience::programs;
  Json sources{Json::Array{}};
  if (term != nullptr) sources.push(term->source);
  head.facts = {{.key = "word", .label = "", .value = c.name(row)},
                {.key = "kind", .label = "", .value = "layer"},
                {.key = "text", .label = "", .value = told.text},
                {.key = "sources", .label = "", .value = std::move(sources)}};
  document.blocks.emplace_back(std::move(head));
  document.blocks.emplace_back(ParagraphBlock{told.lead});
  document.blocks.emplace_back(facts.take());
  if (lint::is_closed_region(c, row)) add_nsys(&engine, c.name(row), document);
  return document;
}

}  // namespace trex::report
