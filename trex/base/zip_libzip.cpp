// Zip archives by libzip.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <zip.h>

#include <array>
#include <cerrno>

#include "trex/base/error.hpp"
#include "trex/base/file_handle.hpp"
#include "trex/base/text.hpp"
#include "trex/base/zip.hpp"
#include "trex/base/zip_directory.hpp"

namespace trex {
namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

struct CloseMember {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

struct ZipError {
  ZipError() { zip_error_init(&error); }
  ~ZipError() { zip_error_fini(&error); }
  ZipError(const ZipError&) = delete;
  ZipError& operator=(const ZipError&) = delete;
  std::string text() { return lower(zip_error_strerror(&error)); }
  zip_error_t error;
};

Archive open_bytes(std::string_view bytes, const std::string& path) {
  // libzip takes an empty file for an empty archive.
  if (bytes.empty()) fail("{}: the file is empty, not a zip archive", printable_path(path));
  ZipError error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error.error);
  if (source != nullptr) {
    Archive archive(zip_open_from_source(source, ZIP_RDONLY, &error.error));
    if (archive != nullptr) return archive;
    zip_source_free(source);
  }
  fail("{}: not a zip archive that can be read ({}); copy it again", printable_path(path),
       error.text());
}

// Unix stores the file's mode in the upper half.
bool is_link(zip_t* archive, zip_uint64_t number) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, number, 0, &system, &attributes) != 0) return false;
  return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

bool state_member(zip_t* archive, zip_uint64_t number, ZipStated& stated) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  // Names as the bytes that they are: code pages are anyone's guess.
  if (zip_stat_index(archive, number, ZIP_FL_ENC_RAW, &stat) != 0 ||
      (stat.valid & ZIP_STAT_NAME) == 0) {
    return false;
  }
  stated = {stat.name, stat.size, stat.comp_size, number, is_link(archive, number)};
  stated.is_encrypted = stat.encryption_method != ZIP_EM_NONE;
  stated.is_readable = zip_compression_method_supported(stat.comp_method, 0) == 1;
  stated.method = fmt::format(" ({})", stat.comp_method);
  return true;
}

}  // namespace

struct ZipReader::Source {
  Bytes bytes;
  Archive archive;
};

ZipReader::ZipReader(Bytes archive, std::string path) : path_(std::move(path)) {
  source_ = std::make_unique<Source>(Source{std::move(archive), nullptr});
  source_->archive = open_bytes(source_->bytes.view(), path_);
  zip_t* zip = source_->archive.get();
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(zip, 0));
  ZipDirectory directory(path_, source_->bytes.size(), count);
  for (std::uint64_t number = 0; number < count; ++number) {
    ZipStated stated;
    if (state_member(zip, number, stated)) directory.add(stated);
  }
  directory.finish(entries_, refused_);
}

ZipReader::~ZipReader() = default;

void ZipReader::read(const ZipEntry& entry,
                     const std::function<bool(std::string_view)>& take) const {
  const auto fail_with = [&](const std::string& why) {
    fail("{}: {}: {}; copy or make the archive again", printable_path(path_), printable(entry.name),
         why);
  };
  zip_t* zip = source_->archive.get();
  const std::unique_ptr<zip_file_t, CloseMember> file(zip_fopen_index(zip, entry.number, 0));
  if (file == nullptr) fail_with(lower(zip_strerror(zip)));
  std::string buffer(std::size_t{64} << 10, '\0');
  std::uint64_t done = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) fail_with(fmt::format("damaged ({})", lower(zip_file_strerror(file.get()))));
    if (got == 0) break;
    done += static_cast<std::uint64_t>(got);
    if (done > entry.size) fail_with("holds more bytes than declared");
    if (!take(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)))) return;
  }
  if (done < entry.size) fail_with("holds fewer bytes than declared");
}

struct ZipWriter::Target {
  Archive archive;
  std::vector<Bytes> contents;  // libzip reads them only when it closes
};

ZipWriter::ZipWriter(std::string path) : path_(std::move(path)) {
  struct stat status {};  // is_directory() takes an archive that is mounted for one
  if (stat(path_.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    fail("{}: is a directory, not a file", printable(path_));
  }
  int code = 0;
  Archive archive(zip_open(path_.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (archive == nullptr) {
    ZipError error;
    zip_error_init_with_code(&error.error, code);
    fail("{}: cannot be written: {}", printable(path_), error.text());
  }
  target_ = std::make_unique<Target>(Target{std::move(archive), {}});
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::add(const std::string& name, Bytes contents, bool compress) {
  // 1980-01-01 00:00, the first moment that a zip archive can name.
  constexpr zip_uint16_t first_time = 0, first_date = 1 << 5 | 1;
  constexpr zip_uint32_t ordinary_file = zip_uint32_t{S_IFREG | 0644} << 16;
  // The best compression is five times slower and saves some 10 % more: not for large files.
  constexpr std::size_t large_bytes = std::size_t{32} << 20;
  zip_t* zip = target_->archive.get();
  const std::string_view view = contents.view();
  zip_source_t* source = zip_source_buffer(zip, view.data(), view.size(), 0);
  const zip_int64_t added =
      source == nullptr ? -1 : zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_GUESS);
  if (added < 0) {
    zip_source_free(source);
    fail("{}: {}: {}", printable(path_), printable(name), lower(zip_strerror(zip)));
  }
  const auto number = static_cast<zip_uint64_t>(added);
  const zip_int32_t method = compress ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
  zip_set_file_compression(zip, number, method, view.size() > large_bytes ? 1 : 0);
  zip_file_set_dostime(zip, number, first_time, first_date, 0);
  zip_file_set_external_attributes(zip, number, 0, ZIP_OPSYS_UNIX, ordinary_file);
  target_->contents.push_back(std::move(contents));
}

void ZipWriter::commit() {
  zip_t* zip = target_->archive.get();
  if (zip_close(zip) != 0) {
    fail("{}: cannot be written: {}", printable(path_), lower(zip_strerror(zip)));
  }
  static_cast<void>(target_->archive.release());
}

}  // namespace trex
