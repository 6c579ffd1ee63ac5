// The manifest of an archive: which files, of what kind, with which hash.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trex/base/zip.hpp"
#include "trex/load/archive.hpp"

namespace trex {

struct ManifestRow {
  std::string name, kind, sha256;
  std::uint64_t size = 0;
};

struct Manifest {
  std::string engine;
  std::vector<ManifestRow> rows;  // by name, each once

  const ManifestRow* find(std::string_view name) const;
};

std::string manifest_text(const Manifest& manifest);
// Throws Error naming `file` for what is no manifest.
Manifest parse_manifest(std::string_view text, const std::string& file);
// Nothing when the archive has none.
std::optional<Manifest> read_manifest(const ZipReader& reader);

}  // namespace trex
