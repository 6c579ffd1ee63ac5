// What kind of file is to be processed, by its first bytes, and what stands before the plan.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trex::trtexec {

// Ultralytics writes before the plan the length of a JSON text (4 bytes, little endian) and that
// text; trtexec cannot load such a file as it is.
struct EngineHeader {
  std::string json;
  std::uint64_t size = 0;  // of length and text: where the plan begins
};
std::optional<EngineHeader> read_engine_header(std::string_view head);
inline constexpr std::size_t longest_engine_header = 1 << 20;

// By content where that is sure, else by the file's name.
bool is_engine_file(std::string_view head, std::string_view name);

}  // namespace trex::trtexec
