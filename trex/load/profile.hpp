// Profile JSON (time per layer) of every era, and Torch-TensorRT's layer-latency dump.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct ProfileRow {
  std::string_view name;  // in the pool that was passed in
  double total_ms = null_real, mean_ms = null_real, median_ms = null_real;
};
struct Profile {
  std::string kind;  // "trtexec", "Torch-TensorRT", "trtexec log"
  std::int64_t iterations = null_integer;
  std::vector<ProfileRow> rows;
  std::vector<Note> notes;
};
Profile load_profile(Bytes text, const std::string& file, StringPool& strings);

// Sets the time columns and engine.profile: by name (with the occurrence number for duplicates),
// then by order if every name agrees or the names are indices. What cannot be joined is a note.
void join_profile(Engine& engine, const Profile& profile, const std::string& file);

}  // namespace trex
