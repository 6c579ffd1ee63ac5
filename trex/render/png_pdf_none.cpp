// PNG and PDF where the build has no librsvg: an error that says what to do.

// SPDX-License-Identifier: Apache-2.0
#include "trex/base/error.hpp"
#include "trex/render/pictures.hpp"

namespace trex::render {

std::string png(const Drawing&, const PictureStyle&) {
  fail("this trex was built without librsvg, so it writes no png; write svg and convert that");
}

std::string pdf(const Drawing&, const PictureStyle&) {
  fail("this trex was built without librsvg, so it writes no pdf; write svg and print that");
}

}  // namespace trex::render
