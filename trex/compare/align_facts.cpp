// Facts of each layer: family, shapes, work, names and operations.

// SPDX-License-Identifier: Apache-2.0
#include "trex/compare/align_facts.hpp"

#include <algorithm>

#include "trex/analyze/work.hpp"
#include "trex/base/text.hpp"
#include "trex/lint/kinds.hpp"
#include "trex/model/name_parts.hpp"
#include "trex/model/source_ops.hpp"

namespace trex::compare {
namespace {

// Equal on every run and machine, unlike the tables' own hashes.
std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
  std::uint64_t x = seed ^ (value + 0x9e3779b97f4a7c15u + (seed << 6) + (seed >> 2));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t hash_of(std::span<const std::int64_t> dims) {
  if (dims.empty()) return 0;
  std::uint64_t hash = 1;
  for (const std::int64_t d : dims) hash = mix(hash, static_cast<std::uint64_t>(d));
  return hash;
}

// 0 where it is not known, or larger than any tensor.
std::int64_t volume_of(std::span<const std::int64_t> dims) {
  std::int64_t volume = dims.empty() ? 0 : 1;
  for (const std::int64_t d : dims) {
    if (d == 0 || volume > (std::int64_t{1} << 50) / d) return 0;
    volume *= d;
  }
  return volume;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return equals_ignoring_case(word, w); });
}

Family family_of(std::string_view type, std::uint16_t kinds) {
  if (kinds & lint::attention) return Family::attention;
  if (kinds & lint::convolution) return Family::convolution;
  if (kinds & lint::deconvolution) return Family::deconvolution;
  if (kinds & lint::gemm) return Family::gemm;
  if (kinds & lint::mover) return Family::mover;
  if (kinds & lint::pointwise) return Family::pointwise;
  if (kinds & lint::kernel) return Family::kernel;
  if (type.empty()) return Family::unknown;
  if (is_one_of(type, {"NoOp"})) return Family::mover;
  if (is_one_of(type, {"Constant"})) return Family::constant;
  if (is_one_of(type, {"Pooling", "TiledPooling", "Reduce"})) return Family::pooling;
  if (is_one_of(type, {"Myelin", "ForeignNode", "DLA"})) return Family::region;
  if (is_one_of(type, {"fusion"})) return Family::kernel;
  return Family::other;
}

bool is_sync(std::string_view type) {
  return is_one_of(type, {"shape_call", "signal", "wait", "TrainStation"});
}

bool is_copy_name(std::string_view name) {
  return starts_with(name, "Reformatting CopyNode") || contains(name, " input reformatter ") ||
         contains(name, " output reformatter ") || ends_with(name, " copy") ||
         ends_with(name, " copy finish");
}

void keep_sorted_distinct(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

constexpr Id unasked = no_id - 1;

// The entry of a table by text id, made when it is not there.
template <class T>
T& entry(std::vector<T>& table, Id id, T absent) {
  if (table.size() <= id) table.resize(id + 1, absent);
  return table[id];
}

}  // namespace

Id Shared::intern_word(std::string_view text) {
  if (text.empty()) return no_id;
  const Id id = texts.intern(text);
  entry(operation_, id, std::uint8_t{0}) = compare::is_operation(text) ? 1 : 0;
  return id;
}

Id Shared::spelt(std::string_view raw) {
  if (raw.empty()) return no_id;
  const Id id = texts.intern(raw);
  if (entry(spelt_, id, unasked) == unasked) spelt_[id] = intern_word(spelt_operation(raw));
  return spelt_[id];
}

const std::vector<Id>& Shared::kernel_words(std::string_view kernel) {
  const Id id = texts.intern(kernel);
  if (entry(kernel_, id, 0u) == 0) {
    std::vector<Id> words;
    for (const std::string& operation : kernel_operations(kernel)) {
      const Id found = intern_word(kernel_word(operation, buffer_));
      if (found != no_id) words.push_back(found);
    }
    keep_sorted_distinct(words);
    kernels_.push_back(std::move(words));
    kernel_[id] = static_cast<std::uint32_t>(kernels_.size());
  }
  return kernels_[kernel_[id] - 1];
}

