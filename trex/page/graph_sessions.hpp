// The graphs that views of the page have open, each with what is open in it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "trex/graph/draw.hpp"

namespace trex::page {

struct OpenGraph {
  std::int64_t engine = 0;  // of the session
  graph::GraphView view;
};

class GraphSessions {
 public:
  std::int64_t add(OpenGraph graph);  // its id, from 0
  // Throws Error for an id that is not open.
  OpenGraph& at(std::int64_t id);
  void close(std::int64_t id);
  void close_engine(std::int64_t engine);  // all of that engine

 private:
  std::map<std::int64_t, std::unique_ptr<OpenGraph>> graphs_;
  std::int64_t next_ = 0;
};

}  // namespace trex::page
