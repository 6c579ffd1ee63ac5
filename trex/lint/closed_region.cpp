// Is a layer a region of which the plan shows one row only?

// SPDX-License-Identifier: Apache-2.0
#include "trex/lint/closed_region.hpp"

#include "trex/base/text.hpp"

namespace trex::lint {

bool names_closed_region(std::string_view name) { return contains(name, "{ForeignNode["); }

bool is_closed_region(const Context& c, Row row) {
  if (c.hidden(row) || c.is(row, mover))
    return false;  // "Reformatting CopyNode for ... {ForeignNode["
  return c.type(row) == "Myelin" || names_closed_region(c.name(row));
}

}  // namespace trex::lint
