// The HTTP side of `trex serve`.

// SPDX-License-Identifier: Apache-2.0
#include "trex/cli/serve_http.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <pthread.h>
#include <signal.h>

#include <thread>

#include "trex/base/error.hpp"
#include "trex/base/file.hpp"
#include "trex/base/gzip.hpp"
#include "trex/base/text.hpp"
#include "trex/report/page_bundle.hpp"

namespace trex::cli {
namespace {

constexpr const char* address = "127.0.0.1";
constexpr std::size_t most_threads = 16;
constexpr std::time_t patience_s = 10;  // with a client that does not go on
constexpr std::size_t most_body_bytes = 1024;
// Debian's cpp-httplib compresses what looks like text, with brotli at its slowest: 8 s for our
// page. So a body goes out under this type, and the real one is put in its place afterwards.
constexpr const char* untouched = "application/octet-stream";
constexpr const char* real_type = "X-Trex-Type";

constexpr std::string_view offline = "connect-src 'none'", own_server = "connect-src 'self'";

// The page as it is, but that it may ask its own server.
std::string served_page(std::string_view page) {
  const std::size_t rule = page.find(offline);
  if (rule == std::string_view::npos)
    fail("the page cannot be served; build it again with make page");
  std::string out(page);
  out.replace(rule, offline.size(), own_server);
  return report::page_with_data(out, "trex-serve", "{}");
}

void add_guards(httplib::Response& response) {
  response.set_header("Cache-Control", "no-store");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("X-Frame-Options", "DENY");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("Cross-Origin-Resource-Policy", "same-origin");
  response.set_header("Cross-Origin-Opener-Policy", "same-origin");
  response.set_header(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; "
      "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; connect-src 'self'; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}

void answer(httplib::Response& response, int status, std::string body, const char* type) {
  response.status = status;
  response.set_content(std::move(body), untouched);
  response.set_header(real_type, type);
}

void refuse(httplib::Response& response, int status, const char* why) {
  answer(response, status, fmt::format("trex serve: {}\n", why), "text/plain; charset=utf-8");
}

bool accepts_gzip(const httplib::Request& request) {
  return contains(request.get_header_value("Accept-Encoding"), "gzip");
}

}  // namespace

bool is_own_request(int port, const std::string& host, const std::string& origin) {
  for (const char* name : {"127.0.0.1", "localhost"}) {
    const std::string own = fmt::format("{}:{}", name, port);
    const bool is_host =
        equals_ignoring_case(host, own) || (port == 80 && equals_ignoring_case(host, name));
    if (!is_host) continue;
    return origin.empty() || equals_ignoring_case(origin, "http://" + host);
  }
  return false;
}

struct PageServer::Http {
  httplib::Server server;
};

PageServer::PageServer(std::string_view page, std::vector<std::string> paths, int port)
    : page_(served_page(page)), files_(std::move(paths)), http_(std::make_unique<Http>()) {
  page_gzip_ = deflate_gzip(page_);
  httplib::Server& server = http_->server;
  server.set_tcp_nodelay(true);  // without it every answer waits 40 ms
  server.set_keep_alive_max_count(1);
  server.set_read_timeout(patience_s);
  server.set_write_timeout(patience_s);
  server.set_payload_max_length(most_body_bytes);
  server.new_task_queue = [] { return new httplib::ThreadPool(most_threads); };
  // Not the library's own options: with SO_REUSEPORT another server could share the port unseen.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  add_routes();
  port_ = port == 0 ? server.bind_to_any_port(address)
                    : (server.bind_to_port(address, port) ? port : -1);
  if (port_ <= 0) fail("port {} is taken; give another with --port, or 0 for any", port);
}

PageServer::~PageServer() = default;

void PageServer::add_routes() {
  httplib::Server& server = http_->server;
  server.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& to) {
    using Handled = httplib::Server::HandlerResponse;
    add_guards(to);
    const bool one_host = request.get_header_value_count("Host") == 1 &&
                          request.get_header_value_count("Origin") <= 1;
    if (!one_host || !is_own_request(port_, request.get_header_value("Host"),
                                     request.get_header_value("Origin"))) {
      refuse(to, 403, "this server answers its own page only, by the address it printed");
      return Handled::Handled;
    }
    if (request.method != "GET" && request.method != "HEAD") {
      to.set_header("Allow", "GET, HEAD");
      refuse(to, 405, "read-only: GET and HEAD");
      return Handled::Handled;
    }
    return Handled::Unhandled;
  });
  server.set_post_routing_handler([](const httplib::Request&, httplib::Response& to) {
    const std::string type = to.get_header_value(real_type);
    if (type.empty()) return;
    to.headers.erase(real_type);
    to.headers.erase("Content-Type");
    to.set_header("Content-Type", type);
  });
  server.Get("/", [this](const httplib::Request& request, httplib::Response& to) {
    const bool packed = accepts_gzip(request);
    answer(to, 200, packed ? page_gzip_ : page_, "text/html; charset=utf-8");
    if (packed) to.set_header("Content-Encoding", "gzip");
  });
  server.Get("/api/engines", [this](const httplib::Request&, httplib::Response& to) {
    answer(to, 200, served_json(files_.list()), "application/json; charset=utf-8");
  });
  server.Get("/api/files/(.*)", [this](const httplib::Request& request, httplib::Response& to) {
    const std::optional<std::string> path = files_.path_of(request.matches[1]);
    if (!path) return refuse(to, 404, "no such file is offered");
    const Bytes bytes = read_file(*path);
    to.set_content_provider(bytes.size(), untouched,
                            [bytes](std::size_t from, std::size_t count, httplib::DataSink& sink) {
                              return sink.write(bytes.view().data() + from, count);
                            });
  });
  server.set_error_handler([](const httplib::Request&, httplib::Response& to) {
    if (to.body.empty()) refuse(to, to.status, "no such thing here");
  });
  server.set_exception_handler(
      [](const httplib::Request&, httplib::Response& to, std::exception_ptr problem) {
        try {
          std::rethrow_exception(problem);
        } catch (const Error& error) {
          refuse(to, 404, printable(error.what()).c_str());
        } catch (const std::exception&) {
          refuse(to, 500, "it could not be read");
        }
      });
}

void PageServer::run() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  // Before the threads start, so that none of them gets the signal.
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  signal(SIGPIPE, SIG_IGN);
  std::thread answering([this] {
    http_->server.listen_after_bind();
    kill(getpid(), SIGTERM);  // should it end by itself
  });
  int received = 0;
  sigwait(&ends, &received);
  http_->server.stop();
  answering.join();
}

}  // namespace trex::cli
