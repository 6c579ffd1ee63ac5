// The tables of one engine, as the schema has them.
//
//   EngineTables tables(engine);
//   const Table layers = tables.table(find_table("layers"));
//
// Each is computed when it is asked for; what several need (lint, live memory) is computed once.
// The figures are those of `trex layers --all`, `summary` and `lint`: same columns, same code.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "trex/analyze/memory.hpp"
#include "trex/document/findings.hpp"
#include "trex/model/engine.hpp"
#include "trex/store/identity.hpp"
#include "trex/store/schema.hpp"

namespace trex::store {

class EngineTables {
 public:
  // The engine must live as long as this does. Throws Error where its files are gone by now.
  explicit EngineTables(const Engine& engine) : EngineTables(engine, identify(engine)) {}
  EngineTables(const Engine& engine, Identity identity)
      : engine_(engine), identity_(std::move(identity)) {}

  // Exactly the columns of the schema, in its order. Texts are in the engine's pool.
  Table table(const TableSpec& spec);
  Table table(std::string_view name) { return table(find_table(name)); }

  const Engine& engine() const { return engine_; }
  const Identity& identity() const { return identity_; }
  const ActivationMemory& memory();
  const FoundIn& findings();  // all rules, default thresholds, nothing suppressed

 private:
  const Engine& engine_;
  Identity identity_;
  std::optional<ActivationMemory> memory_;
  std::optional<FoundIn> findings_;
};

// A column of unknown values.
Column::Data unknown_values(ColumnType type, std::size_t rows);

}  // namespace trex::store
