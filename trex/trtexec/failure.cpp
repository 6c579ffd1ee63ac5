// Why did trtexec fail: the lines of its log that matter, and the likely fix.
//
// trtexec ends with "Engine set up failed" whatever happened; the reason stands above it, in a line
// of severity E or in one without a prefix (a missing library, the shell). Known words give a fix;
// without any known word the errors are shown, and without errors the last lines.

// SPDX-License-Identifier: Apache-2.0
#include "trex/trtexec/failure.hpp"

#include <algorithm>
#include <csignal>

#include "trex/base/text.hpp"
#include "trex/trtexec/log.hpp"

namespace trex::trtexec {
namespace {

constexpr std::size_t most_lines = 8;
constexpr std::size_t longest_shown = 400;
constexpr std::size_t longest_searched = 1024;
constexpr int most_searched = 2000;  // lines; what comes after thousands of errors is an echo

struct Fix {
  std::string_view part, fix;
};
constexpr Fix fixes_by_words[] = {
    {"error while loading shared libraries",
     "trtexec does not find TensorRT's libraries: add their folder to LD_LIBRARY_PATH"},
    {"Unknown option:", "this trtexec does not take that option; a value follows '=', not a space"},
    {"No space left on device", "the disk is full: free some space, or choose another OUTDIR"},
    {"Requested amount of GPU memory",
     "the GPU has too little free memory: end what else runs on it, make the batch smaller, or "
     "limit the workspace with --memPoolSize=workspace:N (MiB)"},
    {"OutOfMemory",
     "the GPU has too little free memory: end what else runs on it, make the batch smaller, or "
     "limit the workspace with --memPoolSize=workspace:N (MiB)"},
    {"out of memory",
     "too little free memory: end what else runs on the GPU, make the batch smaller, or limit the "
     "workspace with --memPoolSize=workspace:N (MiB)"},
    {"Could not find any implementation for node",
     "no kernel fits that layer: allow more workspace (--memPoolSize=workspace:N, MiB), or more "
     "precisions; a layer that only DLA lacks needs --allowGPUFallback"},
    {"insufficient memory",
     "kernels were left out for lack of workspace: allow more with --memPoolSize=workspace:N "
     "(MiB)"},
    {"generated on an incompatible device",
     "the engine was built on another GPU: build it on this one, or for several with "
     "--hardwareCompatibilityLevel=ampere+ (8.6 and later)"},
    {"not compatible with this version of TensorRT",
     "the engine was built by another TensorRT: build it with this one, or use that one's trtexec"},
    {"kPLAN_MAGIC_TAG",
     "that file is no plain engine of this TensorRT: another version built it, or something stands "
     "before the plan"},
    {"Serialization assertion",
     "the engine was built by another TensorRT, or the file is damaged: build it again"},
    {"Static dimension mismatch",
     "the shapes given are not the model's: compare the names and fixed dimensions in --shapes"},
    {"Dynamic dimensions required for input",
     "the model's shapes are dynamic: give --minShapes, --optShapes and --maxShapes, or --shapes"},
    {"no optimization profile has been defined",
     "the model's shapes are dynamic: give --minShapes, --optShapes and --maxShapes, or --shapes"},
    {"Cannot find input tensor with name",
     "a name in --shapes is no input of the model: compare with the model's inputs"},
    {"No importer registered for op",
     "the model uses an operation that this TensorRT lacks: give its plugin with --staticPlugins "
     "(--plugins before 8.6), or export the model without it"},
    {"getPluginCreator could not find plugin",
     "the engine or model needs a plugin: give its library with --staticPlugins (--plugins before "
     "8.6)"},
    {"Failed to parse onnx file",
     "the ONNX file cannot be read by this TensorRT: see the lines above; simplify or re-export "
     "it"},
    {"Could not open file", "trtexec cannot open that file: check the path and its permissions"},
    {"Error opening", "trtexec cannot open that file: check the path and its permissions"},
    {"no CUDA-capable device", "no GPU is visible: check the driver, and CUDA_VISIBLE_DEVICES"},
    {"CUDA initialization failure",
     "CUDA does not start: check the driver (nvidia-smi), and that the container was given a GPU"},
    {"driver version is insufficient",
     "the driver is older than this CUDA: update it, or use an older TensorRT"},
    {"Failed to collect layer timing info", "the profiler got no times: run with -- noCudaGraph"},
    {"graph capture", "the engine cannot run as a CUDA graph: run with -- noCudaGraph"},
    {"operation not permitted when stream is capturing",
     "the engine cannot run as a CUDA graph: run with -- noCudaGraph"},
    {"Cuda failure", "CUDA failed: look at nvidia-smi and the kernel's log (dmesg) for Xid errors"},
};

bool is_general(std::string_view text) {
  return contains(text, "set up failed") || starts_with(text, "&&&& FAILED");
}

std::string_view fix_of_signal(int signal) {
  switch (signal) {
    case 0:
      return "";
    case SIGKILL:
      return "it was killed from outside, most likely because the machine ran out of memory "
             "(see dmesg): close other programs, or build on a machine with more";
    case SIGSEGV:
    case SIGABRT:
    case SIGBUS:
      return "trtexec itself crashed: try without plugins, another TensorRT, or with -- verbose to "
             "see the layer at which it happens";
    default:
      return "it was ended by a signal from outside";
  }
}

struct Candidate {
  std::int64_t number;
  std::string_view text;
};

Failure::Line shown(const Candidate& line) {
  std::string text = printable(line.text.substr(0, longest_shown));
  if (line.text.size() > longest_shown) text += "...";
  return {line.number, std::move(text)};
}

}  // namespace

Failure explain_failure(std::string_view log, int signal) {
  std::vector<Candidate> errors, matched, last;
  std::vector<std::string_view> fixes;
  const auto keep = [](std::vector<Candidate>& list, const Candidate& line) {
    if (list.size() < most_lines) list.push_back(line);
  };
  std::int64_t number = 0;
  int searched = 0;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const LogLine line = parse_line(log.substr(at, end - at), ++number);
    at = end + 1;
    const std::string_view text = trim(line.text);
    if (text.empty()) continue;
    const Candidate candidate{number, text};
    if (last.size() >= 3) last.erase(last.begin());
    last.push_back(candidate);
    const bool is_error = line.severity == 'E' || line.severity == 'F';
    // What was merely told or warned of was survived; without a prefix it may be anything.
    if ((!is_error && line.severity != 0) || ++searched > most_searched) continue;
    const auto known =
        std::find_if(std::begin(fixes_by_words), std::end(fixes_by_words), [&](const Fix& fix) {
          return contains_ignoring_case(text.substr(0, longest_searched), fix.part);
        });
    if (known != std::end(fixes_by_words)) {
      keep(matched, candidate);
      if (std::find(fixes.begin(), fixes.end(), known->fix) == fixes.end()) {
        fixes.push_back(known->fix);
      }
    } else if (is_error && !is_general(text)) {
      keep(errors, candidate);
    }
  }
  std::vector<Candidate> all = matched;
  for (const Candidate& line : errors) keep(all, line);
  if (all.empty()) all = last;
  std::sort(all.begin(), all.end(),
            [](const Candidate& a, const Candidate& b) { return a.number < b.number; });
  Failure failure;
  std::transform(all.begin(), all.end(), std::back_inserter(failure.lines), shown);
  if (const std::string_view fix = fix_of_signal(signal); !fix.empty()) fixes.push_back(fix);
  failure.fixes.assign(fixes.begin(), fixes.end());
  return failure;
}

}  // namespace trex::trtexec
