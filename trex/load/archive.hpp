// Archives (.tea): all that belongs to one engine in a zip file, with a manifest of SHA-256 hashes.
//
// Archives of TREx, which have no manifest, are read alike. Reading an archive as an ENGINE is
// find_engine_files; here are the questions about the archive itself.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trex/load/load.hpp"

namespace trex {

inline constexpr std::string_view manifest_name = "trex-manifest.json";

struct ArchiveMember {
  std::string name;
  std::string kind;  // "graph", "profile", "timing", "serialized engine" ... as load names files
  std::uint64_t size = 0, packed_size = 0;
  std::string sha256;   // as the manifest states it, else as computed; empty: neither
  std::string problem;  // empty: none was found
};

struct ArchiveContents {
  std::string path;
  std::string engine;  // the name in the manifest; empty without one
  bool has_manifest = false;
  std::uint64_t archive_size = 0;
  std::vector<ArchiveMember> members;  // by name; without the manifest
  std::vector<std::string> problems;   // of the archive as a whole

  bool is_sound() const;
};

// From the archive's directory and manifest; contents are only looked into where no manifest names
// their kind. Throws Error for what is no archive.
ArchiveContents list_archive(const std::string& path);
// Reads every byte and compares it with the manifest. What is wrong is in `problem`.
ArchiveContents verify_archive(const std::string& path);
// Unpacks into `folder`, which is made. All or nothing: on an Error (a damaged member, a hash that
// differs, a refused name, a file that is there already and not `overwrite`) what was written is
// removed again. No name and no link leads out of the folder.
ArchiveContents extract_archive(const std::string& path, const std::string& folder, bool overwrite);

struct ArchiveInput {
  std::string path;
  std::string name;  // in the archive
  std::string kind;
};
struct ArchiveChoice {
  bool engine = true;              // the serialized engine, which is most of the bytes
  bool onnx = true;                // the model
  std::vector<std::string> extra;  // further files
};
// The files of one engine: those that load uses, those named after it ("STEM", "STEM.*"), and where
// `folder` is not empty every other file of that folder.
std::vector<ArchiveInput> files_to_archive(const EngineFiles& engine, const std::string& folder,
                                           const ArchiveChoice& choice);
// A member whose bytes are at hand; its kind is told from them.
struct ArchiveContent {
  std::string name;  // in the archive
  Bytes contents;
};
// Throws Error for two files of one name, for a name that no archive may hold, and when `path` is
// there and no archive.
ArchiveContents write_archive(const std::string& path, const std::string& engine_name,
                              std::vector<ArchiveContent> members);
ArchiveContents write_archive(const std::string& path, const std::string& engine_name,
                              const std::vector<ArchiveInput>& files);

}  // namespace trex
