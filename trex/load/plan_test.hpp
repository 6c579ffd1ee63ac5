// What the tests of load_plan ask of an engine.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "trex/base/text.hpp"
#include "trex/load/plan.hpp"

namespace trex {

using Strings = std::vector<std::string>;

inline Engine load(std::string text, std::optional<int> opt_profile = {}) {
  return load_plan(Bytes::from(std::move(text)), "x.json", opt_profile);
}

inline Strings notes_of(const Engine& engine) {
  Strings result;
  for (const Note& note : engine.notes) {
    EXPECT_EQ(note.file, "x.json");
    result.push_back(note.path + ": " + note.message);
  }
  return result;
}

inline Strings names_of(const Engine& engine) {
  Strings result;
  for (Row row = 0; row < engine.layer_count(); ++row) {
    result.emplace_back(engine.layers[layer::name][row]);
  }
  return result;
}

inline std::string dims_text(std::span<const std::int64_t> dims) {
  Strings parts;
  for (const std::int64_t dim : dims) parts.push_back(std::to_string(dim));
  return join(parts, "x");
}

// "in x FP32 1x3" for each tensor of a layer; "?" for unknown dimensions.
inline Strings tensors_of(const Engine& engine, Row layer) {
  Strings result;
  for (Row row = engine.first_input[layer]; row < engine.first_input[layer + 1]; ++row) {
    const auto dims = engine.tensors[tensor::dims];
    result.push_back(std::string(engine.tensors[tensor::role][row]) + " " +
                     std::string(engine.tensors[tensor::name][row]) + " " +
                     std::string(engine.tensors[tensor::datatype][row]) + " " +
                     (dims.is_null(row) ? "?" : dims_text(dims[row])));
  }
  return result;
}

}  // namespace trex
