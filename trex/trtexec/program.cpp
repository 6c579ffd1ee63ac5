// Where is trtexec on this machine, and which version is it?

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/subprocess.hpp"
#include "trex/base/text.hpp"
#include "trex/trtexec/failure.hpp"
#include "trex/trtexec/log.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t longest_help = 4 << 20;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Debian packages and JetPack; NVIDIA's containers; archives as users unpack them.
std::vector<std::string> usual_places() {
  std::vector<std::string> places = {"/usr/src/tensorrt/bin", "/opt/tensorrt/bin",
                                     "/usr/local/tensorrt/bin", "/usr/local/TensorRT/bin",
                                     "/workspace/tensorrt/bin"};
  for (const std::string& folder :
       {std::string("/usr/local"), std::string("/opt"), variable("HOME")}) {
    if (folder.empty() || !is_directory(folder)) continue;
    std::vector<std::string> names;
    try {
      names = list_directory(folder);
    } catch (const Error&) {
      continue;  // not ours to read: it holds nothing for us either
    }
    // Of several versions the last by name.
    std::reverse(names.begin(), names.end());
    for (const std::string& name : names) {
      if (starts_with(lower(name), "tensorrt")) places.push_back(folder + "/" + name + "/bin");
    }
  }
  return places;
}

std::string expect_program(const std::string& path, std::string_view said_by) {
  const std::string whole = is_directory(path) ? path + "/trtexec" : path;
  const std::optional<std::string> found = find_program(whole);
  if (!found) {
    fail("{}: no program there that may be run ({})", printable(whole), said_by);
  }
  return *found;
}

// Its help is its answer to --help; whatever the exit code.
std::string help_of(const std::string& path, double seconds, ExitStatus& status) {
  Subprocess process({path, "--help"});
  std::string output;
  const auto begin = std::chrono::steady_clock::now();
  while (process.wait(0.2, output)) {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    if (passed.count() > seconds || output.size() > longest_help || Interrupts::received() != 0) {
      fail("{}: no answer to --help in {} s: is it trtexec?", printable(path), seconds);
    }
  }
  status = *process.status();
  return output;
}

}  // namespace

std::string find_trtexec(const std::string& given) {
  if (!given.empty()) return expect_program(given, "from --trtexec");
  if (const std::string path = variable("TREX_TRTEXEC"); !path.empty()) {
    return expect_program(path, "from TREX_TRTEXEC");
  }
  if (const auto found = find_program("trtexec")) return *found;
  for (const std::string& place : usual_places()) {
    if (const auto found = find_program(place + "/trtexec")) return *found;
  }
  fail(
      "trtexec is not in PATH nor in the usual places (/usr/src/tensorrt/bin, /opt/tensorrt/bin, "
      "/usr/local/TensorRT*/bin, ~/TensorRT*/bin): give it with --trtexec PATH or TREX_TRTEXEC");
}

Version version_from_help(const std::vector<HelpOption>& help) {
  Version version = oldest_known;
  for (const HelpOption& listed : help) {
    const OptionInfo* known = find_option(listed.name);
    if (known != nullptr) version = std::max(version, known->first);
  }
  return version;
}

Program ask_trtexec(const std::string& path, double seconds) {
  ExitStatus status;
  const std::string output = help_of(path, seconds, status);
  Program program;
  program.path = path;
  program.help = read_help(output);
  program.version_text = parse_log(output).tensorrt_version;
  if (const auto version = parse_version(program.version_text)) {
    program.version = *version;
  } else if (!program.help.empty()) {
    program.version = version_from_help(program.help);
    program.version_is_guess = true;
  } else {
    const Failure failure = explain_failure(output, status.signal);
    const std::string said = failure.lines.empty() ? "nothing" : failure.lines.back().text;
    fail("{}: is it trtexec? {} and '{}' is what it says to --help{}", printable(path),
         describe(status), said, failure.fixes.empty() ? "" : "; " + failure.fixes.front());
  }
  if (program.version < oldest_known) {
    fail("{}: TensorRT {} is older than {}, the oldest whose trtexec writes what trex reads",
         printable(path), program.version_text, to_string(oldest_known));
  }
  return program;
}

}  // namespace trex::trtexec
