// Writing and reading the manifest.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/archive_manifest.hpp"

#include <algorithm>

#include "trex/base/error.hpp"
#include "trex/base/json.hpp"

namespace trex {
namespace {

constexpr std::int64_t version = 1;
// Ten thousand members of long names fit; it is read whole, so it must not be a bomb of its own.
constexpr std::uint64_t largest_manifest_bytes = std::uint64_t{64} << 20;

std::string text_of(const Json& row, std::string_view key, const std::string& file) {
  const Json* value = row.find(key);
  if (value == nullptr || value->text() == nullptr) fail("{}: no text '{}'", file, key);
  return *value->text();
}

ManifestRow parse_row(const Json& row, const std::string& file) {
  const Json* size = row.find("size");
  if (size == nullptr || size->integer() == nullptr || *size->integer() < 0) {
    fail("{}: no whole number 'size'", file);
  }
  return {text_of(row, "name", file), text_of(row, "kind", file), text_of(row, "sha256", file),
          static_cast<std::uint64_t>(*size->integer())};
}

}  // namespace

const ManifestRow* Manifest::find(std::string_view name) const {
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), name,
                       [](const ManifestRow& row, std::string_view n) { return row.name < n; });
  return found == rows.end() || found->name != name ? nullptr : &*found;
}

std::string manifest_text(const Manifest& manifest) {
  Json files{Json::Array{}};
  for (const ManifestRow& row : manifest.rows) {
    Json file;
    file.set("name", row.name).set("kind", row.kind).set("size", row.size);
    files.push(std::move(file.set("sha256", row.sha256)));
  }
  Json text;
  text.set("trex_archive", version).set("engine", manifest.engine).set("files", std::move(files));
  return text.dump(2) + "\n";
}

Manifest parse_manifest(std::string_view text, const std::string& file) {
  const Json json = parse_json(text, file);
  const Json* stated = json.find("trex_archive");
  const Json* files = json.find("files");
  if (stated == nullptr || stated->integer() == nullptr || files == nullptr ||
      files->array() == nullptr) {
    fail("{}: not a manifest of trex", file);
  }
  if (*stated->integer() > version) {
    fail("{}: made by a newer trex (version {} of the manifest, this one knows {})", file,
         *stated->integer(), version);
  }
  Manifest manifest{text_of(json, "engine", file), {}};
  for (const Json& row : *files->array()) manifest.rows.push_back(parse_row(row, file));
  std::sort(manifest.rows.begin(), manifest.rows.end(),
            [](const ManifestRow& a, const ManifestRow& b) { return a.name < b.name; });
  for (std::size_t i = 1; i < manifest.rows.size(); ++i) {
    if (manifest.rows[i].name == manifest.rows[i - 1].name) {
      fail("{}: lists a name twice", file);
    }
  }
  return manifest;
}

std::optional<Manifest> read_manifest(const ZipReader& reader) {
  for (const ZipEntry& entry : reader.entries()) {
    if (entry.name != manifest_name) continue;
    const std::string file = join_path(reader.path(), entry.name);
    if (entry.size > largest_manifest_bytes) fail("{}: too large for a manifest", file);
    return parse_manifest(reader.read(entry).view(), file);
  }
  return std::nullopt;
}

}  // namespace trex
