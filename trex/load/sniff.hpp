// What is this file? Decided by what it holds, never by its name alone.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex {

enum class FileKind : std::uint8_t {
  graph,
  names_only_graph,
  profile,
  torch_tensorrt_profile,
  timing,
  metadata,
  trtexec_log,
  onnx,
  serialized_engine,
  archive,
  process_info,
  gpu_samples,
  empty,
  unknown,
};
std::string_view file_kind_name(FileKind kind);
// From the first bytes (64 KiB is plenty).
FileKind sniff(std::string_view head);

}  // namespace trex
