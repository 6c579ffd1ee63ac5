// `trex explain WORD`: what it means, where that comes from.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/lint/closed_region.hpp"
#include "trex/lint/glossary.hpp"
#include "trex/lint/thresholds.hpp"
#include "trex/model/format.hpp"
#include "trex/model/tactic.hpp"
#include "trex/report/closed_region.hpp"
#include "trex/report/explain_report.hpp"

namespace trex::report {
namespace {

struct Explanation {
  std::string word, kind, text;
  std::string lead;  // of `text`, for people: the rest stands in the facts; empty: all of it
  std::vector<std::string> sources;
  FactsBlock facts;  // for people
};

void add(FactsBlock& block, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  block.facts.push_back({.key = "", .label = std::string(label), .value = text});
}

Document document_of(Explanation e) {
  Document document{.title = fmt::format("{} ({})", e.word, e.kind), .blocks = {}};
  FactsBlock data;
  data.audience = Audience::programs;
  Json sources{Json::Array{}};
  for (const std::string& source : e.sources) sources.push(source);
  data.facts = {{.key = "word", .label = "", .value = e.word},
                {.key = "kind", .label = "", .value = e.kind},
                {.key = "text", .label = "", .value = e.text},
                {.key = "sources", .label = "", .value = std::move(sources)}};
  document.blocks.emplace_back(std::move(data));
  document.blocks.emplace_back(ParagraphBlock{e.lead.empty() ? e.text : e.lead});
  add(e.facts, "source", join(e.sources, "; "));
  e.facts.audience = Audience::people;
  document.blocks.emplace_back(std::move(e.facts));
  return document;
}

void add_source(Explanation& e, std::string_view source) {
  for (const std::string& known : e.sources) {
    if (known == source) return;
  }
  e.sources.emplace_back(source);
}

Explanation of_rule(const lint::Rule& rule) {
  Explanation e;
  e.word = fmt::format("{} {}", rule.code, rule.id);
  e.kind = "rule";
  e.text =
      fmt::format("{}. Why it costs: {}. What to do: {}.", rule.summary, rule.why, rule.mitigation);
  e.sources.emplace_back(rule.source);
  add(e.facts, "group", lint::group_title(rule.group));
  for (const lint::Threshold& t : lint::threshold_table()) {
    if (t.rule != rule.id) continue;
    add(e.facts, "threshold",
        fmt::format("{}.{} = {}: {} ({})", t.rule, t.name, t.value, t.meaning, t.source));
  }
  return e;
}

Explanation of_term(const lint::Term& term) {
  Explanation e;
  e.word = term.word;
  e.kind = term.kind;
  e.text = term.text;
  e.sources.emplace_back(term.source);
  add(e.facts, "also", replace_all(join(split(term.also, ';'), ", "), "#", "N"));
  return e;
}

std::string_view said_family(const Format& format) {
  switch (format.family) {
    case LayoutFamily::unknown:
      return "the layout is not said";
    case LayoutFamily::linear:
      return "row major: all rows of one channel, then the next channel";
    case LayoutFamily::channel_major:
      return "channels innermost: all channels of one pixel, then the next pixel";
    case LayoutFamily::vectorized:
      return "channels in blocks: a block of channels of one pixel, then the next pixel";
    case LayoutFamily::dla:
      return "the Deep Learning Accelerator's layout, whose row pitch depends on the chip";
  }
  return "";
}

Explanation of_format(std::string_view word, const Format& format) {
  Explanation e;
  e.word = word;
  e.kind = "tensor format";
  e.text = fmt::format("{}: ", format.short_name());
  if (format.dynamic) {
    e.text += "TensorRT does not say the format of tensors whose shape is dynamic";
  } else {
    const std::optional<int> bits = datatype_bits(format.datatype);
    if (bits) e.text += fmt::format("{} bits a value; ", *bits);
    e.text += said_family(format);
    if (format.vector_width > 1) {
      e.text += fmt::format(
          "; channels are padded to a multiple of {}, so that 3 channels take the room of {}",
          format.vector_width,
          (3 + format.vector_width - 1) / format.vector_width * format.vector_width);
    }
    if (format.spatial_rank == 3) e.text += "; for three spatial dimensions";
  }
  e.text += ".";
  e.sources.emplace_back("TensorRT API, enum TensorFormat");
  return e;
}

std::string said_tile(const Tactic& t) {
  if (!t.tile_m || !t.tile_n) return "";
  return t.tile_k ? fmt::format("{} x {} x {}", *t.tile_m, *t.tile_n, *t.tile_k)
                  : fmt::format("{} x {}", *t.tile_m, *t.tile_n);
}

// A whole kernel name: what parse_tactic reads from it, then its words.
std::optional<Explanation> of_kernel(std::string_view word) {
  const Tactic tactic = parse_tactic(word);
  if (tactic.tensor_core == TensorCore::unknown && tactic.architecture.empty() &&
      !lint::looks_like_kernel(word)) {
    return std::nullopt;
  }
  const std::vector<const lint::Term*> terms = lint::terms_of_kernel(word);
  Explanation e;
  e.word = word;
  e.kind = "kernel name";
  std::vector<std::string> said;
  // sm50 stands before kernels that are compiled for every GPU.
  if (tactic.sm) {
    said.push_back(*tactic.sm == 50 ? "for any GPU"
                                    : fmt::format("written for compute capability {}.{}",
                                                  *tactic.sm / 10, *tactic.sm % 10));
  }
  if (tactic.math != Datatype::unknown) {
    said.push_back(fmt::format("computes in {}", datatype_name(tactic.math)));
  }
  if (tactic.tensor_core != TensorCore::unknown) {
    said.push_back(tactic.tensor_core == TensorCore::yes ? "uses Tensor Cores"
                                                         : "does not use Tensor Cores");
  }
  if (!said_tile(tactic).empty()) said.push_back("tile " + said_tile(tactic));
  if (tactic.stages) said.push_back(fmt::format("{} stages", *tactic.stages));
  if (tactic.split_k) said.push_back(fmt::format("split k {}", *tactic.split_k));
  e.text = "A kernel" + std::string(said.empty() ? "" : ": ") + join(said, ", ") + ".";
  e.lead = e.text;
  for (const lint::Term* term : terms) {
    e.text += fmt::format(" {}: {}", term->word, term->text);
    add(e.facts, term->word, term->text);
    add_source(e, term->source);
  }
  return e;
}

std::optional<Explanation> of_name(std::string_view word) {
  const std::vector<const lint::Term*> terms = lint::terms_inside(word);
  if (terms.empty()) return std::nullopt;
  Explanation e;
  e.word = word;
  e.kind = "layer name";
  for (const lint::Term* term : terms) {
    e.text += fmt::format("{}{}: {}", e.text.empty() ? "" : " ", term->word, term->text);
    add_source(e, term->source);
  }
  return e;
}

}  // namespace

std::optional<Document> explain_word(std::string_view word) {
  word = trim(word);
  if (const lint::Rule* rule = lint::find_rule(word)) return document_of(of_rule(*rule));
  if (const lint::Term* term = lint::find_term(word)) return document_of(of_term(*term));
  const Format format = parse_format(word);
  if (format.recognised || format.dynamic) return document_of(of_format(word, format));
  if (auto name = of_name(word)) {
    Document document = document_of(std::move(*name));
    if (lint::names_closed_region(word)) add_nsys(nullptr, word, document);
    return document;
  }
  if (auto kernel = of_kernel(word)) return document_of(std::move(*kernel));
  return std::nullopt;
}

void fail_unknown_word(std::string_view word) {
  std::vector<std::string> known;
  for (const lint::Rule* rule : lint::rules()) known.emplace_back(rule->id);
  for (const auto& list : lint::glossaries()) {
    for (const lint::Term& term : list) {
      known.emplace_back(term.word);
      for (const std::string_view other : split(term.also, ';')) {
        if (!other.empty() && !contains(other, "#")) known.emplace_back(other);
      }
    }
  }
  const std::optional<std::string> near = nearest(word, known);
  fail("'{}' is no rule and no word known here{}", word,
       near ? fmt::format(", did you mean '{}'?", *near)
            : "; trex explain without arguments lists what is");
}

Document explain_list() {
  using Text = Key<std::string_view>;
  std::vector<std::string> ids, codes, groups, summaries, words, kinds, texts;
  for (const lint::Rule* rule : lint::rules()) {
    ids.emplace_back(rule->id);
    codes.emplace_back(rule->code);
    groups.emplace_back(lint::group_title(rule->group));
    summaries.emplace_back(rule->summary);
  }
  for (const auto& list : lint::glossaries()) {
    for (const lint::Term& term : list) {
      words.emplace_back(term.word);
      kinds.emplace_back(term.kind);
      texts.emplace_back(term.text);
    }
  }
  Table rules;
  rules.add(Text{"code", Unit::none, "code"}, codes);
  rules.add(Text{"rule", Unit::none, "id"}, ids);
  rules.add(Text{"group", Unit::none, "group"}, groups);
  rules.add(Text{"summary", Unit::none, "what it finds"}, summaries);
  Table terms;
  terms.add(Text{"word", Unit::none, "word"}, words);
  terms.add(Text{"kind", Unit::none, "what it is a word of"}, kinds);
  terms.add(Text{"text", Unit::none, "what it means"}, texts);
  Document document;
  document.blocks.emplace_back(TableBlock{.key = "rules",
                                          .title = "Rules of trex lint",
                                          .table = std::move(rules),
                                          .text_columns = {"code", "rule", "summary"}});
  document.blocks.emplace_back(TableBlock{.key = "words",
                                          .title = "Words of plans and profiles",
                                          .table = std::move(terms),
                                          .text_columns = {"word", "kind"},
                                          .remark = "trex explain WORD tells one"});
  return document;
}

}  // namespace trex::report
