// What to say of a region that the files keep closed: how Nsight Systems opens it.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

// Appends the command lines and the NVTX ranges to look for, for the layer of that name.
// `engine`: null when it is not known which one.
void add_nsys(const Engine* engine, std::string_view layer, Document& document);

}  // namespace trex::report
