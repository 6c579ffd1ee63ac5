// One inference as a timeline: layers on their streams, findings, memory and traffic.
//
// The profile says how long each layer takes, not when it runs. So each is placed as early as its
// stream, the layers it reads from and the meeting points of streams (TrainStation) allow, in the
// file's order; a gap is a wait for another stream. A layer of unknown time is a point where it
// would begin. Hidden layers without time are left out.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/timeline.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

// The engine must live as long as the timeline. Without any time: no spans, every layer a point at
// 0.
Timeline timeline(const Engine& engine);

}  // namespace trex::report
