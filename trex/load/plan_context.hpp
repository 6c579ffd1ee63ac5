// What the readers of a plan graph share: where they are, what was odd, what the file showed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/load/note_counter.hpp"
#include "trex/load/plan_key_reader.hpp"

namespace trex {

// "/Layers/3/Inputs/0": kept as views, spelt out only when a note or an error wants it.
class JsonPath {
 public:
  void push(std::string_view key) { push_step({key, -1}); }
  void push(std::int64_t index) { push_step({{}, index}); }
  void pop() { --size_; }
  std::string text() const;
  std::string text_with(std::string_view key) const;

 private:
  struct Step {
    std::string_view key;
    std::int64_t index;
  };
  void push_step(Step step) {
    if (size_ < steps_.size()) steps_[size_] = step;  // the readers go no deeper than this
    ++size_;
  }
  std::array<Step, 12> steps_{};
  std::size_t size_ = 0;
};

class PathScope {
 public:
  template <class Step>
  PathScope(JsonPath& path, Step step) : path_(path) {
    path_.push(step);
  }
  ~PathScope() { path_.pop(); }
  PathScope(const PathScope&) = delete;
  PathScope& operator=(const PathScope&) = delete;

 private:
  JsonPath& path_;
};

enum class PlanOddity : std::uint8_t {
  wrong_type,
  number_as_text,
  real_for_integer,
  out_of_range,
  negative,
  too_many_dimensions,
  low_dimension,
  duplicate_key,
  other_spelling,
  no_layer,
  no_layer_field,
  layer_without_name,
  layers_as_object,
  second_list,
  tensor_as_text,
  tensor_without_name,
  tensors_without_list,
  binding_without_name,
  large_attribute,
  ignored_document,
};

struct PlanContext {
  const char* text_end = nullptr;  // of the text that is walked
  JsonPath path;
  NoteCounter<PlanOddity> notes;

  // By the kind of object.
  PlanKeyReader layer_keys, tensor_keys, weights_keys;
  // The memory of lists of dimensions that are done with.
  std::vector<std::vector<std::int64_t>> spare_dims;

  // What tells the generation of TensorRT.
  bool has_stream_or_metadata = false;
  bool has_split_format = false;
  bool has_io_tensors = false;

  // One more of a kind; `message` is taken from the first.
  void note(PlanOddity kind, std::string_view key, std::string_view message) {
    if (notes.is_first(kind)) notes.describe(path.text_with(key), std::string(message));
  }
  void note_spelling(std::string_view key, const PlanKeyMatch& match);
};

}  // namespace trex
