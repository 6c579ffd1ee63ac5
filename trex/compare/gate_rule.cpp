// What --gate takes: "end_to_end=+2%", "layer=+5%,0.01ms", "reformats<=3", "precision:INT8>=80%".

// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "trex/base/error.hpp"
#include "trex/base/suggest.hpp"
#include "trex/base/text.hpp"
#include "trex/compare/figures.hpp"
#include "trex/compare/gate.hpp"

namespace trex::compare {
namespace {

constexpr double least_layer_ms = 0.005;  // two ticks or three of CUDA's event clock

struct UnitWord {
  std::string_view word;
  Unit unit;
  double factor;
};
constexpr UnitWord unit_words[] = {
    {"ms", Unit::milliseconds, 1},
    {"us", Unit::milliseconds, 1e-3},
    {"s", Unit::milliseconds, 1e3},
    {"B", Unit::bytes, 1},
    {"KiB", Unit::bytes, 1024},
    {"MiB", Unit::bytes, 1024.0 * 1024},
    {"GiB", Unit::bytes, 1024.0 * 1024 * 1024},
    {"%", Unit::fraction, 0.01},
};

struct Metric {
  Unit unit = Unit::none;
  double least_delta = 0;
};

Metric find_metric(std::string_view name) {
  if (name == "layer") return {Unit::milliseconds, least_layer_ms};
  if (name == "precision") return {Unit::fraction, 0};
  if (name == "findings") return {Unit::count, 0};
  for (const FigureSpec& spec : figure_specs()) {
    if (spec.gate == name) return {spec.unit, spec.least_delta};
  }
  fail("--gate: no metric '{}'{}", name, did_you_mean(name, gate_metrics()));
}

[[noreturn]] void fail_form(std::string_view text, std::string_view why) {
  fail(
      "--gate '{}': {}; the forms are METRIC=+2%, METRIC=+5%,0.01ms, METRIC<=3, "
      "precision:INT8>=80% and findings=none-new",
      text, why);
}

// "0.01ms", "1MiB", "80%", "3"; in the metric's unit.
double amount(std::string_view word, Unit unit, std::string_view text) {
  word = trim(word);
  const std::size_t end = std::min(word.find_first_not_of("0123456789.eE+-"), word.size());
  const std::optional<double> number = parse_real(word.substr(0, end));
  const std::string_view suffix = trim(word.substr(end));
  if (!number || !std::isfinite(*number)) fail_form(text, fmt::format("'{}' is no number", word));
  if (suffix.empty()) return unit == Unit::fraction ? *number / 100 : *number;
  for (const UnitWord& known : unit_words) {
    if (equals_ignoring_case(known.word, suffix) && known.unit == unit) {
      return *number * known.factor;
    }
  }
  const std::string_view own = unit_symbol(unit);
  fail_form(text, own.empty() ? fmt::format("'{}' takes no unit", word)
                              : fmt::format("'{}' is not in {}", word, own));
}

struct Operator {
  std::string_view sign;
  Bound bound;
};
constexpr std::array operators{Operator{"<=", Bound::at_most}, Operator{">=", Bound::at_least},
                               Operator{"==", Bound::equal}, Operator{"<", Bound::below},
                               Operator{">", Bound::above}};

void parse_growth(GateRule& rule, std::string_view value, const Metric& metric) {
  const std::size_t comma = value.find(',');
  const std::string_view ratio = trim(value.substr(0, comma));
  const bool signed_percent = ratio.size() > 2 && ends_with(ratio, "%") &&
                              (starts_with(ratio, "+") || starts_with(ratio, "-"));
  if (!signed_percent) {
    fail_form(rule.text, "after '=' a change such as +2% is expected; bounds take <= and >=");
  }
  const std::optional<double> number =
      parse_real(ratio.substr(ratio[0] == '+' ? 1 : 0, ratio.size() - (ratio[0] == '+' ? 2 : 1)));
  if (!number || !std::isfinite(*number)) fail_form(rule.text, "the change is no number");
  rule.ratio = *number / 100;
  rule.least_delta = comma == std::string_view::npos
                         ? metric.least_delta
                         : amount(value.substr(comma + 1), metric.unit, rule.text);
  if (rule.least_delta < 0) fail_form(rule.text, "the least amount is negative");
  // "-0%" must stay a limit on falling.
  if (ratio[0] == '-' && rule.ratio == 0) rule.ratio = -1e-12;
}

void split_metric(GateRule& rule, std::string_view name) {
  name = trim(name);
  const std::size_t colon = name.find(':');
  rule.metric = std::string(name.substr(0, colon));
  if (colon != std::string_view::npos) rule.argument = std::string(name.substr(colon + 1));
  const bool takes_argument = rule.metric == "precision";
  if (takes_argument && rule.argument.empty()) {
    fail_form(rule.text, "say which precision: precision:INT8>=80%");
  }
  if (!takes_argument && !rule.argument.empty()) fail_form(rule.text, "only precision takes ':'");
}

}  // namespace

std::vector<std::string> gate_metrics() {
  std::vector<std::string> names;
  for (const FigureSpec& spec : figure_specs()) names.emplace_back(spec.gate);
  names.insert(names.end(), {"layer", "precision", "findings"});
  return names;
}

GateRule parse_gate_rule(std::string_view text) {
  GateRule rule;
  rule.text = std::string(trim(text));
  const std::string_view whole = rule.text;
  const std::size_t at = whole.find_first_of("<>=");
  if (at == std::string_view::npos || at == 0) fail_form(whole, "no =, <= or >=");
  split_metric(rule, whole.substr(0, at));
  const Metric metric = find_metric(rule.metric);
  for (const Operator& op : operators) {
    if (!starts_with(whole.substr(at), op.sign)) continue;
    if (rule.metric == "layer") fail_form(whole, "layer takes a change, such as layer=+5%,0.01ms");
    rule.kind = GateKind::bound;
    rule.bound = op.bound;
    rule.limit = amount(whole.substr(at + op.sign.size()), metric.unit, whole);
    return rule;
  }
  const std::string_view value = trim(whole.substr(at + 1));
  if (rule.metric == "findings") {
    if (value != "none-new") fail_form(whole, "findings takes =none-new or a bound");
    rule.kind = GateKind::new_findings;
    return rule;
  }
  parse_growth(rule, value, metric);
  return rule;
}

}  // namespace trex::compare
