// `trex report`: one self-contained interactive page for one engine or several.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/base/units.hpp"
#include "trex/cli/engine_options.hpp"
#include "trex/document/units.hpp"
#include "trex/report/layer_choice.hpp"
#include "trex/report/page_bundle.hpp"
#include "web/embed/page_html.hpp"

namespace trex::cli {
namespace {

struct Options : EngineOptions {
  std::string output = "-", open_at;
};

std::vector<Flag> flags(Options& o) {
  return with_engine_flags(
      {{"ENGINE...", &o.engines, "the engine, or several to compare"},
       {"-o,--output FILE", &o.output, "write the page there; '-' is standard output"},
       {"--open-at STATE", &o.open_at,
        "what the page shows first: the part after # of one of its permalinks"}},
      o);
}

// A page that could show nothing is not written: each engine is loaded once here.
std::string load_name(const EngineFiles& files, Io& io) {
  const Engine engine = load_engine(files);
  report::expect_layers(engine);
  if (io.verbose) say_what_was_used(engine, io);
  return engine.name;
}

// A terminal gets no page: it goes into a file beside the reader.
void choose_output(std::string_view engine, Io& io) {
  if (io.output != "-" || isatty(STDOUT_FILENO) != 1) return;
  io.output.clear();
  for (const char c : engine.empty() ? "engine" : engine) {
    io.output += c == '/' || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
  }
  io.output += ".html";
}

ExitCode run(const Options& o, Io& io) {
  const std::string_view page = page_html();
  const std::vector<EngineFiles> engines = find_engines(o);
  std::string first;
  for (const EngineFiles& files : engines) {
    std::string name = load_name(files, io);
    if (first.empty()) first = std::move(name);
  }
  io.output = o.output;
  choose_output(first, io);
  const std::string html = report::bundled_page(page, engines, {.state = o.open_at});
  io.write(html);
  if (io.output != "-") {
    io.say(fmt::format("wrote {}: {}, {}; open it in a browser", printable(io.output),
                       counted(engines.size(), "engine"),
                       human_bytes(static_cast<std::int64_t>(html.size()))));
  }
  return ExitCode::success;
}

}  // namespace

Command report_command() {
  Command result = command<Options>(
      "report", "one self-contained interactive page: a file to open, mail or attach",
      {{"trex report resnet.graph.json -o resnet.html", "everything trex knows, in one file"},
       {"trex report fp16/ int8/ -o compared.html", "two engines, to be compared in the page"},
       {"trex report out/ -o findings.html --open-at view=findings", "opened at its findings"}},
      flags, run);
  static const std::string more =
      "The page holds the engines' own files, compressed, and reads them in the browser with the\n"
      "same code as this program: no server and no network. The ONNX model is not put in it.\n\n" +
      std::string(engine_help);
  result.more = more;
  result.has_document = false;
  return result;
}

}  // namespace trex::cli
