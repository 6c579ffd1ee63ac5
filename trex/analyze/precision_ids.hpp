// Which datatype does a cell of a precision column name? By its string id, without parsing.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "trex/model/datatype.hpp"
#include "trex/table/strings.hpp"

namespace trex {

class PrecisionIds {
 public:
  static constexpr std::size_t count = static_cast<std::size_t>(Datatype::boolean) + 1;

  explicit PrecisionIds(StringPool& strings) {
    ids_.fill(null_string);
    for (std::size_t i = 1; i < count; ++i) {
      ids_[i] = strings.intern(datatype_name(static_cast<Datatype>(i)));
    }
  }
  // unknown for null_string and for any other text.
  Datatype operator[](StringId precision) const {
    for (std::size_t i = 1; i < count; ++i) {
      if (ids_[i] == precision) return static_cast<Datatype>(i);
    }
    return Datatype::unknown;
  }

 private:
  std::array<StringId, count> ids_;
};

}  // namespace trex
