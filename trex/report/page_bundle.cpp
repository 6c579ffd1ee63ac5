// Each engine's files stand in a folder of their own, "0/x.graph.json", so that two engines may
// have files of one name and none takes another's.

// SPDX-License-Identifier: Apache-2.0
#include "trex/report/page_bundle.hpp"

#include <fmt/format.h>

#include <set>

#include "trex/base/base64.hpp"
#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/json.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/report/slim_timing.hpp"

namespace trex::report {
namespace {

constexpr std::string_view place_of_report = "<!-- report -->";

// "</script>" or "<!--" in a name would end the element early: inside JSON's texts "<" can be
// escaped.
std::string for_script(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
  return text;
}

// What standard input gave has no name to be recognised by.
std::string name_of(const std::string& path, std::string_view role) {
  return path == "-" ? "standard-input." + std::string(role) + ".json" : file_name_of(path);
}

struct Packed {
  Json files{Json::Array{}};
  Json notes{Json::Array{}};  // what the files in the page lack, in words
};

// What a reader of the page may miss in this file, else everything.
std::string packed_bytes(const std::string& path, const FileRole& role, Packed& packed) {
  const Bytes bytes = read_file(path);
  if (role.path == &EngineFiles::timing) {
    if (const std::optional<SlimTiming> slim = slim_timing(bytes, path)) {
      packed.notes.push(fmt::format(
          "{}: of each of the {} inferences this report holds how long its parts took, not when "
          "they began and ended",
          file_name_of(path), slim->records));
      return deflate_gzip(slim->json);
    }
  }
  return deflate_gzip(bytes.view());
}

// Adds the files of one engine to `packed`, and gives their names.
Json add_engine(const EngineFiles& engine, std::size_t number, Packed& packed) {
  Json names{Json::Array{}};
  std::set<std::string> paths, taken;
  for (const FileRole& role : file_roles()) {
    const std::string& path = engine.*role.path;
    if (path.empty() || role.path == &EngineFiles::onnx) continue;
    if (!paths.insert(path).second) continue;  // one file may hold several
    std::string name = name_of(path, role_word(role));
    while (!taken.insert(name).second) name = role_word(role) + "-" + name;
    name = std::to_string(number) + "/" + name;
    Json file;
    file.set("name", name);
    file.set("gzip_base64", base64(packed_bytes(path, role, packed)));
    packed.files.push(std::move(file));
    names.push(name);
  }
  return names;
}

// What the files do not say: how the engine is called, and which optimization profile is meant.
Json options_json(const EngineFiles& engine) {
  Json options{Json::Object{}};
  if (!engine.name.empty()) options.set("name", engine.name);
  if (engine.opt_profile)
    options.set("opt_profile", static_cast<std::int64_t>(*engine.opt_profile));
  return options;
}

}  // namespace

std::string page_with_data(std::string_view page, std::string_view id, std::string_view json) {
  const std::size_t place = page.rfind(place_of_report);
  if (place == std::string_view::npos) {
    fail("the page has no place for a report ('{}'); build it again with make page",
         place_of_report);
  }
  std::string html(page.substr(0, place));
  html += fmt::format(R"(<script type="application/json" id="{}">)", id);
  html += for_script(json);
  html += "</script>";
  html += page.substr(place + place_of_report.size());
  return html;
}

std::string bundled_page(std::string_view page, std::span<const EngineFiles> engines,
                         const BundleOptions& options) {
  Packed packed;
  Json groups{Json::Array{}}, choices{Json::Array{}};
  for (std::size_t i = 0; i < engines.size(); ++i) {
    groups.push(add_engine(engines[i], i, packed));
    choices.push(options_json(engines[i]));
  }
  Json report;
  const bool has_notes = !packed.notes.array()->empty();
  report.set("files", std::move(packed.files)).set("engines", std::move(groups));
  report.set("options", std::move(choices));
  if (has_notes) report.set("notes", std::move(packed.notes));
  if (!options.history.empty()) report.set("history", parse_json(options.history, "history"));
  if (!options.state.empty()) report.set("state", options.state);
  return page_with_data(page, "trex-report", report.dump());
}

}  // namespace trex::report
