// Unpacking an archive: all of it or nothing, and nothing outside the folder.

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "trex/base/error.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/load/archive.hpp"
#include "trex/load/archive_manifest.hpp"
#include "trex/load/quoted.hpp"

namespace trex {
namespace {

// What was made so far; removed again unless all of it succeeds.
class Made {
 public:
  Made() = default;
  ~Made() {
    for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) remove_quietly(*path);
  }
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  void add(const std::string& path) { paths_.push_back(path); }
  void keep() { paths_.clear(); }

 private:
  std::vector<std::string> paths_;
};

class Extractor {
 public:
  Extractor(const ZipReader& reader, std::string folder, bool overwrite)
      : reader_(reader), folder_(std::move(folder)), overwrite_(overwrite) {}

  void extract() {
    const std::optional<Manifest> manifest = read_manifest(reader_);
    if (!reader_.refused().empty()) {
      const ZipRefused& first = reader_.refused().front();
      fail("{}: {}: {}; nothing was extracted", reader_.path(), quoted_name(first.name), first.why);
    }
    make_folder(folder_);
    for (const ZipEntry& entry : reader_.entries()) {
      if (entry.name != manifest_name) write(entry, manifest);
    }
    made_.keep();
  }

 private:
  // The folder itself may be a link, that is the caller's choice; below it none is followed.
  void make_folder(const std::string& path) {
    if (path == "." || folders_.count(path) > 0) return;
    if (path != folder_) make_folder(directory_of(path));
    if (path != folder_ && is_symbolic_link(path)) {
      fail("{}: a link where the archive has a folder; nothing was extracted", path);
    }
    if (!is_directory(path)) {
      make_directories(path);
      made_.add(path);
    }
    folders_.insert(path);
  }

  void write(const ZipEntry& entry, const std::optional<Manifest>& manifest) {
    const std::string path = join_path(folder_, entry.name);
    make_folder(directory_of(path));
    const bool is_there = has_directory_entry(path);
    if (is_there && (!overwrite_ || is_symbolic_link(path) || !is_regular_file(path))) {
      fail("{}: is already there; {}", path,
           overwrite_ ? "it is no plain file, so it is not overwritten"
                      : "extract to another folder, or overwrite with --force");
    }
    AtomicFile file(path);
    Sha256 hash;
    reader_.read(entry, [&](std::string_view piece) {
      hash.update(piece);
      file.write(piece);
      return true;
    });
    const ManifestRow* row = manifest ? manifest->find(entry.name) : nullptr;
    if (row != nullptr && row->sha256 != hash.finish()) {
      fail("{}: {}: its SHA-256 is not that of the manifest; nothing was extracted", reader_.path(),
           quoted_name(entry.name));
    }
    file.commit();
    if (!is_there) made_.add(path);
  }

  const ZipReader& reader_;
  std::string folder_;
  bool overwrite_;
  std::set<std::string> folders_;
  Made made_;
};

}  // namespace

ArchiveContents extract_archive(const std::string& path, const std::string& folder,
                                bool overwrite) {
  const ZipReader reader(read_stored_file(path), path);
  Extractor(reader, folder, overwrite).extract();
  return list_archive(path);
}

}  // namespace trex
