// The core in WebAssembly: loads an engine and prints a report as JSON, as the command of that name
// does with --json. tools/wasm_check.sh compares the two, byte by byte.
//
// usage: node trex_smoke.js summary|layers|check ENGINE

// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <string>
#include <string_view>

#include "trex/base/error.hpp"
#include "trex/load/load.hpp"
#include "trex/render/formats.hpp"
#include "trex/report/check_report.hpp"
#include "trex/report/layers_report.hpp"
#include "trex/report/summary_report.hpp"

namespace {

trex::Document report(std::string_view name, const trex::Engine& engine) {
  if (name == "summary") return trex::report::summary_report(engine);
  if (name == "layers") return trex::report::layers_report(engine, {});
  if (name == "check") return trex::report::check_report(engine);
  trex::fail("unknown report '{}'; it is one of summary, layers, check", name);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) trex::fail("usage: trex_smoke summary|layers|check ENGINE");
  const auto files = trex::find_engine_files({argv[2]}, {});
  const trex::Document document = report(argv[1], trex::load_engine(files.at(0)));
  const std::string text = trex::render::find_format("json").render({&document, 1}, {});
  std::fwrite(text.data(), 1, text.size(), stdout);
} catch (const trex::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}
