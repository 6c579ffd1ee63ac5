// Workbooks where the build has no libxlsxwriter: an error that says what to do.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/render/formats.hpp"

namespace trex::render {

std::string xlsx(std::span<const Document>, const Style&) {
  fail("this trex was built without libxlsxwriter, so it writes no xlsx; write csv instead");
}

}  // namespace trex::render
