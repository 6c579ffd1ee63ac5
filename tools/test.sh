#!/usr/bin/env bash
# Everything that CI runs, in one go; the last lines are CTest's count over all of it.
#
# Each part is built in the one way that tells most: unit tests and fuzz corpora with ASan and UBSan
# (build/dev), the commands both so and optimised (build/release), the core as WebAssembly too
# (build/wasm). One CTest run covers the three: build/CTestTestfile.cmake joins their lists.
#
# usage: tools/test.sh        JOBS=N sets how many compilers and tests run side by side

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}

stage() {  # stage NAME COMMAND...: runs it and says how long it took
  local name=$1 start=$SECONDS
  shift
  echo "== $name"
  "$@"
  echo "== $name: $((SECONDS - start)) s"
}

build_page() {
  tools/wasm.sh
  tools/page.sh
}
build_release() {
  cmake --preset release --log-level=WARNING
  cmake --build --preset release -j "$jobs" --target trex_program program_tests python_tests
}
build_dev() {
  # In CI everything is compiled once, from nothing, so in batches, and without line numbers, a tenth of
  # the time; elsewhere file by file, which finds a lacking include.
  local once=()
  [ -z "${CI:-}" ] || once=(-DTREX_UNITY_BUILD=ON -DCMAKE_CXX_FLAGS_DEBUG=-O0)
  cmake --preset dev --log-level=WARNING "${once[@]}"
  cmake --build --preset dev -j "$jobs"
}

stage "dependencies" tools/deps.sh build store test python wasm page
stage "WebAssembly build, and the page" build_page
stage "release build" build_release
stage "dev build (ASan, UBSan, warnings are errors)" build_dev

cat > build/CTestTestfile.cmake <<EOT
subdirs(dev release/tests/program release/python)
add_test(wasm "$PWD/tools/wasm_check.sh")
add_test(page-logic "$PWD/tools/page_tests.sh")
add_test(page-browser "$PWD/tools/browser_tests.sh" --trex "$PWD/build/release/trex")
set_tests_properties(page-browser PROPERTIES COST 300)
EOT
ctest --test-dir build --output-on-failure -j "$jobs"
