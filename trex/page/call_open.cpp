// open: files -> engines. close: forgets one.
//
// The page may hand over a whole folder that somebody dropped. What is no file of an engine is an
// entry of "errors", and the others open; so is an engine that holds nothing to show.

// SPDX-License-Identifier: Apache-2.0
#include <climits>

#include "trex/base/error.hpp"
#include "trex/load/file_roles.hpp"
#include "trex/load/load.hpp"
#include "trex/page/calls.hpp"

namespace trex::page {
namespace {

Json files_json(const Engine& engine) {
  Json list{Json::Array{}};
  for (const SourceFile& source : engine.sources) {
    Json file;
    file.set("role", source.kind).set("name", source.path).set("how", source.how);
    list.push(std::move(file));
  }
  return list;
}

EngineFiles explicit_files(const Request& request) {
  EngineFiles files;
  for (const FileRole& role : file_roles()) files.*role.path = request.text(role_word(role));
  files.name = request.text("name");
  if (const std::optional<std::int64_t> number = request.integer("opt_profile")) {
    if (*number < 0 || *number > INT_MAX) fail("opt_profile: a number from 0, not {}", *number);
    files.opt_profile = static_cast<int>(*number);
  }
  return files;
}

// Those that alone are recognised; the others with the reason.
std::vector<std::string> known_files(const std::vector<std::string>& files, Json& errors) {
  std::vector<std::string> known;
  for (const std::string& file : files) {
    try {
      find_engine_files({file}, {});
      known.push_back(file);
    } catch (const Error& error) {
      errors.push(error.what());
    }
  }
  return known;
}

std::vector<EngineFiles> found_engines(const std::vector<std::string>& files,
                                       const EngineFiles& given, Json& errors) {
  try {
    return find_engine_files(files, given);
  } catch (const Error& error) {
    const std::vector<std::string> known = known_files(files, errors);
    if (known.empty() || known.size() == files.size()) {
      if (errors.array()->empty()) errors.push(error.what());
      return {};
    }
    try {
      return find_engine_files(known, given);
    } catch (const Error& second) {
      errors.push(second.what());
      return {};
    }
  }
}

}  // namespace

Answer open_call(Session& session, const Request& request) {
  Json engines{Json::Array{}}, errors{Json::Array{}};
  const std::vector<std::string> files = request.texts("files");
  for (const EngineFiles& found : found_engines(files, explicit_files(request), errors)) {
    try {
      const std::int64_t id = session.add(load_engine(found));
      const Engine& engine = session.at(id).engine();
      Json entry;
      entry.set("id", id).set("name", engine.name).set("files", files_json(engine));
      engines.push(std::move(entry));
    } catch (const Error& error) {
      errors.push(error.what());
    }
  }
  return Answer().set("engines", engines).set("errors", errors);
}

Answer close_call(Session& session, const Request& request) {
  session.close(request.required_integer("engine"));
  return {};
}

}  // namespace trex::page
