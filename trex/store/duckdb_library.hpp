// Where DuckDB's library is, opened once and only when a command asks for it.
//
// Nothing links it: 65 MB to map would slow the start of every other command.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "trex/store/duckdb_api.hpp"

namespace trex::store {

struct DuckdbLibrary {
  DuckdbLibrary(void* library, std::string file) : api(library), path(std::move(file)) {}
  duckdb::Api api;
  std::string path;  // the file, or "libduckdb.so" where the system's loader found it
};

// Opened at the first call and kept. Looked for in TREX_DUCKDB (then nowhere else), beside the
// program or module that trex runs in (DIR/libduckdb.so, DIR/../lib/trex), where the build found
// it, and by the system's loader. Throws Error where there is none, or of a version that lacks what
// trex calls, with the fix.
const DuckdbLibrary& duckdb_library();
bool has_duckdb();

}  // namespace trex::store
