// One row a file; what is wrong stands under the table too, where nobody overlooks it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/archive_report.hpp"

#include <fmt/format.h>

#include "trex/base/text.hpp"
#include "trex/document/units.hpp"

namespace trex::report {
namespace {

// Sizes of hostile archives may be past what the table's integers hold.
std::int64_t bytes_of(std::uint64_t size) {
  return std::in_range<std::int64_t>(size) ? static_cast<std::int64_t>(size) : null_integer;
}

Table members_table(const ArchiveContents& contents) {
  Table table;
  const auto known_or_null = [&](const std::string& text) {
    return text.empty() ? null_string : table.strings()->intern(text);
  };
  std::vector<std::string> names;
  std::vector<StringId> kinds, hashes, problems;
  std::vector<std::int64_t> sizes, packed;
  for (const ArchiveMember& member : contents.members) {
    names.push_back(member.name);
    kinds.push_back(known_or_null(member.kind));
    sizes.push_back(bytes_of(member.size));
    packed.push_back(bytes_of(member.packed_size));
    hashes.push_back(known_or_null(member.sha256));
    problems.push_back(known_or_null(member.problem));
  }
  using Text = Key<std::string_view>;
  using Count = Key<std::int64_t>;
  table.add(Text{"name", Unit::none, "path in the archive"}, names);
  table.add(Text{"kind", Unit::none, "what it holds"}, kinds);
  table.add(Count{"bytes", Unit::bytes, "unpacked"}, sizes);
  table.add(Count{"packed_bytes", Unit::bytes, "in the archive"}, packed);
  table.add(Text{"sha256", Unit::none, "of its contents"}, hashes);
  table.add(Text{"problem", Unit::none, "what is wrong with it"}, problems);
  return table;
}

ListBlock said_problems(const ArchiveContents& contents) {
  constexpr std::size_t most = 20;
  ListBlock list{"Problems", contents.problems};
  std::size_t count = list.items.size();
  for (const ArchiveMember& member : contents.members) {
    if (member.problem.empty()) continue;
    if (++count <= most) list.items.push_back(member.name + ": " + member.problem);
  }
  if (count > most) list.items.push_back(fmt::format("{} more", count - most));
  return list;
}

}  // namespace

Document archive_report(const ArchiveContents& contents, const std::string& done) {
  Document document{.title = contents.path, .blocks = {}};
  std::uint64_t total = 0;
  for (const ArchiveMember& member : contents.members) total += member.size;
  FactsBlock facts;
  const std::string manifest =
      contents.has_manifest ? "SHA-256 of every file" : "none: made by TREx or by hand";
  facts.facts = {
      {.key = "archive", .label = "", .value = contents.path},
      {.key = "", .label = "archive", .value = done},
      {.key = "engine",
       .label = contents.engine.empty() ? "" : "engine",
       .value = contents.engine.empty() ? Json() : Json(contents.engine)},
      {.key = "has_manifest", .label = "", .value = contents.has_manifest},
      {.key = "", .label = "manifest", .value = manifest},
      {.key = "", .label = "files", .value = counted(contents.members.size(), "file")},
      {.key = "archive_bytes",
       .label = "packed",
       .value = bytes_of(contents.archive_size),
       .unit = Unit::bytes},
      {.key = "bytes", .label = "unpacked", .value = bytes_of(total), .unit = Unit::bytes},
      {.key = "is_sound", .label = "", .value = contents.is_sound()},
  };
  document.blocks.emplace_back(std::move(facts));
  TableBlock table{.key = "files", .title = "Files", .table = members_table(contents)};
  table.text_columns = {"name", "kind", "bytes", "packed_bytes"};
  table.csv_columns = {"name", "kind", "bytes", "packed_bytes", "sha256", "problem"};
  table.optional_columns = {"packed_bytes"};
  document.blocks.emplace_back(std::move(table));
  Json problems{Json::Array{}};
  for (const std::string& problem : contents.problems) problems.push(problem);
  document.blocks.emplace_back(
      JsonBlock{.key = "problems", .title = "", .value = problems, .audience = Audience::programs});
  if (!contents.is_sound()) document.blocks.emplace_back(said_problems(contents));
  return document;
}

}  // namespace trex::report
