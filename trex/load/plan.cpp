// Loading a plan graph: the strict walk first; if the text is damaged, mend it and walk again.
//
// Strict means what a strict JSON parser takes, and that the text is UTF-8 (plan_json.hpp says how
// this is made sure of); a byte-order mark is passed over. Everything else goes through mend_json.
// The engine keeps the text that was walked, for the layers' byte offsets point into it.

// SPDX-License-Identifier: Apache-2.0
#include "trex/load/plan.hpp"
#include "trex/load/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/folder.hpp"
#include "trex/load/lenient_json.hpp"
#include "trex/load/plan_finish.hpp"
#include "trex/load/plan_quoted.hpp"
#include "trex/load/plan_text.hpp"
#include "trex/load/plan_walk.hpp"
#include "trex/load/sniff.hpp"

namespace trex {
namespace {

void skip_byte_order_mark(PlanSource& source) {
  source.start = starts_with(source.text.view(), utf8_mark) ? utf8_mark.size() : 0;
  if (source.start == 0) return;
  source.notes.push_back(
      {source.file, "line 1, column 1", "a byte-order mark, which JSON has not; skipped"});
}

// The inspector's one-line form becomes JSON.
void unfold_text(PlanSource& source) {
  auto json = json_of_plan_text(source.text.view().substr(source.start));
  if (!json) return;
  source.text = Bytes::from(std::move(*json));
  source.start = 0;
  source.is_text = true;
  source.notes.push_back({source.file, "",
                          "the text form of the layer information, where names stand without "
                          "quotes: odd ones may be misread; prefer trtexec --exportLayerInfo"});
}

// Throws JsonDamage. Walks a second time when the layers of profile 0, wanted by default, are not
// there, or serve the profile that was asked for without naming it; and when the plan graph or its
// layers stand in JSON strings.
Engine walk(PlanSource& source, bool may_be_quoted) {
  const int wanted = source.opt_profile.value_or(0);
  PlanWalk first(source.text.view(), source.start, source.file, wanted);
  first.run();
  if (may_be_quoted && (first.quoted_text || first.has_quoted_layers)) {
    source.text = Bytes::from(
        first.quoted_text ? std::move(*first.quoted_text)
                          : unquote_layers(source.text.view().substr(source.start), source.file));
    source.start = 0;
    source.notes.push_back({source.file, "", "layers that are quoted as JSON strings"});
    return walk(source, false);
  }
  const bool serves = layers_serve_all_profiles(first) && bindings_have_profile(first, wanted);
  if (first.kept_layers > 0 || first.file_layers == 0 || (source.opt_profile && !serves)) {
    return finish_plan(first, source, wanted);
  }
  const int present = first.layers_of_profile.begin()->first;
  PlanWalk second(source.text.view(), source.start, source.file, present);
  second.run();
  return finish_plan(second, source, serves ? wanted : present);
}

void give_back(std::string text, FileKind kind, std::vector<OtherDocuments>& others) {
  const auto same = [&](const OtherDocuments& other) { return other.kind == kind; };
  const auto place = std::find_if(others.begin(), others.end(), same);
  if (place == others.end()) {
    others.push_back({kind, std::move(text)});
  } else {
    place->text += '\n' + text;
  }
}

// "cat graph.json profile.json": the graphs stay.
void take_out_side_files(PlanSource& source, std::vector<std::string>& documents,
                         std::vector<OtherDocuments>* others) {
  if (documents.size() < 2) return;
  std::vector<std::string> graphs;
  std::vector<OtherDocuments> taken;
  for (std::string& document : documents) {
    const FileKind kind = sniff(std::string_view(document).substr(0, sniff_bytes));
    if (is_side_file(kind)) {
      give_back(std::move(document), kind, taken);
    } else {
      graphs.push_back(std::move(document));
    }
  }
  documents = std::move(graphs);
  if (others != nullptr) {
    *others = std::move(taken);
    return;
  }
  for (const OtherDocuments& other : taken) {
    source.notes.push_back({source.file, "",
                            fmt::format("a {} stands in the same file and is left out; put it into "
                                        "a file of its own and give that, too",
                                        file_kind_name(other.kind))});
  }
}

// Replaces the text by the mended one: one document, or a list of all.
void mend(PlanSource& source, std::vector<OtherDocuments>* others) {
  MendedJson mended = mend_json(source.text.view().substr(source.start), source.file);
  source.start = 0;
  for (Note& note : mended.notes) source.notes.push_back(std::move(note));
  if (mended.cut_off) source.cut_off_at = mended.end;
  take_out_side_files(source, mended.documents, others);
  if (mended.documents.empty()) {
    fail_at(source.file, {}, "no plan graph: there are no 'Layers' in any of its documents");
  }
  if (mended.documents.size() == 1) {
    source.text = Bytes::from(std::move(mended.documents[0]));
    return;
  }
  source.notes.push_back(
      {source.file, "", fmt::format("{} JSON documents in one file", mended.documents.size())});
  std::string list;
  for (std::string& document : mended.documents) {
    list += list.empty() ? '[' : ',';
    list += document;
    document = {};  // the text may be large: not twice
  }
  list += ']';
  source.text = Bytes::from(std::move(list));
}

}  // namespace

bool has_plan_behind(std::string_view text, FileKind kind) {
  return (kind == FileKind::profile || kind == FileKind::metadata) && contains(text, "\"Layers\"");
}

Engine load_plan(Bytes text, const std::string& file, std::optional<int> opt_profile,
                 std::vector<OtherDocuments>* others) {
  PlanSource source;
  source.text = std::move(text);
  source.file = printable(file);
  source.opt_profile = opt_profile;
  constexpr std::string_view blanks(" \t\r\n\0", 5);
  if (source.text.view().find_first_not_of(blanks) == std::string_view::npos) {
    fail_at(source.file, {}, "the file is empty; export it again");
  }
  skip_byte_order_mark(source);
  unfold_text(source);
  try {
    return walk(source, true);
  } catch (const JsonDamage&) {
    mend(source, others);
  }
  try {
    return walk(source, true);
  } catch (const JsonDamage& damage) {
    fail_at(source.file, {},
            fmt::format("it cannot be read as JSON ({}); export it again",
                        simdjson::error_message(damage.code)));
  }
}

}  // namespace trex
