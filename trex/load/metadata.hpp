// Metadata JSON as TREx wrote it (from trtexec logs) and trtexec logs themselves -> Metadata.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/load/profile.hpp"
#include "trex/model/engine.hpp"

namespace trex {

Metadata load_metadata_json(Bytes text, const std::string& file, std::vector<Note>& notes);

// A log has options, device, performance and facts, and may hold a console profile table and the
// DLA placement of layers.
struct LogContents {
  Metadata metadata;
  std::optional<Profile> profile;  // the console table of --dumpProfile
  struct Placement {
    std::string layer;
    std::string device;  // "DLA" or "GPU"
    std::string reason;  // the log's own words; "" when it gives none
  };
  std::vector<Placement> placements;
  bool is_build_log = false, is_profile_log = false;
};
LogContents load_trtexec_log(Bytes text, const std::string& file, StringPool& strings,
                             std::vector<Note>& notes);

}  // namespace trex
