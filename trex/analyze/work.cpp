// Which rule counts which layer, and what follows from its figure: FLOPs, intensity, rates.

// SPDX-License-Identifier: Apache-2.0

#include "trex/analyze/work.hpp"

#include <vector>

#include "trex/analyze/checked.hpp"
#include "trex/analyze/layer_work.hpp"
#include "trex/analyze/precision_ids.hpp"
#include "trex/base/text.hpp"

namespace trex {
namespace {

enum class Rule : std::uint8_t { unasked, none, convolution, gemm, attention, generated };

// "generated": Myelin's fused kernels, whose tactic tells what math is in them.
Rule rule_of_type(std::string_view type) {
  if (equals_ignoring_case(type, "correlation")) return Rule::convolution;
  if (equals_ignoring_case(type, "gemm") || contains_ignoring_case(type, "MatrixMultiply") ||
      contains_ignoring_case(type, "FullyConnected")) {
    return Rule::gemm;
  }
  if (contains_ignoring_case(type, "mha") || contains_ignoring_case(type, "attention")) {
    return Rule::attention;
  }
  if (equals_ignoring_case(type, "kgen") || equals_ignoring_case(type, "fusion")) {
    return Rule::generated;
  }
  return Rule::none;
}

Rule rule_of_tactic(std::string_view tactic) {
  if (contains_ignoring_case(tactic, "mha") || contains_ignoring_case(tactic, "flash_att")) {
    return Rule::attention;
  }
  return contains_ignoring_case(tactic, "gemm") ? Rule::gemm : Rule::none;
}

// "_gemm_mha_v2_myl2_2". What stands before the last "/" is a module of the user's
// ("/encoder/mha/..."), not the kernel.
bool names_attention(std::string_view name) {
  return contains(name.substr(name.rfind('/') + 1), "mha");
}

// Picks the rule of each layer; every distinct type and tactic is looked at once.
class Rules {
 public:
  explicit Rules(const WorkSource& source)
      : source_(source),
        of_type_(source.engine.strings->size(), Rule::unasked),
        of_tactic_(source.engine.strings->size(), Rule::unasked) {}

  LayerWork count(Row row) {
    if (source_.engine.convolution(row) != nullptr) return convolution_work(source_, row);
    switch (rule(row)) {
      case Rule::convolution:
        return convolution_work(source_, row);
      case Rule::gemm:
        return gemm_work(source_, row);
      case Rule::attention:
        return attention_work(source_, row);
      case Rule::generated:
        break;
      default:
        return {};
    }
    LayerWork work = unknown_work("", "a generated kernel does not state what its math is");
    work.unlisted_weights = 0;
    return work;
  }

 private:
  Rule rule(Row row) {
    const Rule type = known(of_type_, source_.type, row, rule_of_type);
    if (type != Rule::generated) return type;
    const Rule tactic = known(of_tactic_, source_.tactic, row, rule_of_tactic);
    if (tactic == Rule::attention || names_attention(source_.name[row])) return Rule::attention;
    return tactic == Rule::gemm ? Rule::gemm : Rule::generated;
  }

  static Rule known(std::vector<Rule>& rules, const View<std::string_view>& column, Row row,
                    Rule (*ask)(std::string_view)) {
    if (column.is_null(row)) return Rule::none;
    Rule& rule = rules[column.id(row)];
    if (rule == Rule::unasked) rule = ask(column[row]);
    return rule;
  }

  const WorkSource& source_;
  std::vector<Rule> of_type_, of_tactic_;  // by string id
};

struct Columns {
  explicit Columns(std::size_t rows) {
    for (auto* text : {&kind, &reason}) text->reserve(rows);
    for (auto* integer : {&macs, &flops, &m, &n, &k, &gemm_count, &groups, &bytes}) {
      integer->reserve(rows);
    }
    for (auto* real : {&intensity, &tflops, &gbps}) real->reserve(rows);
  }
  std::vector<StringId> kind, reason;
  std::vector<std::int64_t> macs, flops, m, n, k, gemm_count, groups, bytes;
  std::vector<double> intensity, tflops, gbps;
};

// A ratio of what is known and positive; else unknown.
double ratio(std::int64_t above, double below, double scale) {
  if (above == null_integer || !(below > 0)) return null_real;
  return static_cast<double>(above) / below * scale;
}

// What the layer must move at least.
class Traffic {
 public:
  explicit Traffic(const Engine& engine)
      : footprint_(engine.layers[layer::footprint_bytes].values()),
        io_(engine.layers[layer::io_bytes].values()),
        precision_(engine.layers[layer::precision]),
        ids_(*engine.strings) {}

