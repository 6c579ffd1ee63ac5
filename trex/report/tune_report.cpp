// Routes ranked by time, the Pareto front of time and loss, and what each switch was worth.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/tune_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "trex/base/units.hpp"
#include "trex/document/units.hpp"

namespace trex::report {
namespace {

const TuneRoute* base_of(const TuneRun& run) {
  const TuneRoute* first = nullptr;
  for (const TuneRoute& route : run.routes) {
    if (route.crashed || !route.gpu_time_ms) continue;
    if (route_change(run.default_route, route.route).empty()) return &route;
    if (first == nullptr) first = &route;
  }
  return first;
}

// Whether the tuner may choose it.
enum class Standing : std::uint8_t { usable, inaccurate, crashed, no_time };

Standing standing_of(const TuneRun& run, const TuneRoute& route) {
  if (route.crashed) return Standing::crashed;
  if (!route.gpu_time_ms) return Standing::no_time;
  const std::optional<double> loss = route.loss();
  const bool is_over = run.accuracy_threshold && loss && *loss > *run.accuracy_threshold;
  return is_over ? Standing::inaccurate : Standing::usable;
}
std::string standing_name(Standing standing) {
  switch (standing) {
    case Standing::usable:
      return "ok";
    case Standing::inaccurate:
      return "loses accuracy";
    case Standing::crashed:
      return "crashed";
    case Standing::no_time:
      return "no time";
  }
  return "";
}

struct Ranked {
  const TuneRoute* route;
  Standing standing;
  bool on_front = false;
};

// Usable ones first, by time; then those that lose accuracy, by time; then the others as tried.
std::vector<Ranked> rank(const TuneRun& run) {
  std::vector<Ranked> ranked;
  for (const TuneRoute& route : run.routes) {
    ranked.push_back({&route, standing_of(run, route)});
  }
  const auto time_of = [](const Ranked& r) {
    return r.route->crashed ? 0 : r.route->gpu_time_ms.value_or(0);
  };
  std::stable_sort(ranked.begin(), ranked.end(), [&](const Ranked& a, const Ranked& b) {
    return std::pair(a.standing, time_of(a)) < std::pair(b.standing, time_of(b));
  });
  return ranked;
}

// A route is on the front when none is as fast and as accurate, and better in one. In order of time
// that is: it loses less than all before it. A loss that nobody measured counts as the worst.
void mark_front(std::vector<Ranked>& ranked) {
  const auto loss_of = [](const Ranked& r) {
    return r.route->loss().value_or(std::numeric_limits<double>::infinity());
  };
  std::vector<Ranked*> by_time;
  for (Ranked& r : ranked) {
    if (!r.route->crashed && r.route->gpu_time_ms) by_time.push_back(&r);
  }
  std::stable_sort(by_time.begin(), by_time.end(), [&](const Ranked* a, const Ranked* b) {
    return std::pair(*a->route->gpu_time_ms, loss_of(*a)) <
           std::pair(*b->route->gpu_time_ms, loss_of(*b));
  });
  bool is_first = true;
  double least = 0;
  for (Ranked* r : by_time) {
    r->on_front = is_first || loss_of(*r) < least;
    if (r->on_front) least = loss_of(*r);
    is_first = false;
  }
}

Table routes_table(const TuneRun& run, const std::vector<Ranked>& ranked, const TuneRoute* base) {
  std::vector<std::int64_t> ranks, iterations;
  std::vector<double> times, speed_ups, losses;
  std::vector<std::uint8_t> front;
  std::vector<std::string> said_losses, standings, changes, routes, errors;
  const std::string& from = base != nullptr ? base->route : run.default_route;
  for (const Ranked& r : ranked) {
    const TuneRoute& route = *r.route;
    const bool has_time = !route.crashed && route.gpu_time_ms;
    ranks.push_back(r.standing == Standing::usable ? static_cast<std::int64_t>(ranks.size()) + 1
                                                   : null_integer);
    iterations.push_back(route.iteration);
    times.push_back(has_time ? *route.gpu_time_ms : null_real);
    const bool comparable = has_time && base != nullptr && *route.gpu_time_ms > 0;
    speed_ups.push_back(comparable ? *base->gpu_time_ms / *route.gpu_time_ms : null_real);
    losses.push_back(route.loss().value_or(null_real));
    said_losses.push_back(route.loss() ? fmt::format("{:.3g}", *route.loss()) : "-");
    front.push_back(r.on_front ? 1 : 0);
    standings.push_back(standing_name(r.standing));
    const std::string change = route_change(from, route.route);
    changes.push_back(change.empty() ? "(nothing)" : change);
    routes.push_back(route.route);
    errors.push_back(route.error);
  }
  using Text = Key<std::string_view>;
  Table table;
  table.add(Key<std::int64_t>{"rank", Unit::none, "by time, of the usable ones"}, ranks);
  table.add(Key<std::int64_t>{"iter", Unit::none, "the tuner's iteration"}, iterations);
  table.add(Key<double>{"gpu_time_ms", Unit::milliseconds, "mean GPU time, warm-up included"},
            times);
  table.add(Key<double>{"speed_up", Unit::none, "over the base route"}, speed_ups);
  table.add(Key<double>{"accuracy_loss", Unit::none, "the largest of any tensor"}, losses);
  table.add(Text{"loss", Unit::none, "accuracy_loss, for people: three digits"}, said_losses);
  table.add(Key<bool>{"pareto", Unit::none, "none is faster and as accurate"}, front);
  table.add(Text{"standing", Unit::none, "ok, loses accuracy, crashed, no time"}, standings);
  table.add(Text{"change", Unit::none, "against the base route"}, changes);
  table.add(Text{"route", Unit::none, "as trtexec takes it: --setBuildRoute"}, routes);
  table.add(Text{"error", Unit::none, "why it crashed"}, errors);
  return table;
}

std::string said_best(const std::vector<Ranked>& ranked, const TuneRoute* base) {
  const Ranked* best =
      !ranked.empty() && ranked[0].standing == Standing::usable ? &ranked[0] : nullptr;
  if (best == nullptr) return "none: every route crashed, or lost accuracy";
  const double time_ms = *best->route->gpu_time_ms;
  std::string text = fmt::format("iteration {}, {} ms", best->route->iteration, human_ms(time_ms));
  if (base == best->route) return text + ": the base route itself";
  if (base != nullptr && time_ms > 0) {
    text += fmt::format(", {:.2f} times as fast as the base route", *base->gpu_time_ms / time_ms);
  }
  return text;
}

FactsBlock run_block(const TuneRun& run, const std::vector<Ranked>& ranked, const TuneRoute* base) {
  const auto count = [&](Standing standing) {
    return std::count_if(ranked.begin(), ranked.end(),
                         [&](const Ranked& r) { return r.standing == standing; });
  };
  const auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  const Ranked* best =
      !ranked.empty() && ranked[0].standing == Standing::usable ? &ranked[0] : nullptr;
  FactsBlock block;
  block.facts = {
      {.key = "onnx", .label = "model", .value = text(run.onnx)},
      {.key = "tuner_version", .label = "tuner", .value = text(run.tuner_version)},
      {.key = "search", .label = "search", .value = text(run.search)},
      {.key = "accuracy_algorithm", .label = "accuracy by", .value = text(run.accuracy_algorithm)},
      {.key = "accuracy_threshold", .label = "may lose", .value = run.accuracy_threshold},
      {.key = "default_route", .label = "", .value = text(run.default_route)},
      {.key = "base_iter", .label = "", .value = base == nullptr ? Json() : Json(base->iteration)},
      {.key = "best_iter",
       .label = "",
       .value = best == nullptr ? Json() : Json(best->route->iteration)},
      {.key = "",
       .label = "routes",
       .value = fmt::format("{} tried: {} usable, {} lose accuracy, {} crashed, {} without a time",
                            ranked.size(), count(Standing::usable), count(Standing::inaccurate),
                            count(Standing::crashed), count(Standing::no_time))},
      {.key = "", .label = "fastest", .value = said_best(ranked, base)},
  };
  if (base != nullptr) {
    block.facts.push_back({.key = "",
                           .label = "base route",
                           .value = fmt::format("iteration {}, {} ms: {}", base->iteration,
                                                human_ms(*base->gpu_time_ms), base->route)});
  }
  return block;
}

}  // namespace

std::optional<std::int64_t> base_iteration(const TuneRun& run) {
  const TuneRoute* base = base_of(run);
  return base == nullptr ? std::nullopt : std::optional(base->iteration);
}

Document tune_report(const TuneRun& run, const std::string& name, std::size_t most_routes) {
  std::vector<Ranked> ranked = rank(run);
  mark_front(ranked);
  const TuneRoute* base = base_of(run);
  Document document{.title = name, .blocks = {}};
  document.blocks.emplace_back(run_block(run, ranked, base));
  TableBlock table{.key = "routes", .title = "Routes", .table = routes_table(run, ranked, base)};
  table.text_columns = {"rank", "iter",   "gpu_time_ms", "speed_up",
                        "loss", "pareto", "standing",    "change"};
  table.optional_columns = {"pareto", "speed_up"};
  table.people_rows = most_routes;
  if (most_routes > 0 && ranked.size() > most_routes) {
    table.remark =
        fmt::format("{} of {}; --all shows all", most_routes, counted(ranked.size(), "route"));
  }
  document.blocks.emplace_back(std::move(table));
  Json notes{Json::Array{}};
  ListBlock said{"Notes", {}};
  for (const Note& note : run.notes) {
    Json one;
    one.set("file", note.file).set("path", note.path).set("message", note.message);
    notes.push(std::move(one));
    said.items.push_back(note.path.empty() ? note.message : note.path + ": " + note.message);
  }
  document.blocks.emplace_back(JsonBlock{
      .key = "notes", .title = "", .value = std::move(notes), .audience = Audience::programs});
  if (!said.items.empty()) document.blocks.emplace_back(std::move(said));
  return document;
}

}  // namespace trex::report
