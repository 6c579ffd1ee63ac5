// Every engine that a list of paths holds, however deep in folders.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/load/load.hpp"

namespace trex::store {

// Files and archives as find_engine_files takes them, all together, since side files may belong to
// a graph among them; of a folder its own engines and those of the folders in it, by name. Folders
// whose names begin with '.' or '_' are left out (caches, what a dataset keeps for itself), a
// folder that links lead back to is looked at once. What cannot be told (two graphs that claim one
// file) goes to `problem`, which throws or lets the rest go on; a path that is named and holds no
// engine at all is always an Error.
std::vector<EngineFiles> engines_beneath(const std::vector<std::string>& paths,
                                         const std::function<void(const Error&)>& problem);

}  // namespace trex::store