  std::int64_t bytes(Row row, const LayerWork& work) const {
    if (footprint_[row] != null_integer) return footprint_[row];
    if (io_[row] == null_integer || work.unlisted_weights == null_integer) return null_integer;
    if (work.unlisted_weights == 0) return io_[row];
    const auto bits = datatype_bits(ids_[precision_.id(row)]);
    const auto weights = bits ? checked_product({work.unlisted_weights, *bits}) : std::nullopt;
    if (!weights) return null_integer;
    return checked_sum(io_[row], *weights / 8 + (*weights % 8 != 0)).value_or(null_integer);
  }

 private:
  std::span<const std::int64_t> footprint_, io_;
  View<std::string_view> precision_;
  PrecisionIds ids_;
};

// Interns the program's own texts by their address, each once: there are few, and many layers.
class OwnTexts {
 public:
  explicit OwnTexts(StringPool& strings) : strings_(strings) {}
  StringId id(std::string_view text) {
    if (text.empty()) return null_string;
    for (const auto& [address, id] : known_) {
      if (address == text.data()) return id;
    }
    return known_.emplace_back(text.data(), strings_.intern(text)).second;
  }
  StringId id(const std::string& text) { return strings_.intern(text); }

 private:
  StringPool& strings_;
  std::vector<std::pair<const char*, StringId>> known_;
};

void push(Columns& columns, const LayerWork& work, std::int64_t bytes, double time_ms,
          OwnTexts& texts) {
  const std::int64_t flops = work.macs == null_integer
                                 ? null_integer
                                 : checked_product({2, work.macs}).value_or(null_integer);
  columns.kind.push_back(texts.id(work.kind));
  columns.reason.push_back(work.detail.empty() ? texts.id(work.reason) : texts.id(work.detail));
  columns.macs.push_back(work.macs);
  columns.flops.push_back(flops);
  columns.m.push_back(work.m);
  columns.n.push_back(work.n);
  columns.k.push_back(work.k);
  columns.gemm_count.push_back(work.gemm_count);
  columns.groups.push_back(work.groups);
  columns.bytes.push_back(bytes);
  const double moved = bytes == null_integer ? null_real : static_cast<double>(bytes);
  columns.intensity.push_back(ratio(flops, moved, 1));
  columns.tflops.push_back(ratio(flops, time_ms, 1e-9));  // FLOP/ms -> 1e12 FLOP/s
  columns.gbps.push_back(ratio(bytes, time_ms, 1e-6));    // B/ms -> 1e9 B/s
}

}  // namespace

bool has_static_dims(const WorkSource& source, Row tensor) {
  if (source.dims.is_null(tensor)) return false;
  for (const std::int64_t dim : source.dims[tensor]) {
    if (dim < 0) return false;
  }
  return true;
}

Table work_table(const Engine& engine) {
  const WorkSource source(engine);
  Rules rules(source);
  const Traffic traffic(engine);
  const auto time_ms = engine.layers[layer::time_ms].values();
  OwnTexts texts(*engine.strings);
  Columns columns(engine.layer_count());
  for (Row row = 0; row < engine.layer_count(); ++row) {
    const LayerWork work = rules.count(row);
    push(columns, work, traffic.bytes(row, work), time_ms[row], texts);
  }

  Table table(engine.strings);
  table.add(work::kind, std::move(columns.kind));
  table.add(work::macs, std::move(columns.macs));
  table.add(work::flops, std::move(columns.flops));
  table.add(work::m, std::move(columns.m));
  table.add(work::n, std::move(columns.n));
  table.add(work::k, std::move(columns.k));
  table.add(work::gemm_count, std::move(columns.gemm_count));
  table.add(work::groups, std::move(columns.groups));
  table.add(work::bytes_moved, std::move(columns.bytes));
  table.add(work::intensity, std::move(columns.intensity));
  table.add(work::tflops, std::move(columns.tflops));
  table.add(work::gbps, std::move(columns.gbps));
  table.add(work::reason, std::move(columns.reason));
  return table;
}

}  // namespace trex
