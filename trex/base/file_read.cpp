// Reading whole files: mapped, copied, from a pipe, or decompressed.

// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <map>
#include <optional>

#ifndef __EMSCRIPTEN__
#include <sys/mman.h>
#endif

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/grown_buffer.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/mount.hpp"
#include "trex/base/stored_file.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"

namespace trex {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} << 10;
// Below this a copy costs less than 0.1 ms, and needs no trust in other programs.
[[maybe_unused]] constexpr std::size_t smallest_mapping_bytes = std::size_t{1} << 20;

std::size_t memory_limit() {
  std::uint64_t limit =
      std::min<std::uint64_t>(max_inflated_bytes, std::numeric_limits<std::size_t>::max() / 4);
#ifndef __EMSCRIPTEN__
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages > 0 && page_bytes > 0) {
    limit = std::min(
        limit, static_cast<std::uint64_t>(pages) / 2 * static_cast<std::uint64_t>(page_bytes));
  }
#endif
  return static_cast<std::size_t>(limit);
}

// Reads until the end, or until `most` bytes are there.
Bytes read_all(const FileHandle& file, std::size_t expected, std::size_t most) {
  GrownBuffer buffer;
  std::size_t wanted = expected + 1;  // the one more sees the end without growing
  while (buffer.size() < most) {
    wanted = std::min(wanted, most - buffer.size());
    const std::size_t got = file.read(buffer.room(wanted, file.path()), wanted);
    if (got == 0) break;
    buffer.advance(got);
    wanted = wanted > got ? wanted - got : std::max(chunk_bytes, buffer.size());
  }
  return std::move(buffer).finish();
}

// What pipes gave, by path. A pipe can be read only once, and opening a named one a second time
// would wait for a writer that never comes.
std::map<std::string, Bytes>& kept_pipes() {
  static std::map<std::string, Bytes> kept;
  return kept;
}
const Bytes* find_kept(const std::string& path) {
  const auto found = kept_pipes().find(path);
  return found == kept_pipes().end() ? nullptr : &found->second;
}

Bytes read_pipe(const FileHandle& file) {
  const std::size_t limit = memory_limit();
  Bytes bytes = read_all(file, chunk_bytes, limit);
  if (bytes.size() == limit) {
    fail("{}: gives more than {}", file.name(), human_bytes(static_cast<std::int64_t>(limit)));
  }
  kept_pipes().emplace(file.path(), bytes);
  return bytes;
}

#ifndef __EMSCRIPTEN__
// The file over the beginning of a larger anonymous mapping, so that the bytes after it can be
// read even where the file ends with its last page.
Bytes map(const FileHandle& file, std::size_t size) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t reserved = size + Bytes::padding + page;
  void* start = mmap(nullptr, reserved, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED) return read_all(file, size, std::numeric_limits<std::size_t>::max() / 4);
  const std::shared_ptr<const void> owner(
      start, [reserved](const void* p) { munmap(const_cast<void*>(p), reserved); });
  if (mmap(start, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file.descriptor(), 0) == MAP_FAILED) {
    return read_all(file, size, std::numeric_limits<std::size_t>::max() / 4);
  }
  madvise(start, size, MADV_WILLNEED);
  return {owner, {static_cast<const char*>(start), size}};
}
#endif

// The member of an archive that `path` names, if it leads into one.
struct Member {
  const ZipReader* reader;
  const ZipEntry* entry;
};
std::optional<Member> find_member(const std::string& path) {
  const std::optional<MountedPath> mounted = find_mounted(path);
  if (!mounted || mounted->inside.empty()) return std::nullopt;
  const ZipEntry* entry = mounted->archive->find(mounted->inside);
  if (entry == nullptr) fail("{}: no such file in the archive", printable_path(path));
  return Member{&mounted->archive->reader(), entry};
}

// The bytes as they lie on the disk.
Bytes read_stored(const std::string& path) {
  if (const Bytes* kept = find_kept(path)) return *kept;
  if (const auto member = find_member(path)) return member->reader->read(*member->entry);
  const FileHandle file(path);
  if (!file.is_regular()) return read_pipe(file);
  const std::uint64_t size = file.size();
  if (size > std::numeric_limits<std::size_t>::max() / 4) fail("{}: is too large", file.name());
#ifndef __EMSCRIPTEN__
  if (size >= smallest_mapping_bytes) return map(file, static_cast<std::size_t>(size));
#endif
  return read_all(file, static_cast<std::size_t>(size), memory_limit());
}

// The first `count` of those; more when they are there anyway.
Bytes read_stored_head(const std::string& path, std::size_t count) {
  if (const Bytes* kept = find_kept(path)) return *kept;
  if (const auto member = find_member(path)) {
    return Bytes::from(member->reader->read_head(*member->entry, count));
  }
  const FileHandle file(path);
  if (!file.is_regular()) return read_pipe(file);
  return read_all(file, std::min(count, chunk_bytes), count);
}

}  // namespace

Bytes Bytes::from(std::string text) {
  const std::size_t size = text.size();
  text.append(padding, '\0');
  const auto owner = std::make_shared<const std::string>(std::move(text));
  return {owner, {owner->data(), size}};
}

Bytes read_stored_file(const std::string& path) { return read_stored(path); }

Bytes read_file(const std::string& path) {
  Bytes bytes = read_stored(path);
  if (!is_gzip(bytes.view())) return bytes;
  return inflate_gzip(bytes.view(), path, memory_limit());
}

std::string read_head(const std::string& path, std::size_t count) {
  constexpr std::size_t enough_to_see_gzip = 3;
  const Bytes head = read_stored_head(path, std::max(count, enough_to_see_gzip));
  if (!is_gzip(head.view())) return std::string(head.view().substr(0, count));
  return inflate_gzip_head(read_stored(path).view(), path, count);
}

}  // namespace trex
