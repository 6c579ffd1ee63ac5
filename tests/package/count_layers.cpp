// A program outside the tree that uses the library as an installed package.

// SPDX-License-Identifier: Apache-2.0

#include <cstdio>

#include "trex/base/error.hpp"
#include "trex/load/load.hpp"

int main(int, char** argv) try {
  const auto files = trex::find_engine_files({argv[1]}, {});
  const trex::Engine engine = trex::load_engine(files.at(0));
  std::printf("%zu layers\n", engine.layer_count());
} catch (const trex::Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}
