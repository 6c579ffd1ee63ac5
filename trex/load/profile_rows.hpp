// One JSON document of layer times -> rows. Shared by profile.cpp and profile_rows.cpp only.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <simdjson.h>

#include "trex/load/oddities.hpp"
#include "trex/load/profile.hpp"

namespace trex {

// Throws simdjson::simdjson_error where the text is not JSON.
Profile read_profile_document(simdjson::padded_string_view text, StringPool& strings,
                              Oddities& odd);

}  // namespace trex
