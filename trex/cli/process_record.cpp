// process.json: what `trex process` ran.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/process_record.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/sha256.hpp"

namespace trex::cli {
namespace {

constexpr std::size_t most_engines = 10000, most_files = 10000;

std::string now_text() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc);
}

Json file_json(const std::string& path) {
  const Bytes bytes = read_file(path);
  return Json::Object{{"path", path}, {"bytes", bytes.size()}, {"sha256", sha256(bytes.view())}};
}

std::string_view text_of(const Json& json, std::string_view key) {
  const Json* found = json.find(key);
  const std::string* text = found == nullptr ? nullptr : found->text();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

Json strings(const std::vector<std::string>& words) {
  Json::Array result;
  for (const std::string& word : words) result.emplace_back(word);
  return result;
}

Json input_json(const ProcessPlan& plan, const ProcessOptions& o) {
  Json input = file_json(o.input);
  input.set("kind", plan.input_is_engine ? "engine" : "onnx");
  if (plan.header) {
    input.set("header_bytes", plan.header->size);
    input.set("header", parse_json(plan.header->json, o.input));
  }
  return input;
}

}  // namespace

ProcessRecord::ProcessRecord(const ProcessPlan& plan, const ProcessOptions& o)
    : path_(plan.files.record()), name_(plan.files.name) {
  try {
    const Json known = is_regular_file(path_) ? parse_json(read_file(path_).view(), path_) : Json();
    const Json* engines = known.find("engines");
    if (engines != nullptr && engines->array() != nullptr) {
      for (const Json& entry : *engines->array()) {
        if (text_of(entry, "name") == name_) {
          before_ = entry;
        } else if (others_.size() < most_engines && !text_of(entry, "name").empty()) {
          others_.push_back(entry);
        }
      }
    }
  } catch (const Error&) {  // another program's process.json, or a damaged one
  }
  const trtexec::Program& program = plan.program;
  entry_.set("name", name_);
  entry_.set("started", now_text());
  entry_.set("input", input_json(plan, o));
  if (!program.path.empty()) {
    entry_.set("trtexec",
               Json::Object{{"path", program.path},
                            {"version", program.version_text.empty() ? to_string(program.version)
                                                                     : program.version_text},
                            {"version_is_guess", program.version_is_guess}});
  }
  entry_.set("arguments", strings(o.arguments));
  entry_.set("notes", strings(plan.arguments.notes));
}

Expectation ProcessRecord::expectation(std::string_view step) const {
  Expectation expected;
  const Json* steps = before_.find("steps");
  if (steps == nullptr || steps->array() == nullptr) return expected;
  for (const Json& known : *steps->array()) {
    const Json* passed = known.find("passed");
    const bool success = passed != nullptr && passed->boolean() != nullptr && *passed->boolean();
    if (!success || text_of(known, "step") != step) continue;
    if (const Json* seconds = known.find("seconds")) expected.seconds = seconds->number();
    const Json* layers = known.find("timed_layers");
    if (layers != nullptr && layers->integer() != nullptr && *layers->integer() > 0) {
      expected.layers = *layers->integer();
    }
  }
  return expected;
}

void ProcessRecord::add(Json step) { steps_.push_back(std::move(step)); }

void ProcessRecord::add_step(std::string_view step, const std::vector<std::string>& command,
                             const trtexec::RunResult& result) {
  const trtexec::Progress& progress = result.progress;
  add(Json::Object{{"step", step},
                   {"command", strings(command)},
                   {"passed", result.is_success()},
                   {"seconds", result.seconds},
                   {"exit_code", result.status.signal == 0 ? Json(result.status.code) : Json()},
                   {"signal", result.status.signal == 0 ? Json() : Json(result.status.signal)},
                   {"timed_out", result.timed_out},
                   {"last_phase", phase_words(progress.phase)},
                   {"gpu_bytes", progress.gpu_bytes},
                   {"timed_layers", progress.timed_layers},
                   {"warnings", progress.warnings},
                   {"errors", progress.errors}});
}

void ProcessRecord::add_own_step(std::string_view step, const std::vector<std::string>& words,
                                 double seconds) {
  std::vector<std::string> command = words;
  command.insert(command.begin(), "trex");
  add(Json::Object{
      {"step", step}, {"command", strings(command)}, {"passed", true}, {"seconds", seconds}});
}

void ProcessRecord::set_files(const std::vector<std::string>& paths) {
  Json::Array files;
  for (const std::string& path : paths) files.push_back(file_json(path));
  // What an earlier run wrote and this one did not is still there.
  if (const Json* known = before_.find("files"); known != nullptr && known->array() != nullptr) {
    for (const Json& file : *known->array()) {
      const std::string path(text_of(file, "path"));
      const bool anew = std::find(paths.begin(), paths.end(), path) != paths.end();
      if (!anew && files.size() < most_files && is_regular_file(path)) files.push_back(file);
    }
  }
  entry_.set("files", std::move(files));
}

Json ProcessRecord::entry() const {
  // Steps that were not run this time are kept as they were: they still describe their files.
  Json::Array steps;
  if (const Json* known = before_.find("steps"); known != nullptr && known->array() != nullptr) {
    for (const Json& step : *known->array()) {
      const std::string_view name = text_of(step, "step");
      const auto is_it = [&](const Json& ours) { return text_of(ours, "step") == name; };
      if (std::none_of(steps_.begin(), steps_.end(), is_it)) steps.push_back(step);
    }
  }
  steps.insert(steps.end(), steps_.begin(), steps_.end());
  Json entry = entry_;
  entry.set("steps", std::move(steps));
  return entry;
}

void ProcessRecord::write() const {
  Json::Array engines = others_;
  engines.push_back(entry());
  std::sort(engines.begin(), engines.end(),
            [](const Json& a, const Json& b) { return text_of(a, "name") < text_of(b, "name"); });
  const Json root =
      Json::Object{{"format", "trex process"}, {"version", 1}, {"engines", std::move(engines)}};
  write_file(path_, root.dump(2) + "\n");
}

}  // namespace trex::cli
