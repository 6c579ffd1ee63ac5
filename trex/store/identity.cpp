// The id is a hash of hashes, so that a file's end cannot pass for the next one's beginning.

// SPDX-License-Identifier: Apache-2.0
#include "trex/store/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "trex/base/file.hpp"
#include "trex/base/sha256.hpp"
#include "trex/base/text.hpp"
#include "trex/trtexec/log.hpp"

namespace trex::store {
namespace {

constexpr std::size_t id_digits = 16;
constexpr std::size_t dated_lines = 100;  // a log that has times has one in its first lines

// "05/08/2024-14:05:14" -> "2024-05-08"; empty for anything else.
std::string iso_date(std::string_view time) {
  const auto number = [&](std::size_t first, std::size_t count) {
    return parse_integer(time.substr(first, count)).value_or(0);
  };
  if (time.size() < 10 || time[2] != '/' || time[5] != '/') return "";
  const std::int64_t month = number(0, 2);
  const std::int64_t day = number(3, 2);
  const std::int64_t year = number(6, 4);
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1970) return "";
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string date_of_log(std::string_view text) {
  std::size_t start = 0;
  for (std::size_t line = 0; line < dated_lines && start < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string date = iso_date(trtexec::parse_line(text.substr(start, end - start), 1).time);
    if (!date.empty()) return date;
    start = end + 1;
  }
  return "";
}

}  // namespace

Identity identify(const Engine& engine) {
  Identity identity;
  identity.name = engine.name;
  std::vector<std::string> parts;
  std::string built;
  for (const SourceFile& source : engine.sources) {
    if (source.kind == "ONNX model") continue;  // large, and nothing in the tables comes from it
    const Bytes bytes = read_file(source.path);
    parts.push_back(fmt::format("{} {}\n", source.kind, sha256(bytes.view())));
    if (source.kind == "profile log") identity.date = date_of_log(bytes.view());
    if (source.kind == "build log") built = date_of_log(bytes.view());
  }
  if (identity.date.empty()) identity.date = built;
  std::sort(parts.begin(), parts.end());
  Sha256 hash;
  for (const std::string& part : parts) hash.update(part);
  hash.update(fmt::format("optimization profile {}\n", engine.opt_profile));
  identity.id = hash.finish().substr(0, id_digits);
  return identity;
}

}  // namespace trex::store
