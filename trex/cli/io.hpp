// Where a command's result and messages go, and how they look.
//
// Results go to standard output (or --output FILE), everything else to standard error. A command
// never prints by itself: so nothing is half-written, and a full disk or a closed pipe is noticed.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "trex/document/document.hpp"
#include "trex/render/formats.hpp"

namespace trex::cli {

class Io {
 public:
  // What the options that every command takes have decided.
  const render::Format* format = nullptr;  // null: one of the command's own formats
  std::string format_name;
  render::Style style;
  bool verbose = false;      // -v: say what was found and used
  std::string output = "-";  // "-" is standard output

  // The rendered documents are the command's result: one, or several of the same report.
  void show(std::span<const Document> documents);
  void show(const Document& document) { show(std::span(&document, 1)); }
  // Plain text as the result. Throws OutputClosed or Error when it cannot be written.
  void write(std::string_view text);
  // A line for people on standard error: "trex: ...", control bytes made visible.
  void say(std::string_view message);
};

// The reader of our output went away (`trex ... | head`): no message, exit 2.
struct OutputClosed {};

}  // namespace trex::cli
