// The HTTP side of `trex serve`: who may ask, and what is answered. Read-only, loopback only.
//
// A page of another site may send requests to this machine, and a name of its own may point here
// (DNS rebinding). So the Host must be this server's own, an Origin must be too, only GET and HEAD
// are answered, and nothing is ever written.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "trex/cli/serve_files.hpp"

namespace trex::cli {

// Whether a request that says so was meant for the server at `port` and comes from its own page.
// "" for a header that is not there.
bool is_own_request(int port, const std::string& host, const std::string& origin);

class PageServer {
 public:
  // `page`: the built page. Listens on 127.0.0.1 from here on; port 0: any that is free. Throws
  // Error when the port is taken.
  PageServer(std::string_view page, std::vector<std::string> paths, int port);
  ~PageServer();
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;

  int port() const { return port_; }
  ServedFiles& files() { return files_; }
  // Answers until SIGINT or SIGTERM comes.
  void run();

 private:
  struct Http;
  void add_routes();
  std::string page_gzip_, page_;
  ServedFiles files_;
  std::unique_ptr<Http> http_;
  int port_ = 0;
};

}  // namespace trex::cli
