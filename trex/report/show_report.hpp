// `trex show`: everything about one layer.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/lint/lint.hpp"
#include "trex/model/engine.hpp"
#include "trex/model/regions.hpp"

namespace trex::report {

Document show_report(const Engine& engine, Row layer);

// What is asked of the whole engine, for a program that shows one layer after the other.
struct ShowInput {
  const Engine& engine;
  const Table& table;         // layer_table(engine, {"all"}), perhaps with more columns
  const Dependencies& graph;  // dependencies(engine, false)
  const lint::Result& findings;
};
Document show_report(const ShowInput& input, Row layer);

}  // namespace trex::report
