// Which layer a user means: a number, a name, a part of a name, a regular expression.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>

#include "trex/model/engine.hpp"

namespace trex::report {

// In this order: the whole name; the layer's index; the only name that holds the text; the only
// name that the regular expression matches. Throws Error that lists the candidates when there are
// several, and with "did you mean" when there is none.
// Throws Error, too, where no file says what layers there are.
Row choose_layer(const Engine& engine, std::string_view text);

// The two layers of "A..B". Names may hold dots: of all places to cut at, the first where both
// sides are layers. Throws Error that says what is wrong with the sides of the first.
std::pair<Row, Row> choose_path(const Engine& engine, std::string_view text);

// Throws Error that says how to get them, where neither a graph nor a profile was given.
void expect_layers(const Engine& engine);

}  // namespace trex::report
