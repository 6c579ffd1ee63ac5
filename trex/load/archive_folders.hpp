// An archive among the ENGINE arguments: it is read in place, as the folders in it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/load/folder.hpp"

namespace trex {

bool is_archive(const std::string& path);
// The folders in the archive ("x.tea", "x.tea/out") that hold a graph, else those that hold other
// files of an engine. Throws Error when there are none.
std::vector<std::string> open_archive(const std::string& path, Folders& folders);
// After this "x.tea/x.graph.json" can be read, if "x.tea" is an archive.
void mount_around(const std::string& path);

}  // namespace trex
