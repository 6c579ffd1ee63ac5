// The roles that files play for an engine, and which role a file plays.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trex/load/load.hpp"
#include "trex/load/sniff.hpp"

namespace trex {

struct FileRole {
  std::string EngineFiles::*path;
  std::string_view kind;    // "profile", as SourceFile::kind
  std::string_view option;  // "--profile"
  std::string_view suffix;  // ".profile.json": TREx's name after the stem; "" where it has none
};
// Graph first, then the side files.
const std::vector<FileRole>& file_roles();
const FileRole& role_of_member(std::string EngineFiles::*path);
// The role's name where one is given by name, as in Python and the page: "profile_metadata".
std::string role_word(const FileRole& role);

bool is_graph(FileKind kind);
bool is_side_file(FileKind kind);
// The roles that a file of that kind plays: none, one, or two for a log of build and run alike.
// Reads the file where its name does not decide.
std::vector<const FileRole*> roles_of(const std::string& path, FileKind kind);
// The role that the name claims ("x.profile.json"), for a file whose content says nothing: none for
// what is no regular file.
std::vector<const FileRole*> roles_by_name(const std::string& path);

}  // namespace trex
