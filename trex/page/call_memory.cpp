// What is live when: the steps of execution order and the buffers, from first write to last read.

// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <vector>

#include "trex/analyze/memory.hpp"
#include "trex/model/format.hpp"
#include "trex/page/calls.hpp"
#include "trex/page/table_answer.hpp"

namespace trex::page {
namespace {

using T = std::string_view;
using I = std::int64_t;

constexpr Key<T> name_key{"name", Unit::none, "name of the tensor"};
constexpr Key<I> first_key{"first", Unit::none, "step (layer row) of its first write"};
constexpr Key<I> last_key{"last", Unit::none, "step of its last read"};
constexpr Key<I> bytes_key{"bytes", Unit::bytes, "bytes, with padding"};
constexpr Key<I> padding_key{"padding_bytes", Unit::bytes,
                             "bytes that hold no element: channels filled up to the vector width"};
constexpr Key<T> format_key{"format", Unit::none, "datatype and layout of its widest view"};
constexpr Key<I> generations_key{"generations", Unit::count, "times it is written anew, in place"};

// Of each region the view with the most bytes; no_row where no size is known.
std::vector<Row> widest_views(const Engine& engine) {
  std::vector<Row> widest(engine.regions.row_count(), no_row);
  const auto region = engine.tensors[tensor::region];
  const auto bytes = engine.tensors[tensor::bytes];
  for (Row row = 0; row < engine.tensors.row_count(); ++row) {
    if (!region[row] || !bytes[row]) continue;
    Row& best = widest[static_cast<std::size_t>(*region[row])];
    if (best == no_row || *bytes[row] > *bytes[best]) best = row;
  }
  return widest;
}

// Bytes past those of the elements alone; null_integer where the layout is unknown.
I padding_of(const Engine& engine, Row view) {
  if (view == no_row || engine.tensors[tensor::bytes_lower_bound].is_true(view)) {
    return null_integer;
  }
  const auto id = engine.tensors[tensor::format_id][view];
  const auto bytes = engine.tensors[tensor::bytes][view];
  if (!id || !bytes) return null_integer;
  Format dense = engine.formats[static_cast<std::size_t>(*id)];
  dense.vector_width = 1;
  const TensorBytes least = tensor_bytes(engine.tensors[tensor::dims][view], dense);
  return least.bytes ? *bytes - *least.bytes : null_integer;
}

Table buffers(const Engine& engine, const ActivationMemory& memory) {
  const std::vector<Row> widest = widest_views(engine);
  const auto names = engine.regions[region::name];
  const auto sizes = engine.regions[region::bytes];
  const auto formats = engine.tensors[tensor::format];
  std::vector<StringId> name, format;
  std::vector<I> first, last, bytes, padding, generations;
  for (const LiveInterval& interval : memory.intervals) {
    const Row view = widest[interval.region];
    name.push_back(engine.strings->intern(names[interval.region]));
    first.push_back(interval.first);
    last.push_back(interval.last);
    bytes.push_back(sizes[interval.region].value_or(null_integer));
    padding.push_back(padding_of(engine, view));
    format.push_back(view == no_row ? null_string : engine.strings->intern(formats[view]));
    generations.push_back(interval.generations);
  }
  Table table(engine.strings);
  table.add(name_key, std::move(name)).add(first_key, std::move(first));
  table.add(last_key, std::move(last)).add(bytes_key, std::move(bytes));
  table.add(padding_key, std::move(padding)).add(format_key, std::move(format));
  table.add(generations_key, std::move(generations));
  return table;
}

Json number(std::optional<I> value) { return value ? Json(*value) : Json(); }

}  // namespace

// {steps, buffers, peak_bytes, peak_layer, total_bytes, constant_bytes, unknown_regions,
// lower_bound}; steps by layer row.
Answer memory_call(Session& session, const Request& request) {
  OpenEngine& open = engine_of(session, request);
  const ActivationMemory& memory = open.context().memory;
  Answer answer;
  answer.set("steps", table_json(answer, memory.steps));
  answer.set("buffers", table_json(answer, buffers(open.engine(), memory)));
  answer.set("peak_bytes", number(memory.peak_bytes));
  answer.set("peak_layer", memory.peak_layer ? Json(static_cast<I>(*memory.peak_layer)) : Json());
  answer.set("total_bytes", number(memory.total_bytes));
  answer.set("constant_bytes", number(memory.constant_bytes));
  answer.set("unknown_regions", Json(memory.unknown_regions));
  return answer.set("lower_bound", Json(memory.lower_bound));
}

}  // namespace trex::page