Side::Side(const Engine& engine, Shared& shared)
    : engine_(engine),
      names_(engine.layers[layer::name]),
      tactics_(engine.layers[layer::tactic]),
      dims_(engine.tensors[tensor::dims]),
      shared_(&shared) {
  facts_.resize(engine.layer_count());
  known_ops_.assign(engine.strings->size(), no_id);
  read_layers(shared);
  if (shared.options.use_names) read_names(shared);
  read_ops(shared);
  read_words(shared);
  find_carriers(shared.bare);
  read_shapes();
}

// Myelin writes a kernel's operations into its tactic, which repeats, and into its name.
std::string_view Side::kernel_name(Row row) const {
  constexpr std::string_view stem = "__myl";
  if (starts_with(tactics_[row], stem)) return tactics_[row];
  return starts_with(names_[row], stem) ? names_[row] : std::string_view{};
}

void Side::read_layers(Shared& shared) {
  const Table work = work_table(engine_);
  const auto kind = work[work::kind];
  const auto n = work[work::n], k = work[work::k], groups = work[work::groups];
  const auto type = engine_.layers[layer::type], subtype = engine_.layers[layer::subtype];
  for (Row row = 0; row < size(); ++row) {
    LayerFacts& facts = facts_[row];
    const std::string_view name = names_[row];
    const bool is_kernel = equals_ignoring_case(type[row], "kgen");
    const auto kinds = lint::kinds_of(type[row], subtype[row], is_kernel ? kernel_name(row) : name,
                                      tactics_[row], kind[row]);
    facts.family = family_of(type[row], kinds);
    facts.is_copy = shared.options.use_names && is_copy_name(name);
    if (is_sync(type[row]) || is_sync(subtype[row]) || starts_with(name, "dummy_shape_call")) {
      facts.role = Role::sync;
    }
    if (facts.family == Family::other || facts.role == Role::sync) {
      facts.type = shared.texts.intern(type[row]);
    }
    if (!n[row] || !k[row]) continue;
    facts.work = mix(mix(static_cast<std::uint64_t>(*n[row]), static_cast<std::uint64_t>(*k[row])),
                     static_cast<std::uint64_t>(groups[row].value_or(1)));
    if (const ConvolutionAttributes* convolution = engine_.convolution(row)) {
      for (const SmallDims* dims : {&convolution->kernel, &convolution->stride}) {
        for (const std::int32_t d : dims->span()) {
          if (d != 1) facts.work = mix(facts.work, static_cast<std::uint64_t>(d));
        }
      }
    }
  }
}

void Side::read_names(Shared& shared) {
  std::vector<std::string_view> parts;
  for (Row row = 0; row < size(); ++row) {
    const std::string_view name = names_[row];
    LayerFacts& facts = facts_[row];
    facts.trust = NameTrust::generated;
    if (contains(name, "/") && !starts_with(name, "__my")) {
      facts.trust = NameTrust::specific;  // as one of its parts will be
    } else {
      parts.clear();
      append_name_ops(name, parts);
      for (const std::string_view part : parts) facts.trust = std::min(facts.trust, op_trust(part));
    }
    // What Myelin counts at the end of a name stands for nothing, unless there is nothing else.
    const std::string_view stem = without_name_suffix(name);
    const bool counted = starts_with(stem, "__mye");  // "__mye55480+__mye55468"
    if (counted) facts.trust = NameTrust::numbered;
    const bool whole = facts.trust == NameTrust::generated;
    facts.name = shared.texts.intern(whole ? name : stem);
  }
}

