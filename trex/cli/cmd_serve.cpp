// `trex serve`: the page of `trex report`, live, over folders of engines.

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trex/base/error.hpp"
#include "trex/base/text.hpp"
#include "trex/cli/commands.hpp"
#include "trex/cli/serve_http.hpp"
#include "trex/document/units.hpp"
#include "web/embed/page_html.hpp"

namespace trex::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::optional<std::int64_t> port;
  bool open = false;
};

std::vector<Flag> flags(Options& o) {
  return {
      {"[PATH...]", &o.paths, "folders, graph JSONs, archives (default: this folder)"},
      {"--port N", &o.port, "the port of 127.0.0.1 to listen on; 0: any that is free (default)"},
      {"--open", &o.open, "open it in the browser, too"},
  };
}

// Lets the desktop choose the browser; ours is not to wait for it.
void open_browser(const std::string& address) {
  const pid_t child = fork();
  if (child == 0) {
    if (fork() == 0) execlp("xdg-open", "xdg-open", address.c_str(), static_cast<char*>(nullptr));
    _exit(0);
  }
  if (child > 0) waitpid(child, nullptr, 0);
}

ExitCode run(const Options& o, Io& io) {
  const std::string_view page = page_html();
  if (o.port && (*o.port < 0 || *o.port > 65535)) fail("--port takes 0 to 65535, not {}", *o.port);
  const std::vector<std::string> paths = o.paths.empty() ? std::vector<std::string>{"."} : o.paths;
  PageServer server(page, paths, static_cast<int>(o.port.value_or(0)));
  const ServedList list = server.files().list();
  for (const std::string& problem : list.problems) {
    if (list.engines.empty() || io.verbose) io.say("note: " + problem);
  }
  const std::string address = fmt::format("http://127.0.0.1:{}/", server.port());
  io.write(fmt::format("{}  shows {}; Ctrl-C ends it\n", address,
                       counted(list.engines.size(), "engine")));
  if (o.open) open_browser(address);
  server.run();
  return ExitCode::success;
}

}  // namespace

Command serve_command() {
  Command result = command<Options>(
      "serve", "the page of trex report, live: a folder's engines, read again when files change",
      {{"trex serve", "the engines of this folder and of those in it"},
       {"trex serve out/ --port 8080 --open", "another folder, in the browser at once"},
       {"trex serve before.graph.json after.graph.json", "these two, to compare"}},
      flags, run);
  result.more =
      "Only programs of this machine can reach it, and only its own page may ask: other Hosts and\n"
      "Origins are refused. It writes nothing. From another machine: ssh -L 8080:127.0.0.1:8080.";
  result.has_document = false;
  return result;
}

}  // namespace trex::cli
