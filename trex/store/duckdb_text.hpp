// A value of any of DuckDB's types as plain text.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "trex/store/duckdb_api.hpp"

namespace trex::store {

// A logical type, freed at the end of the scope.
class OwnedType {
 public:
  OwnedType(const duckdb::Api& api, duckdb::LogicalType type) : api_(api), type_(type) {}
  ~OwnedType() { api_.destroy_type(&type_); }
  OwnedType(const OwnedType&) = delete;
  OwnedType& operator=(const OwnedType&) = delete;
  duckdb::LogicalType get() const { return type_; }
  duckdb::Type id() const { return api_.type_id(type_); }

 private:
  const duckdb::Api& api_;
  duckdb::LogicalType type_;
};

bool is_valid(const duckdb::Api& api, duckdb::Vector vector, std::uint64_t row);
// A number of any width, exact where int64 holds it; nothing for what is no number, or too large.
std::optional<std::int64_t> integer_at(const void* data, duckdb::Type type, std::uint64_t row);
// Any number; NaN for what is none. Decimals by their scale.
double real_at(const void* data, duckdb::Type type, std::uint64_t row);
double decimal_at(const duckdb::Api& api, duckdb::LogicalType type, const void* data,
                  std::uint64_t row);

// Appends the value: dates as 2026-11-23, times as 13:45:00.5, lists and structs as JSON. Throws
// Error naming the type for what has no text here.
void append_value(const duckdb::Api& api, duckdb::LogicalType type, duckdb::Vector vector,
                  std::uint64_t row, std::string& out);

}  // namespace trex::store
