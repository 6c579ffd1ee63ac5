// Reports small groups of quantized layers that spend much of their time on conversions.
//
// A group is what quantized tensors connect; it is an island when it holds at most two layers of
// compute and the conversions at its borders take a good part of its time. One finding for the
// engine. In FP16 the compute takes up to twice as long, so only conversions beyond that are a
// saving. Not reported: groups that are worth their conversions by that measure; those that a float
// residual cuts off, where quantizing the branch is the answer (float-residual).

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "trex/lint/precision_facts.hpp"
#include "trex/lint/rules.hpp"
#include "trex/lint/words.hpp"

namespace trex::lint {
namespace quantized_island_rule {

struct Island {
  std::vector<Row> layers, borders;
  std::int64_t computing = 0;
};

class Components {
 public:
  explicit Components(std::size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), Row{0});
  }
  Row find(Row row) {
    while (parents_[row] != row) {
      parents_[row] = parents_[parents_[row]];
      row = parents_[row];
    }
    return row;
  }
  void join(Row a, Row b) {
    const Row first = find(a), second = find(b);
    parents_[std::max(first, second)] = std::min(first, second);
  }

 private:
  std::vector<Row> parents_;
};

// Reads quantized data and is no conversion at a border.
bool is_inside(const Context& c, Row row, Conversion what) {
  if (what == Conversion::quantize || what == Conversion::dequantize || c.hidden(row)) return false;
  const Row input = c.data_input(row);
  return input != no_row && is_quantized(c.format(input).datatype);
}

std::vector<Island> islands_of(const Context& c) {
  const auto count = static_cast<Row>(c.engine.layer_count());
  std::vector<Conversion> what(count);
  std::vector<bool> inside(count);
  for (Row row = 0; row < count; ++row) {
    what[row] = conversion(c, row);
    inside[row] = is_inside(c, row, what[row]);
  }
  Components components(count);
  for (Row row = 0; row < count; ++row) {
    // Two readers of one Quantize are one group.
    Row reader = inside[row] ? row : no_row;
    if (reader == no_row && what[row] != Conversion::quantize) continue;
    const Row output = c.first_output(row);
    if (output == no_row || !is_quantized(c.format(output).datatype)) continue;
    for (const Row next : c.successors(row)) {
      if (!inside[next]) continue;
      if (reader == no_row) reader = next;
      components.join(reader, next);
    }
  }
  std::vector<Island> islands(count);
  for (Row row = 0; row < count; ++row) {
    if (inside[row]) {
      Island& island = islands[components.find(row)];
      island.layers.push_back(row);
      island.computing += c.is(row, compute);
    } else if (what[row] != Conversion::none) {
      const auto around =
          what[row] == Conversion::quantize ? c.successors(row) : c.predecessors(row);
      const auto at = std::find_if(around.begin(), around.end(), [&](Row r) { return inside[r]; });
      if (at != around.end()) islands[components.find(*at)].borders.push_back(row);
    }
  }
  return islands;
}

bool adds_a_float(const Context& c, const Island& island) {
  return std::any_of(island.layers.begin(), island.layers.end(),
                     [&](Row row) { return float_operand(c, row) != no_row; });
}

struct Total {
  double inside_ms = 0, border_ms = 0, recoverable_ms = 0;
  std::int64_t islands = 0;
  std::vector<Row> inside, borders;
};

void add(const Context& c, Island& island, double least, Total& total) {
  const auto inside_ms = time_of_layers(c, island.layers);
  const auto border_ms = time_of_layers(c, island.borders);
  if (!inside_ms || !border_ms || *inside_ms + *border_ms <= 0) return;
  if (!(*border_ms / (*inside_ms + *border_ms) >= least) || *border_ms <= *inside_ms) return;
  ++total.islands;
  total.inside_ms += *inside_ms;
  total.border_ms += *border_ms;
  // In FP16 the inside takes at most twice as long: that much of the conversions it costs to win.
  total.recoverable_ms += *border_ms - *inside_ms;
  total.inside.insert(total.inside.end(), island.layers.begin(), island.layers.end());
  total.borders.insert(total.borders.end(), island.borders.begin(), island.borders.end());
}

std::vector<Finding> check(const Context& c) {
  const auto most = static_cast<std::int64_t>(c.thresholds.get("quantized-island", "max_layers"));
  const double least = c.thresholds.get("quantized-island", "min_conversion_share");
  Total total;
  for (Island& island : islands_of(c)) {
    if (island.computing == 0 || island.computing > most || island.borders.empty()) continue;
    if (!adds_a_float(c, island)) add(c, island, least, total);
  }
  if (total.islands == 0) return {};
  Finding finding;
  finding.message =
      fmt::format("{} of quantized layers alone: {:.4g} ms of conversions around {:.4g} ms ({})",
                  counted(static_cast<std::size_t>(total.islands), "island"), total.border_ms,
                  total.inside_ms, listed(c, total.inside));
  finding.evidence = {{"islands", total.islands, Unit::count},
                      {"conversion_ms", total.border_ms, Unit::milliseconds},
                      {"inside_ms", total.inside_ms, Unit::milliseconds}};
  finding.recoverable_ms = total.recoverable_ms;
  finding.layers = std::move(total.inside);
  finding.layers.insert(finding.layers.end(), total.borders.begin(), total.borders.end());
  return {std::move(finding)};
}

}  // namespace quantized_island_rule

constexpr Rule quantized_island = {
    .id = "quantized-island",
    .code = "B04",
    .group = Group::quantization,
    .severity = {},
    .summary = "a few layers are quantized alone, at the price of conversions around them",
    .why = "quantizing and dequantizing can cost more than the faster layers between save",
    .mitigation = "leave them in FP16, or quantize their neighbours too",
    .source =
        "TensorRT documentation, explicit quantization: Q/DQ placement recommendations; TensorRT "
        "issues 993, 1895",
    .needs = {.profile = true},
    .check = quantized_island_rule::check,
};

}  // namespace trex::lint
