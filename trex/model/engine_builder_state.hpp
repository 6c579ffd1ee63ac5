// What an EngineBuilder holds while layers come in: the growing columns, and a memory of every
// text already read (formats, tactics, regions), so that each is parsed once.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "trex/model/engine_builder.hpp"
#include "trex/model/engine_tables.hpp"
#include "trex/model/layer_bytes.hpp"
#include "trex/model/precision.hpp"
#include "trex/model/source_ops.hpp"
#include "trex/model/tactic.hpp"

namespace trex {

// The same few texts come again and again: the last ones are kept beside the pool, whose table is
// too large for the processor's cache.
class RecentTexts {
 public:
  StringId intern(StringPool& pool, std::string_view text) {
    for (const StringId id : ids_) {
      if (id != null_string && pool[id] == text) return id;
    }
    oldest_ = (oldest_ + 1) % ids_.size();
    return ids_[oldest_] = pool.intern(text);
  }

 private:
  std::array<StringId, 4> ids_{null_string, null_string, null_string, null_string};
  std::size_t oldest_ = 0;
};

struct EngineBuilder::State {
  Engine engine;
  LayerColumns layers;
  TensorColumns tensors;
  RegionColumns regions;
  BindingColumns bindings;
  std::vector<std::uint32_t> binding_formats;
  std::vector<StringId> op_names;  // rows of source_ops
  std::vector<std::int64_t> op_layer_counts;
  // The texts of the layer that comes in which few others have.
  StringPool::Sought sought_name, sought_tactic, sought_tactic_value, sought_metadata;
  std::vector<StringPool::Sought> sought_tensors;  // inputs, outputs, constants
  std::vector<StringPool::Sought> sought_ops;
  std::vector<Row> region_of_name, op_of_name;  // by string id

  struct FormatText {
    StringId short_name, datatype;
  };
  std::vector<FormatText> format_texts;                         // by format id
  std::unordered_map<std::uint64_t, std::uint32_t> format_ids;  // by format and datatype texts
  std::uint64_t last_format_key = UINT64_MAX;
  std::uint32_t last_format = 0;
  // What a pair of LayerType and ParameterType says.
  struct TypeFacts {
    StringId type = null_string, subtype = null_string;
    bool hidden = false, no_math = false, on_dla = false;
  };
  std::unordered_map<std::uint64_t, TypeFacts> type_facts;  // by both texts and `transposed`
  std::unordered_map<StringId, Datatype> weights_types;     // by raw text
  std::deque<Tactic> tactics;
  std::unordered_map<StringId, const Tactic*> tactic_of;
  std::size_t overflow_count = 0;

  RecentTexts recent_formats, recent_datatypes, recent_locations, recent_origins, recent_types,
      recent_subtypes, recent_reasons, recent_keys, recent_weights_types, recent_activations;
  std::array<StringId, 14> type_texts{};  // by Datatype
  StringId role_input, role_output, role_constant, gpu, dla, deconvolution;
  std::string buffer;
  std::vector<PrecisionTensor> inputs, outputs;
  std::vector<PrecisionWeights> precision_weights;
  std::vector<NamedBytes> named;
  SourceOps parsed_ops;
  std::vector<StringId> ops;

  StringPool& pool() { return *engine.strings; }
  StringId text_or_null(std::string_view text) {
    return text.empty() ? null_string : pool().intern(text);
  }
  StringId text_or_null(StringPool::Sought text) {
    return text.text.empty() ? null_string : pool().intern_sought(text);
  }
  StringId type_text(Datatype type) const { return type_texts[static_cast<std::size_t>(type)]; }
  static Row& slot(std::vector<Row>& rows, StringId id) {
    if (id >= rows.size()) rows.resize(std::size_t{id} + 1 + rows.size() / 2, no_row);
    return rows[id];
  }

  State() {
    for (std::size_t i = 0; i < type_texts.size(); ++i) {
      type_texts[i] = text_or_null(datatype_name(static_cast<Datatype>(i)));
    }
    role_input = pool().intern("input");
    role_output = pool().intern("output");
    role_constant = pool().intern("constant");
    gpu = pool().intern("GPU");
    dla = pool().intern("DLA");
    deconvolution = pool().intern("Deconvolution");
  }

  std::uint32_t format_id(std::string_view format, std::string_view datatype);
  const Tactic* tactic(StringId id, std::string_view name);
  Row region(StringId name);
  void note_overflow(std::string_view name);
  void add_tensor(const RawTensor& raw, StringId role, std::size_t port);
  void see_region(Row tensor_row, bool writes);
  const TypeFacts& facts_of_type(const RawLayer& raw);
  void add_precision(const RawLayer& raw, bool no_math, StringId tactic_text);
  void add_bytes_of(const RawLayer& raw, std::size_t first);
  void add_weights(const RawLayer& raw);
  void seek_texts(const RawLayer& raw);
  void add_source_ops(const RawLayer& raw);
  void add_texts(const RawLayer& raw, const TypeFacts& type);
  void add_binding(const RawBinding& raw);
  void finish_bindings();
  void complete_binding(std::size_t binding, Row view);
  void note_formats();
};

}  // namespace trex
