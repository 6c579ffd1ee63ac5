// Graphs that are open.

// SPDX-License-Identifier: Apache-2.0
#include "trex/page/graph_sessions.hpp"

#include <utility>

#include "trex/base/error.hpp"

namespace trex::page {

std::int64_t GraphSessions::add(OpenGraph graph) {
  graphs_.emplace(next_, std::make_unique<OpenGraph>(std::move(graph)));
  return next_++;
}

OpenGraph& GraphSessions::at(std::int64_t id) {
  const auto found = graphs_.find(id);
  if (found == graphs_.end()) fail("no graph {} is open", id);
  return *found->second;
}

void GraphSessions::close(std::int64_t id) {
  at(id);
  graphs_.erase(id);
}

void GraphSessions::close_engine(std::int64_t engine) {
  for (auto at = graphs_.begin(); at != graphs_.end();) {
    at = at->second->engine == engine ? graphs_.erase(at) : std::next(at);
  }
}

}  // namespace trex::page
