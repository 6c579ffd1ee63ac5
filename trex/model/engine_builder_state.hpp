// What an EngineBuilder holds while layers come in: the growing columns, and a memory of every
// text already read (formats, tactics, regions), so that each is parsed once.

// SPDX-License-Identifier: Apache-2.0
#pragma once

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
#include "trex/model/tactic.hpp"

namespace trex {

// The same few texts come again and again: the id of the last one is kept beside it.
class RecentText {
 public:
  StringId intern(StringPool& pool, std::string_view text) {
    if (id_ == null_string || pool[id_] != text) id_ = pool.intern(text);
    return id_;
  }

 private:
  StringId id_ = null_string;
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
  std::vector<Row> region_of_name, op_of_name;  // by string id

  struct FormatText {
    StringId short_name, datatype;
  };
  std::vector<FormatText> format_texts;                         // by format id
  std::unordered_map<std::uint64_t, std::uint32_t> format_ids;  // by format and datatype texts
  std::uint64_t last_format_key = UINT64_MAX;
  std::uint32_t last_format = 0;
  std::deque<Tactic> tactics;
  std::unordered_map<StringId, const Tactic*> tactic_of;
  std::size_t overflow_count = 0;

  RecentText recent_format, recent_datatype, recent_location, recent_origin, recent_type,
      recent_subtype, recent_reason;
  StringId role_input, role_output, role_constant, gpu, dla;
  std::string buffer;
  std::vector<PrecisionTensor> inputs, outputs;
  std::vector<PrecisionWeights> precision_weights;
  std::vector<NamedBytes> named;
  std::vector<StringId> ops;

  StringPool& pool() { return *engine.strings; }
  StringId text_or_null(std::string_view text) {
    return text.empty() ? null_string : pool().intern(text);
  }
  StringId type_text(Datatype type) {
    return type == Datatype::unknown ? null_string : pool().intern(datatype_name(type));
  }
  static Row& slot(std::vector<Row>& rows, StringId id) {
    if (id >= rows.size()) rows.resize(std::size_t{id} + 1 + rows.size() / 2, no_row);
    return rows[id];
  }

  State() {
    role_input = pool().intern("input");
    role_output = pool().intern("output");
    role_constant = pool().intern("constant");
    gpu = pool().intern("GPU");
    dla = pool().intern("DLA");
  }

  std::uint32_t format_id(std::string_view format, std::string_view datatype);
  const Tactic* tactic(StringId id, std::string_view name);
  Row region(StringId name);
  void note_overflow(std::string_view name);
  void add_tensor(const RawTensor& raw, StringId role, std::size_t port);
  void see_region(Row tensor_row, bool writes);
  void add_precision(const RawLayer& raw, std::string_view type, StringId tactic_text);
  void add_bytes_of(const RawLayer& raw, std::size_t first);
  void add_weights(const RawLayer& raw);
  void add_source_ops(const RawLayer& raw);
  void add_texts(const RawLayer& raw, std::string_view type);
  void add_binding(const RawBinding& raw);
  void finish_bindings();
  void complete_binding(std::size_t binding, Row view);
  void note_formats();
};

}  // namespace trex
