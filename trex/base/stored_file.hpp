// Files as they lie on the disk or in an archive: gzip is not unpacked, links are not followed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/base/file.hpp"

namespace trex {

// As read_file, but nothing is decompressed.
Bytes read_stored_file(const std::string& path);
// Whether something lies there, be it a link that leads nowhere.
bool has_directory_entry(const std::string& path);
bool is_symbolic_link(const std::string& path);
// Removes a file, or an empty folder; what cannot be removed stays.
void remove_quietly(const std::string& path);

}  // namespace trex
