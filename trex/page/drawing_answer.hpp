// A drawing as typed arrays: what 100 000 boxes cost as JSON would take seconds to cross.
//
// Member by member as web/src/views/graph/scene/drawing.ts reads it. Texts stand once, in `texts`;
// the rest names them by number.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/drawing.hpp"
#include "trex/graph/plan_graph.hpp"
#include "trex/page/answer.hpp"

namespace trex::page {

// Sets title, subtitle, width, height, rightwards, legend_title, legend, notes, boxes, edges,
// frames, texts. A layer's box is told by its row, a scope's by its id; any other has subject -1.
void set_drawing(Answer& answer, const Drawing& drawing, const graph::PlanGraph& graph);

}  // namespace trex::page
