// Which files belong to an engine, and into the archive with them.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/base/text.hpp"
#include "trex/base/zip.hpp"
#include "trex/base/zip_directory.hpp"
#include "trex/load/archive.hpp"
#include "trex/load/archive_folders.hpp"
#include "trex/load/archive_manifest.hpp"
#include "trex/load/file_names.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/quoted.hpp"

namespace trex {
namespace {

// Weights, pictures and what is packed already: packing them again costs time and saves nothing.
bool is_dense(const std::string& name, const std::string& kind) {
  if (kind == file_kind_name(FileKind::serialized_engine)) return true;
  for (const std::string_view suffix :
       {".engine", ".plan", ".trt", ".onnx", ".gz", ".png", ".pdf", ".zst", ".xz"}) {
    if (ends_with(lower(name), suffix)) return true;
  }
  return false;
}

class Gathering {
 public:
  Gathering(const EngineFiles& engine, const ArchiveChoice& choice)
      : engine_(engine), choice_(choice) {}

  std::vector<ArchiveInput> gather(const std::string& folder) {
    for (const FileRole& role : file_roles()) {
      const std::string& path = engine_.*role.path;
      if (path == "-") fail("standard input cannot be archived; give the file");
      if (!path.empty()) add(path, std::string(role.kind));
    }
    const std::string anchor = files_.empty() ? "" : files_.front().path;
    if (!anchor.empty()) add_relatives(directory_of(anchor), folder);
    for (const std::string& path : choice_.extra) {
      if (!is_regular_file(path)) fail("{}: no such file to add", path);
      add(path, "");
    }
    std::sort(files_.begin(), files_.end(),
              [](const ArchiveInput& a, const ArchiveInput& b) { return a.name < b.name; });
    return std::move(files_);
  }

 private:
  // A log of build and run plays two roles; it is one file.
  void add(const std::string& path, std::string kind) {
    if (!seen_.insert(path).second) return;
    if (kind.empty()) kind = file_kind_name(sniff(read_head(path, sniff_bytes)));
    if (!choice_.onnx && kind == "ONNX model") return;
    if (!choice_.engine && kind == file_kind_name(FileKind::serialized_engine)) return;
    files_.push_back({path, file_name_of(path), std::move(kind)});
  }

  void add_relatives(const std::string& beside, const std::string& folder) {
    const std::string stem = engine_name_of(file_name_of(files_.front().path));
    for (const std::string& name : list_directory(beside)) {
      const bool is_named_after = name == stem || starts_with(name, stem + ".");
      const std::string path = join_path(beside, name);
      if (starts_with(name, ".") || name == manifest_name) continue;
      if (!is_regular_file(path) || is_archive(path)) continue;
      if (is_named_after || beside == folder) add(path, "");
    }
  }

  const EngineFiles& engine_;
  const ArchiveChoice& choice_;
  std::vector<ArchiveInput> files_;
  std::set<std::string> seen_;
};

void refuse_doubles(const std::vector<ArchiveInput>& files) {
  std::map<std::string, const ArchiveInput*> by_name;
  for (const ArchiveInput& file : files) {
    if (file.name == manifest_name)
      fail("{}: an archive has a file of that name itself", file.path);
    const auto [other, is_new] = by_name.emplace(file.name, &file);
    if (!is_new) {
      fail("{} and {} have one name; an archive holds one engine, of one folder",
           quoted_name(other->second->path), quoted_name(file.path));
    }
  }
}

void refuse_names(const std::string& path, const std::vector<ArchiveContent>& members) {
  std::set<std::string_view> names;
  for (const ArchiveContent& member : members) {
    if (safe_member_name(member.name) != member.name || member.name == manifest_name) {
      fail("{}: {} is no name for a file in an archive", path, quoted_name(member.name));
    }
    if (!names.insert(member.name).second) {
      fail("{}: two files are called {}", path, quoted_name(member.name));
    }
  }
}

void refuse_overwriting(const std::string& path) {
  if (has_directory_entry(path) && !is_archive(path)) {
    fail("{}: is there and no archive, so it is not overwritten; name the archive first", path);
  }
}

ArchiveContents write_members(const std::string& path, const Manifest& manifest,
                              std::vector<ArchiveContent> members) {
  ZipWriter writer(path);
  // First, so that a reader of the stream knows what will come.
  writer.add(std::string(manifest_name), Bytes::from(manifest_text(manifest)), true);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool compress = !is_dense(members[i].name, manifest.rows[i].kind);
    writer.add(members[i].name, std::move(members[i].contents), compress);
  }
  writer.commit();
  return list_archive(path);
}

}  // namespace

std::vector<ArchiveInput> files_to_archive(const EngineFiles& engine, const std::string& folder,
                                           const ArchiveChoice& choice) {
  return Gathering(engine, choice).gather(folder);
}

ArchiveContents write_archive(const std::string& path, const std::string& engine_name,
                              const std::vector<ArchiveInput>& files) {
  refuse_overwriting(path);
  refuse_doubles(files);
  Manifest manifest{engine_name, {}};
  std::vector<ArchiveContent> members;
  for (const ArchiveInput& file : files) {
    Bytes contents = read_stored_file(file.path);
    manifest.rows.push_back({file.name, file.kind, sha256(contents.view()), contents.size()});
    members.push_back({file.name, std::move(contents)});
  }
  return write_members(path, manifest, std::move(members));
}

ArchiveContents write_archive(const std::string& path, const std::string& engine_name,
                              std::vector<ArchiveContent> members) {
  refuse_overwriting(path);
  refuse_names(path, members);
  std::sort(members.begin(), members.end(),
            [](const ArchiveContent& a, const ArchiveContent& b) { return a.name < b.name; });
  Manifest manifest{engine_name, {}};
  for (const ArchiveContent& member : members) {
    const std::string_view bytes = member.contents.view();
    const FileKind kind = sniff(bytes.substr(0, sniff_bytes));
    manifest.rows.push_back(
        {member.name, std::string(file_kind_name(kind)), sha256(bytes), bytes.size()});
  }
  return write_members(path, manifest, std::move(members));
}

}  // namespace trex
