// What is in an archive, and is it what the manifest says?

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/archive.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/load/archive_manifest.hpp"
#include "trex/load/folder.hpp"

namespace trex {
namespace {

class Opened {
 public:
  explicit Opened(const std::string& path) : bytes_(read_stored_file(path)), reader_(bytes_, path) {
    contents_.path = path;
    contents_.archive_size = bytes_.size();
    try {
      manifest_ = read_manifest(reader_);
    } catch (const Error& error) {
      contents_.problems.emplace_back(error.what());
    }
    if (manifest_) {
      contents_.has_manifest = true;
      contents_.engine = manifest_->engine;
    }
  }

  ArchiveContents list(bool verify) {
    for (const ZipEntry& entry : reader_.entries()) {
      if (entry.name != manifest_name) contents_.members.push_back(member_of(entry, verify));
    }
    for (const ZipRefused& refused : reader_.refused()) {
      contents_.members.push_back({refused.name, "", 0, 0, "", "not read: " + refused.why});
    }
    if (manifest_) add_missing();
    std::sort(contents_.members.begin(), contents_.members.end(),
              [](const ArchiveMember& a, const ArchiveMember& b) { return a.name < b.name; });
    return std::move(contents_);
  }

 private:
  ArchiveMember member_of(const ZipEntry& entry, bool verify) {
    ArchiveMember member{entry.name, "", entry.size, entry.packed_size, "", ""};
    const ManifestRow* row = manifest_ ? manifest_->find(entry.name) : nullptr;
    if (row != nullptr) {
      member.kind = row->kind;
      member.sha256 = row->sha256;
      if (row->size != entry.size) {
        member.problem = fmt::format("{} bytes, the manifest says {}", entry.size, row->size);
      }
    } else if (manifest_) {
      member.problem = "not in the manifest: added later";
    }
    try {
      if (member.kind.empty()) {
        member.kind = file_kind_name(sniff(reader_.read_head(entry, sniff_bytes)));
      }
      if (verify) check_contents(entry, member);
    } catch (const Error& error) {
      member.problem = error.what();
    }
    return member;
  }

  void check_contents(const ZipEntry& entry, ArchiveMember& member) {
    Sha256 hash;
    reader_.read(entry, [&](std::string_view piece) {
      hash.update(piece);
      return true;
    });
    const std::string found = hash.finish();
    if (member.sha256.empty()) {
      member.sha256 = found;
    } else if (member.sha256 != found && member.problem.empty()) {
      member.problem = "its SHA-256 is not that of the manifest: changed later";
    }
  }

  void add_missing() {
    std::vector<std::string_view> there;
    for (const ArchiveMember& member : contents_.members) there.push_back(member.name);
    std::sort(there.begin(), there.end());
    std::vector<ArchiveMember> missing;
    for (const ManifestRow& row : manifest_->rows) {
      if (std::binary_search(there.begin(), there.end(), row.name)) continue;
      missing.push_back({row.name, row.kind, row.size, 0, row.sha256, "missing"});
    }
    std::move(missing.begin(), missing.end(), std::back_inserter(contents_.members));
  }

  Bytes bytes_;
  ZipReader reader_;
  std::optional<Manifest> manifest_;
  ArchiveContents contents_;
};

}  // namespace

bool ArchiveContents::is_sound() const {
  return problems.empty() && std::all_of(members.begin(), members.end(),
                                         [](const auto& member) { return member.problem.empty(); });
}

ArchiveContents list_archive(const std::string& path) { return Opened(path).list(false); }
ArchiveContents verify_archive(const std::string& path) { return Opened(path).list(true); }

}  // namespace trex