Id Side::op_of(StringId op, Shared& shared) {
  Id& known = known_ops_[op];
  if (known != no_id) return known;
  const std::string_view text = (*engine_.strings)[op];
  known = shared.texts.intern(text);
  if (shared.trust.size() <= known) {
    shared.trust.resize(known + 1, NameTrust::generated);
    shared.weight.resize(known + 1, 0);
    shared.word.resize(known + 1, no_id);
  }
  if (shared.weight[known] == 0) {
    const Id word = shared.spelt(raw_operation(text, buffer_));
    shared.trust[known] = op_trust(text);
    shared.word[known] = word;
    const std::string_view operation = word == no_id ? std::string_view{} : shared.texts[word];
    shared.weight[known] = static_cast<std::uint8_t>(operation_weight(operation));
  }
  return known;
}

void Side::read_ops(Shared& shared) {
  const auto source_ops = engine_.layers[layer::source_ops];
  std::vector<Id> ops;
  for (Row row = 0; row < size(); ++row) {
    ops.clear();
    if (shared.options.use_names) {
      for (const StringId op : source_ops[row].ids()) ops.push_back(op_of(op, shared));
    }
    ops_.push(ops);
  }
}

// A mover all of whose nodes belong to other layers too ("reshape_before_X", "X_copy_input") only
// serves them; one with a node of its own can be found by it. In a names-only engine such a one
// cannot be told from a step.
void Side::find_carriers(bool bare) {
  std::vector<bool> worked_on;
  for (Row row = 0; row < size(); ++row) {
    if (facts_[row].family == Family::mover || facts_[row].is_copy) continue;
    for (const Id op : ops(row)) {
      if (op >= worked_on.size()) worked_on.resize(op + 1);
      worked_on[op] = true;
    }
  }
  for (Row row = 0; row < size(); ++row) {
    LayerFacts& facts = facts_[row];
    if (facts.role != Role::step || (facts.family != Family::mover && !facts.is_copy)) continue;
    const auto list = ops(row);
    facts.own = !facts.is_copy && std::any_of(list.begin(), list.end(), [&](Id op) {
      return op >= worked_on.size() || !worked_on[op];
    });
    facts.named = facts.is_copy || names_operation(row);
    if (!bare || !facts.own) facts.role = Role::carrier;
  }
}

void Side::read_words(Shared& shared) {
  std::vector<Id> words;
  const std::vector<Id> none;
  for (Row row = 0; row < size(); ++row) {
    const std::string_view kernel = kernel_name(row);
    const std::vector<Id>& kernel_words = kernel.empty() ? none : shared.kernel_words(kernel);
    words = kernel_words;
    for (const Id op : ops(row)) {
      if (shared.word[op] != no_id) words.push_back(shared.word[op]);
    }
    keep_sorted_distinct(words);
    words_.push(words);
    kernel_words_.push(kernel_words);
  }
}

// The first dimension is the batch, unless it is the only one.
std::span<const std::int64_t> Side::shape_of(Engine::RowRange tensors) const {
  if (tensors.empty()) return {};
  std::span<const std::int64_t> dims = dims_[tensors[0]];
  if (dims.size() > 1) dims = dims.subspan(1);
  const bool is_static = std::all_of(dims.begin(), dims.end(), [](auto d) { return d >= 0; });
  return is_static ? dims : std::span<const std::int64_t>{};
}

void Side::read_shapes() {
  for (Row row = 0; row < size(); ++row) {
    LayerFacts& facts = facts_[row];
    facts.out_shape = hash_of(shape_of(engine_.outputs(row)));
    facts.in_shape = hash_of(shape_of(engine_.inputs(row)));
    facts.out_volume = volume_of(shape_of(engine_.outputs(row)));
  }
}

bool Side::states_no_work(const LayerFacts& facts) const {
  return facts.role == Role::step && facts.work == 0 && facts.family != Family::constant &&
         facts.family != Family::kernel;
}

bool Side::names_operation(Row row) const {
  const auto list = words(row);
  return std::any_of(list.begin(), list.end(),
                     [&](Id word) { return shared_->is_operation(word); });
}

