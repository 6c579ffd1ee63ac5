// Timing JSON (trtexec --exportTimes): one record an inference, into columns.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

struct Timing {
  Table table;  // columns of namespace timing that the file has
  std::vector<Note> notes;
};
Timing load_timing(Bytes text, const std::string& file);

}  // namespace trex
