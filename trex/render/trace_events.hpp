// Timelines as trace events, for Perfetto and chrome://tracing.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "trex/document/timeline.hpp"

namespace trex::render {

// The JSON object format, an event a line; each timeline is a process. Handed on in pieces.
void trace_events(std::span<const Timeline> timelines,
                  const std::function<void(std::string_view)>& write);

}  // namespace trex::render
