// The command lines of trtexec that build an engine and measure it, for a version.
//
// What is asked beyond the files: layers in full detail; and for the run figures that tell of the
// GPU's work rather than of the host's: no transfers, CUDA graph, spin wait, and a first pass
// without the profiler, whose events would slow every layer (before 11.0 --separateProfileRun;
// without it trtexec reports no end-to-end time at all). A user's own value of an option of ours
// takes its place.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trex/base/text.hpp"

namespace trex::trtexec {
namespace {

class Line {
 public:
  Line(const std::string& program, const std::vector<Argument>& users)
      : words_{program}, users_(users) {}

  void add(const std::string& name) {
    if (!given(name)) words_.push_back("--" + name);
  }
  void add(const std::string& name, const std::string& value) {
    if (!given(name)) words_.push_back("--" + name + "=" + value);
  }
  std::vector<std::string> finish() {
    for (const Argument& argument : users_) words_.push_back(argument.text());
    return std::move(words_);
  }

 private:
  bool given(const std::string& name) const {
    return std::any_of(users_.begin(), users_.end(),
                       [&](const Argument& argument) { return argument.name == name; });
  }
  std::vector<std::string> words_;
  const std::vector<Argument>& users_;
};

// From 8.6 --profilingVerbosity also says how much of it NVTX tells when the engine is loaded.
constexpr Version verbosity_is_for_nvtx{8, 6};

std::string shell_word(const std::string& word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  // What would move a terminal's cursor is written as an escape, in bash's and zsh's quotes.
  if (printable(word) == word) return "'" + replace_all(word, "'", "'\\''") + "'";
  std::string result = "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\') {
      result += '\\';
      result += c;
    } else if (byte < 0x20 || byte >= 0x7F) {
      result += fmt::format("\\x{:02x}", byte);
    } else {
      result += c;
    }
  }
  return result + "'";
}

}  // namespace

std::vector<std::string> build_command(const std::string& program, Version version,
                                       const BuildFiles& files, const Arguments& arguments) {
  Line line(program, arguments.build);
  line.add("onnx", files.onnx);
  line.add("saveEngine", files.engine);
  line.add("profilingVerbosity", "detailed");
  line.add(version < find_option("skipInference")->first ? "buildOnly" : "skipInference");
  if (!files.timing_cache.empty()) line.add("timingCacheFile", files.timing_cache);
  if (!files.layer_info.empty()) line.add("exportLayerInfo", files.layer_info);
  return line.finish();
}

std::vector<std::string> run_command(const std::string& program, Version version,
                                     const RunFiles& files, const Arguments& arguments) {
  Line line(program, arguments.run);
  line.add("loadEngine", files.engine);
  line.add("exportTimes", files.times);
  line.add("exportProfile", files.profile);
  if (!files.layer_info.empty()) line.add("exportLayerInfo", files.layer_info);
  if (version < verbosity_is_for_nvtx) {
    line.add("nvtxMode", "verbose");
  } else {
    line.add("profilingVerbosity", "detailed");
  }
  if (version < no_op_from) {
    line.add("separateProfileRun");
    if (!arguments.with_transfers) line.add("noDataTransfers");
    if (!arguments.without_graph) line.add("useCudaGraph");
    if (!arguments.without_spin) line.add("useSpinWait");
  }
  return line.finish();
}

std::string shell_line(const std::vector<std::string>& words) {
  std::string result;
  for (const std::string& word : words) {
    if (!result.empty()) result += ' ';
    result += shell_word(word);
  }
  return result;
}

}  // namespace trex::trtexec
