// What spreadsheets take of a document: plain columns, and JSON as a list of single values.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "trex/document/document.hpp"

namespace trex::render {

// The block's columns for CSV and workbooks, in their order.
std::vector<const Column*> data_columns(const TableBlock& block);

// Objects become dotted keys; a list of plain values is one text; other lists are left out.
using FlatJson = std::vector<std::pair<std::string, Json>>;
void flatten(const std::string& key, const Json& value, FlatJson& result);

}  // namespace trex::render
