// One layer told to people: label and sentence, from its row with every column.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "trex/document/document.hpp"
#include "trex/model/engine.hpp"

namespace trex::report {

// `table` is layer_table(engine, {"all"}).
FactsBlock layer_sentences(const Engine& engine, const Table& table, Row row);

}  // namespace trex::report
