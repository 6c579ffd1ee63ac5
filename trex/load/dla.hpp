// What profile rows and logs tell of the DLA, the accelerator beside the GPU on Jetson and DRIVE.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "trex/load/metadata.hpp"
#include "trex/load/profile.hpp"
#include "trex/model/engine.hpp"

namespace trex {

// "data to nvm", "prob from nvm", "data copy finish", "fc finish": time of a copy or a wait.
bool is_dla_transfer(std::string_view row_name);
// "{conv1,relu1,fc}": how 7.x and 8.0 name a run of layers on DLA. Not "{ForeignNode[...]}", which
// Myelin's regions on the GPU are called, too.
bool is_dla_group(std::string_view row_name);

// Sets the device of the layers that profile rows show to run on DLA.
void mark_dla_layers(Engine& engine, const Profile& profile);
// Sets device and reason of the layers that a log places: by name, else by source op.
void place_layers(Engine& engine, const std::vector<LogContents::Placement>& placements,
                  const std::string& file);

}  // namespace trex
