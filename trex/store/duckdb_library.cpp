// Finding and opening DuckDB's library.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/duckdb_library.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <vector>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"

namespace trex::store {
namespace {

// The oldest version whose functions and settings trex uses (allowed_directories came with 1.2;
// what is tested is 1.4).
constexpr std::string_view oldest_version = "v1.4.0";

// The folder of the program, or of the module, that this code is in.
std::optional<std::string> own_folder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&has_duckdb), &info) == 0) return std::nullopt;
  const std::string_view name = info.dli_fname == nullptr ? "" : info.dli_fname;
  // For the program itself the name is argv[0], which need not be a path.
  char program[4096];
  Dl_info main_info{};
  const void* entry = dlsym(RTLD_DEFAULT, "main");
  const bool is_program =
      entry == nullptr || (dladdr(entry, &main_info) != 0 && main_info.dli_fbase == info.dli_fbase);
  if (name.find(".so") == std::string_view::npos || is_program) {
    if (realpath("/proc/self/exe", program) != nullptr) return directory_of(program);
  }
  if (realpath(std::string(name).c_str(), program) == nullptr) return std::nullopt;
  return directory_of(program);
}

std::vector<std::string> duckdb_places() {
  std::vector<std::string> places;
  if (const std::optional<std::string> folder = own_folder()) {
    places.push_back(*folder + "/libduckdb.so");
    places.push_back(*folder + "/../lib/trex/libduckdb.so");
    places.push_back(*folder + "/../" TREX_INSTALL_LIBDIR "/trex/libduckdb.so");
  }
  if (std::string_view(TREX_DUCKDB_LIBRARY).size() > 0) places.push_back(TREX_DUCKDB_LIBRARY);
  return places;
}

// "v1.4.4" -> 1004; what is not a version -> 0.
int version_number(std::string_view version) {
  int major = 0, minor = 0;
  if (std::sscanf(std::string(version).c_str(), "v%d.%d", &major, &minor) != 2) return 0;
  return major * 1000 + minor;
}

std::unique_ptr<DuckdbLibrary> opened(void* handle, const std::string& path) {
  auto library = std::make_unique<DuckdbLibrary>(handle, path);
  const std::string_view version = library->api.library_version();
  const int number = version_number(version), oldest = version_number(oldest_version);
  if (number < oldest || number / 1000 != oldest / 1000) {
    fail("{}: DuckDB {} cannot be used, trex needs {} or later (below v2); set TREX_DUCKDB to one",
         path, version, oldest_version);
  }
  return library;
}

std::unique_ptr<DuckdbLibrary> open_duckdb() {
  // Not closed again: DuckDB's own threads and static data live as long as the program.
  constexpr int how = RTLD_NOW | RTLD_LOCAL;
  if (const char* chosen = std::getenv("TREX_DUCKDB"); chosen != nullptr && *chosen != 0) {
    void* handle = dlopen(chosen, how);
    if (handle == nullptr) fail("TREX_DUCKDB: {} cannot be loaded: {}", chosen, dlerror());
    return opened(handle, chosen);
  }
  for (const std::string& place : duckdb_places()) {
    if (!file_exists(place)) continue;
    if (void* handle = dlopen(place.c_str(), how)) return opened(handle, place);
    fail("{} cannot be loaded: {}", place, dlerror());
  }
  constexpr const char* soname = "libduckdb.so";
  if (void* handle = dlopen(soname, how)) return opened(handle, soname);
  fail(
      "no DuckDB here (libduckdb.so), which SQL and Parquet need: run tools/duckdb.sh in trex's "
      "sources, or set TREX_DUCKDB to the library's path");
}

}  // namespace

void* duckdb::Symbols::find(const char* name) const {
  void* symbol = dlsym(library_, name);
  if (symbol == nullptr) {
    fail("libduckdb.so has no '{}': trex needs DuckDB {} or later; set TREX_DUCKDB to one", name,
         oldest_version);
  }
  return symbol;
}

const DuckdbLibrary& duckdb_library() {
  static const std::unique_ptr<DuckdbLibrary> library = open_duckdb();
  return *library;
}

bool has_duckdb() {
  try {
    duckdb_library();
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace trex::store
