// What kind of file is to be processed, by its first bytes, and what stands before the plan.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/engine_file.hpp"

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"
#include "trex/base/text.hpp"

namespace trex::trtexec {

std::optional<EngineHeader> read_engine_header(std::string_view head) {
  if (head.size() < 6 || head[4] != '{') return std::nullopt;
  std::uint64_t length = 0;
  for (int i = 3; i >= 0; --i) {
    length = length << 8 | static_cast<unsigned char>(head[static_cast<std::size_t>(i)]);
  }
  if (length < 2 || length > longest_engine_header || 4 + length > head.size()) return std::nullopt;
  EngineHeader header{std::string(head.substr(4, length)), 4 + length};
  try {
    if (parse_json(header.json, "header").object() == nullptr) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
  return header;
}

bool is_engine_file(std::string_view head, std::string_view name) {
  // "ftrt" and "ptrt" begin plans (as their magic number reads in memory).
  if (starts_with(head, "ftrt") || starts_with(head, "ptrt")) return true;
  if (read_engine_header(head)) return true;
  return !ends_with(lower(name), ".onnx");
}

}  // namespace trex::trtexec
