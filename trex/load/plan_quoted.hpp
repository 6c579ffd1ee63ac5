// Plan graphs that were quoted once more: JSON text inside JSON strings.
//
// A program that puts what the inspector returns, which is text, into a JSON file of its own writes
// the whole graph as one string, or a list of layers each of which is a string.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace trex {

// The text of a layer object, not a name: names such as "{ForeignNode[a...b]}" quote nothing.
bool is_quoted_layer(std::string_view text);
// Strict JSON -> the same with the elements of its lists (at the top, or in the object at the top)
// that are quoted layers replaced by what they say, which may be no strict JSON.
std::string unquote_layers(std::string_view json, const std::string& file);

}  // namespace trex
