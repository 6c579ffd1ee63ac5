// What a GPU did during the profile, as metadata: section "gpu_recording".

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/model/engine.hpp"

namespace trex {

// The figures of a recording (trtexec/gpu_samples). Throws Error for what is none; lines that
// cannot be read become one note.
std::vector<MetadataEntry> load_gpu_recording(const Bytes& text, const std::string& file,
                                              std::vector<Note>& notes);

}  // namespace trex
