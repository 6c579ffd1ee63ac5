// In which folder of a dataset do an engine's rows stand?

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/dataset_partition.hpp"

#include <fmt/format.h>

#include <vector>

#include "trex/base/sha256.hpp"
#include "trex/base/text.hpp"

namespace trex::store {
namespace {

constexpr std::size_t digest_digits = 16;

bool stands_for_itself(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return true;  // of valid UTF-8: Hive would decode %C3 to a character of its own
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~,@()").find(c) != std::string_view::npos;
}

std::string escaped(char c) { return fmt::format("%{:02X}", static_cast<unsigned char>(c)); }

// Cut at `size` bytes, but neither within a character nor within %XX.
std::string_view cut(std::string_view encoded, std::size_t size) {
  while (size > 0 && (static_cast<unsigned char>(encoded[size]) & 0xC0U) == 0x80U) --size;
  const std::size_t percent = encoded.rfind('%', size);
  if (percent != std::string_view::npos && percent < size && percent + 3 > size) size = percent;
  return encoded.substr(0, size);
}

int hexadecimal_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string encode_partition_value(const std::optional<std::string>& value) {
  if (!value || value->empty()) return std::string(unknown_partition);
  const std::string text = to_valid_utf8(*value);
  // What begins with '.' or '_' is hidden from Hive's readers; behind "model=" neither is, but a
  // value that looks like Hive's null would be read as one.
  const bool looks_unknown = text == unknown_partition || equals_ignoring_case(text, "null");
  std::string result;
  for (const char c : text) {
    const bool is_first = result.empty();
    const bool keep = stands_for_itself(c) && !(is_first && (c == '.' || looks_unknown));
    result += keep ? std::string(1, c) : escaped(c);
    // A name of a megabyte is not encoded to its end only to be cut.
    if (result.size() > max_partition_bytes + digest_digits) break;
  }
  if (result.size() <= max_partition_bytes) return result;
  const std::string digest = sha256(*value).substr(0, digest_digits);
  return fmt::format("{}~{}", cut(result, max_partition_bytes - digest_digits - 1), digest);
}

std::optional<std::string> decode_partition_value(std::string_view text) {
  if (text == unknown_partition) return std::nullopt;
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() &&
                           hexadecimal_digit(text[i + 1]) >= 0 &&
                           hexadecimal_digit(text[i + 2]) >= 0;
    if (!is_escape) {
      result += text[i];
      continue;
    }
    result +=
        static_cast<char>(hexadecimal_digit(text[i + 1]) * 16 + hexadecimal_digit(text[i + 2]));
    i += 2;
  }
  return result;
}

std::string partition_path(const Partition& partition) {
  std::vector<std::string> folders;
  for (std::size_t i = 0; i < partition.size(); ++i) {
    folders.push_back(
        fmt::format("{}={}", partition_columns[i], encode_partition_value(partition[i])));
  }
  return join(folders, "/");
}

std::optional<Partition> partition_of(std::string_view file_path) {
  Partition result;
  std::size_t found = 0;
  for (const std::string_view folder : split(file_path, '/')) {
    if (found == partition_columns.size()) break;
    const std::string_view column = partition_columns[found];
    if (!starts_with(folder, column) || folder.substr(column.size(), 1) != "=") continue;
    result[found++] = decode_partition_value(folder.substr(column.size() + 1));
  }
  if (found < partition_columns.size()) return std::nullopt;
  return result;
}

}  // namespace trex::store
