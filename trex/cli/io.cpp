// Where a command's result and messages go.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/io.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/text.hpp"

namespace trex::cli {

void Io::show(std::span<const Document> documents) {
  if (!format->is_text && output == "-" && isatty(STDOUT_FILENO) == 1) {
    fail("{} is no text for a terminal: say where it goes with -o FILE.{}", format->name,
         format->name);
  }
  write(format->render(documents, style));
}

void Io::write(std::string_view text) {
  if (output != "-") {
    write_file(output, text);
    return;
  }
  // One write and one flush: a full disk shows up here, not silently at exit.
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) throw OutputClosed{};
  fail("cannot write the output: {}", std::strerror(errno));
}

void Io::say(std::string_view message) {
  const std::string line = "trex: " + printable(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace trex::cli
