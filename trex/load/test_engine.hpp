// Small engines for the tests of this folder.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "trex/load/load.hpp"
#include "trex/model/engine.hpp"
#include "trex/model/engine_builder.hpp"

namespace trex::test {

// Layers of those names, of type Convolution, without tensors.
inline Engine engine_of(const std::vector<std::string>& names, int opt_profile = 0) {
  EngineBuilder builder;
  std::int64_t index = 0;
  for (const std::string& name : names) {
    RawLayer raw;
    raw.name = name;
    raw.layer_type = "Convolution";
    raw.index = index++;
    builder.add_layer(raw);
  }
  Engine engine = builder.finish();
  engine.opt_profile = opt_profile;
  return engine;
}

// The one engine that the arguments name.
inline Engine load_one(const std::vector<std::string>& arguments) {
  const auto files = find_engine_files(arguments, {});
  EXPECT_EQ(files.size(), 1u);
  return load_engine(files.front());
}

inline std::vector<std::string> messages(const std::vector<Note>& notes) {
  std::vector<std::string> result;
  for (const Note& note : notes) {
    result.push_back(note.path.empty() ? note.message : note.path + ": " + note.message);
  }
  return result;
}

inline bool any_contains(const std::vector<Note>& notes, std::string_view part) {
  for (const std::string& message : messages(notes)) {
    if (message.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace trex::test
