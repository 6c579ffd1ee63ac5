// Kahn's algorithm, with a way out of cycles.

// SPDX-License-Identifier: Apache-2.0
#include "trex/render/onnx_order.hpp"

#include <set>

namespace trex::render {

OnnxOrder onnx_order(const Drawing& drawing) {
  const std::size_t count = drawing.boxes.size();
  OnnxOrder order;
  order.dropped.assign(drawing.edges.size(), 0);
  std::vector<std::vector<std::uint32_t>> out(count);
  std::vector<std::uint32_t> waits(count, 0);
  for (std::uint32_t e = 0; e < drawing.edges.size(); ++e) {
    out[drawing.edges[e].source].push_back(e);
    ++waits[drawing.edges[e].target];
  }
  std::set<std::uint32_t> ready, waiting;
  for (std::uint32_t b = 0; b < count; ++b) (waits[b] == 0 ? ready : waiting).insert(b);
  std::vector<std::uint8_t> done(count, 0);
  while (order.boxes.size() < count) {
    std::set<std::uint32_t>& from = ready.empty() ? waiting : ready;
    const std::uint32_t box = *from.begin();
    from.erase(from.begin());
    done[box] = 1;
    order.boxes.push_back(box);
    for (const std::uint32_t e : out[box]) {
      const std::uint32_t target = drawing.edges[e].target;
      if (done[target] != 0) {
        order.dropped[e] = 1;
      } else if (--waits[target] == 0) {
        waiting.erase(target);
        ready.insert(target);
      }
    }
  }
  return order;
}

}  // namespace trex::render
