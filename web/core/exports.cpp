// The core as the page's worker sees it: bytes in, bytes out.
//
// The worker allocates with trex_allocate, writes a request (UTF-8 JSON), calls trex_call, and
// reads trex_answer_size() bytes at the address that comes back. They stay until the next call.

// SPDX-License-Identifier: Apache-2.0
#include <emscripten/emscripten.h>

#include <cstddef>
#include <cstdlib>
#include <string>

#include "trex/page/calls.hpp"

namespace {

std::string answer;

trex::page::Session& session() {
  static trex::page::Session one;
  return one;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* trex_allocate(std::size_t size) { return std::malloc(size); }

EMSCRIPTEN_KEEPALIVE void trex_free(void* memory) { std::free(memory); }

EMSCRIPTEN_KEEPALIVE const char* trex_call(const char* request, std::size_t size) {
  answer = trex::page::call(session(), {request, size});
  return answer.data();
}

EMSCRIPTEN_KEEPALIVE std::size_t trex_answer_size() { return answer.size(); }
}