double Side::named_share() const {
  std::size_t asked = 0, named = 0;
  for (Row row = 0; row < size(); ++row) {
    if (!states_no_work(facts_[row])) continue;
    ++asked;
    named += names_operation(row);
  }
  return asked == 0 ? 1.0 : static_cast<double>(named) / static_cast<double>(asked);
}

void Side::sign(Shared& shared, bool with_operations) {
  for (Row row = 0; row < size(); ++row) {
    LayerFacts& facts = facts_[row];
    std::uint64_t hash = mix(static_cast<std::uint64_t>(facts.family), facts.out_shape);
    hash = mix(hash, facts.work);
    hash = mix(hash, facts.type);
    if (facts.work == 0) {
      hash = mix(hash, facts.in_shape);
      const bool is_kernel = !kernel_words_[row].empty();
      for (const Id word : is_kernel ? kernel_words_[row] : words_[row]) {
        if (is_kernel || (with_operations && shared.is_operation(word))) hash = mix(hash, word);
      }
    }
    facts.signature = shared.signatures.number_of(hash);
  }
}

bool can_pair(const LayerFacts& a, const LayerFacts& b) {
  if (a.role == Role::sync || b.role == Role::sync) return a.role == b.role && a.type == b.type;
  if (a.role != b.role) {  // a transpose by itself, and in a kernel with more
    const LayerFacts &carrier = a.role == Role::carrier ? a : b, &step = &carrier == &a ? b : a;
    return carrier.own && (step.family == Family::kernel || step.family == Family::region);
  }
  if (a.role == Role::carrier) return a.is_copy == b.is_copy || !a.named || !b.named;
  if (a.family == Family::unknown || b.family == Family::unknown) return true;
  if (a.family == b.family) return a.type == b.type;
  const auto either = [&](Family family) { return a.family == family || b.family == family; };
  if (either(Family::constant)) return false;
  if (either(Family::kernel) || either(Family::region)) return true;
  // Attention is GEMMs and a softmax where it is not fused.
  if (either(Family::attention)) return either(Family::gemm) || either(Family::pointwise);
  // A fully connected layer is a 1x1 convolution in one build and a GEMM in the other.
  if (either(Family::gemm) && either(Family::convolution)) return true;
  return either(Family::other) && !either(Family::convolution) && !either(Family::deconvolution);
}

int similarity(const Side& a, Row row_a, const Side& b, Row row_b) {
  const LayerFacts &x = a[row_a], &y = b[row_b];
  if (!can_pair(x, y)) return -100;
  int score = 0;
  if (x.family == y.family && x.family != Family::unknown) score += 20;
  if (x.work != 0 && y.work != 0) score += x.work == y.work ? 40 : -40;
  if (x.out_shape != 0 && y.out_shape != 0) {
    const bool same_volume = x.out_volume == y.out_volume && x.out_volume != 0;
    score += x.out_shape == y.out_shape ? 20 : same_volume ? 12 : -25;
  }
  if (x.in_shape != 0 && y.in_shape != 0) score += x.in_shape == y.in_shape ? 8 : -4;
  if (x.role == Role::carrier && y.role == Role::carrier) {
    const bool reshapes_x = x.in_shape != x.out_shape, reshapes_y = y.in_shape != y.out_shape;
    score += reshapes_x == reshapes_y ? 20 : 0;
  }
  const auto words_x = a.words(row_a), words_y = b.words(row_b);
  // The words of what only serves another layer are those of that layer.
  if (x.role == Role::carrier && !(x.own && y.own)) return score;
  if (words_x.empty() || words_y.empty()) return score;
  int common = 0;
  for (auto i = words_x.begin(), j = words_y.begin(); i != words_x.end() && j != words_y.end();) {
    common += *i == *j;
    const bool first = *i <= *j, second = *j <= *i;
    i += first;
    j += second;
  }
  if (common == 0) return a.names_operation(row_a) && b.names_operation(row_b) ? score - 25 : score;
  const int all = static_cast<int>(words_x.size() + words_y.size()) - common;
  return score + 10 + 30 * common / all;
}

}  // namespace trex::compare
