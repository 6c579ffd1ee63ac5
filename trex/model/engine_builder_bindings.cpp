// Bindings, and what of the engine deserves a note.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/model/engine_builder_state.hpp"

namespace trex {
namespace {

constexpr std::size_t most_notes = 20;  // of one kind

}  // namespace

void EngineBuilder::State::note_overflow(std::string_view name) {
  if (overflow_count++ >= most_notes) return;
  engine.notes.push_back(
      {"", "",
       fmt::format("tensor '{}' has more bytes than a number can hold: its size is unknown",
                   name)});
}

void EngineBuilder::State::add_binding(const RawBinding& raw) {
  const bool input = equals_ignoring_case(raw.mode, "Input");
  const bool output = equals_ignoring_case(raw.mode, "Output");
  bindings.name.push_back(pool().intern(raw.name));
  bindings.mode.push_back(input ? role_input : (output ? role_output : null_string));
  const std::uint32_t format = format_id(raw.format, raw.datatype);
  bindings.format.push_back(format_texts[format].short_name);
  bindings.datatype.push_back(format_texts[format].datatype);
  bindings.location.push_back(text_or_null(raw.location));
  binding_formats.push_back(format);
  if (raw.dims_known) {
    bindings.dims.push(raw.dims);
  } else {
    bindings.dims.push_null();
  }
  bindings.bytes.push_back(null_integer);  // finish_bindings() knows
  bindings.shape_inference.push_back(raw.shape_inference);
  bindings.opt_profile.push_back(raw.opt_profile);
  const auto push = [](Lists<std::int64_t>& lists, const std::vector<std::int64_t>& dims) {
    if (dims.empty()) {
      lists.push_null();
    } else {
      lists.push(dims);
    }
  };
  push(bindings.min_dims, raw.min_dims);
  push(bindings.opt_dims, raw.opt_dims);
  push(bindings.max_dims, raw.max_dims);
}

// What the file does not say of a binding, its widest view in the graph does.
void EngineBuilder::State::finish_bindings() {
  Lists<std::int64_t> dims;
  for (std::size_t b = 0; b < bindings.name.size(); ++b) {
    const StringId name = bindings.name[b];
    const Row r = name < region_of_name.size() ? region_of_name[name] : no_row;
    Row view = no_row;
    if (r != no_row) {
      regions.binding[r] = 1;
      const bool written = regions.writer_count[r] > 0;
      if (bindings.mode[b] == null_string) bindings.mode[b] = written ? role_output : role_input;
      view = written ? regions.widest_write[r] : regions.widest_read[r];
    }
    if (!bindings.dims.is_null(b)) {
      dims.push(bindings.dims[b]);
    } else if (view != no_row && !tensors.dims.is_null(view)) {
      dims.push(tensors.dims[view]);
    } else {
      dims.push_null();
    }
    if (view != no_row) complete_binding(b, view);
    const std::uint32_t format = binding_formats[b];
    if (dims.is_null(b)) continue;
    bindings.bytes[b] = tensor_bytes(dims[b], engine.formats[format]).bytes.value_or(null_integer);
  }
  bindings.dims = std::move(dims);
}

// The graph's format is the fuller one where the file states none, or the datatype alone.
void EngineBuilder::State::complete_binding(std::size_t b, Row view) {
  const bool bare = engine.formats[binding_formats[b]].family == LayoutFamily::unknown;
  if (bindings.datatype[b] == null_string ||
      (bare && bindings.datatype[b] == tensors.datatype[view])) {
    binding_formats[b] = static_cast<std::uint32_t>(tensors.format_id[view]);
    bindings.datatype[b] = tensors.datatype[view];
    bindings.format[b] = tensors.format[view];
  }
  if (bindings.location[b] == null_string) bindings.location[b] = tensors.location[view];
}

void EngineBuilder::State::note_formats() {
  std::size_t count = 0;
  for (const Format& format : engine.formats) {
    if (format.recognised || format.raw.empty() || count == most_notes) continue;
    ++count;
    engine.notes.push_back(
        {"", "",
         fmt::format("format '{}' is not understood: its tensors' sizes are unknown", format.raw)});
  }
}

}  // namespace trex
