// `trex sample`: example engines, with every file that TREx's `process` would leave.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/sample/sample.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::string directory;
  std::vector<std::string> only;
  bool list = false, force = false;
  std::optional<std::int64_t> layers, records, seed;
  std::string schema;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"[OUTDIR]", &o.directory, "the directory to write to; made when it is not there"},
      {"--only NAMES", &o.only, "names of samples, with commas between; all when left out"},
      {"--list", &o.list, "list the samples, write nothing"},
      {"--layers N", &o.layers, "one engine of N layers instead, for tests of scale"},
      {"--records N", &o.records, "timing records an engine; what 3 seconds hold when left out"},
      {"--seed N", &o.seed, "of the noise (default 1): the same seed gives the same bytes"},
      {"--schema N",
       &o.schema,
       "TensorRT's generation: of the --layers engine (default 10), else only those samples",
       {"8", "10", "11"}},
      {"--force", &o.force, "overwrite files that 'trex sample' did not write"},
  };
}

std::string list_text() {
  std::string text;
  for (const sample::Info& info : sample::list_samples()) {
    text += fmt::format("{:<27}{}\n", info.name, info.summary);
  }
  return text;
}

sample::Options sample_options(const Options& o, Io& io) {
  sample::Options options{
      .directory = o.directory, .records = o.records, .layers = o.layers, .force = o.force};
  for (const std::string& names : o.only) {
    for (const std::string_view name : split(names, ',')) {
      if (!trim(name).empty()) options.only.emplace_back(trim(name));
    }
  }
  options.seed = static_cast<std::uint64_t>(o.seed.value_or(1));
  if (!o.schema.empty()) options.generation = sample::parse_generation(o.schema);
  if (isatty(STDERR_FILENO) == 1) {
    options.progress = [&io, last = -1](const std::string& what, double fraction) mutable {
      const int percent = static_cast<int>(100 * fraction) / 10 * 10;
      if (percent != last) io.say(fmt::format("{}: {}%", what, percent));
      last = percent;
    };
  }
  return options;
}

ExitCode run(const Options& o, Io& io) {
  if (o.list) {
    io.write(list_text());
    return ExitCode::success;
  }
  if (o.directory.empty()) fail("no directory given: trex sample OUTDIR; --list lists the samples");
  std::uint64_t total = 0;
  std::string text;
  for (const sample::Written& file : sample::write_samples(sample_options(o, io))) {
    text += fmt::format("{:>12}  {}\n", file.bytes, printable(file.path));
    total += file.bytes;
  }
  io.write(text + fmt::format("{:>12}  bytes in all\n", total));
  io.say("these figures are modelled, not measured");
  return ExitCode::success;
}

}  // namespace

Command sample_command() {
  Command result = command<Options>(
      "sample", "write example engines to try trex on",
      {{"trex sample demo", "all samples, each with its graph, profile, times, metadata and logs"},
       {"trex sample demo --only resnet18.qat,resnet18.qat-residual", "two of them"},
       {"trex sample big --layers 100000", "one engine of 100 000 layers"}},
      flags, run);
  result.more =
      "The layers follow from a small compiler model, the times from a roofline cost model, the "
      "noise from a seed: no figure is measured.";
  result.has_document = false;
  return result;
}

}  // namespace trex::cli
