// The errors of finding files.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "trex/load/folder.hpp"
#include "trex/load/sniff.hpp"

namespace trex {

// "'a', 'b' and 3 more".
std::string list_of(const std::vector<std::string>& names);

// A TensorRT plan: says the trtexec command that writes its JSON.
[[noreturn]] void fail_as_serialized(const std::string& path);
// A file of a kind that is no graph and no side file.
[[noreturn]] void fail_as_not_loadable(const std::string& path, FileKind kind);
// Nothing of that name: says what was looked for and the nearest name.
[[noreturn]] void fail_as_missing(const std::string& path, Folders& folders);

}  // namespace trex
