// The interactive report: the page with the engines' own files inside, compressed. The page's core
// reads them as the command line does, so nothing is computed twice.

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "trex/load/load.hpp"

namespace trex::report {

struct BundleOptions {
  std::string state;    // what the page shows first: the hash of one of its permalinks
  std::string history;  // `trex history --json`, which the page shows too; it needs no engine
};

// The page with a JSON text in a script element of that id, escaped so that nothing in it can end
// the element; the page reads it when it opens. Throws Error for a page without a place for it.
std::string page_with_data(std::string_view page, std::string_view id, std::string_view json);

// `page` is the built page (web/embed). The same bytes for the same files. The ONNX model, which
// the page does not read, is left out. Throws Error for a file that cannot be read, and a
// history that is no JSON.
std::string bundled_page(std::string_view page, std::span<const EngineFiles> engines,
                         const BundleOptions& options = {});

}  // namespace trex::report
