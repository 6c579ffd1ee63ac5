#!/usr/bin/env bash
# Does the core still compile to WebAssembly, and does it say the same there as natively?
#
# Builds base to render and tests/wasm/smoke.cpp with emscripten in build/wasm; under Node that prints
# reports on the example engines, and every byte must agree with what the native program prints. The
# page runs this same core. A second run recompiles only what changed.
#
# usage: tools/wasm_check.sh [--build-only]

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
build=build/wasm

# Debian keeps the node modules that its emscripten needs here.
[ ! -d /usr/share/nodejs ] || export NODE_PATH=/usr/share/nodejs

# The sources of simdjson come from npm (version and checksum in the lock file), {fmt}'s headers
# from Debian's package, alone in a folder: the rest of /usr/include must stay out of sight.
fetch_sources() {
  if ! cmp -s tools/wasm/package-lock.json "$build/npm/package-lock.json"; then
    rm -rf "$build/npm"
    mkdir -p "$build/npm"
    cp tools/wasm/package.json tools/wasm/package-lock.json "$build/npm/"
    if ! (cd "$build/npm" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
      cat "$build/npm/npm.log" >&2
      rm -rf "$build/npm"
      return 1
    fi
  fi
  mkdir -p "$build/deps/include"
  ln -sfn "$PWD/$build/npm/node_modules/@nozbe/simdjson/src" "$build/deps/simdjson"
  ln -sfn /usr/include/fmt "$build/deps/include/fmt"
}

# Little optimisation: it halves the time and proves the same.
build_wasm() {
  emcmake cmake -S . -B "$build/tree" -G Ninja --log-level=WARNING \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O0 -DNDEBUG" \
    -DTREX_UNITY_BUILD=ON -DTREX_SOURCE_DEPS="$PWD/$build/deps" >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log" >&2; return 1; }
  cmake --build "$build/tree" -j "$jobs"
}

build_native() {
  cmake --preset release --log-level=WARNING >/dev/null
  cmake --build --preset release -j "$jobs" --target trex_program
}

compare() {
  local trex=build/release/trex examples=build/wasm/examples engine report
  rm -rf "$examples"
  "$trex" sample "$examples" >/dev/null
  # The page unpacks with a reader of its own.
  "$trex" archive create "$examples/all.tea" "$examples/vit-base.trt10.onnx.engine" >/dev/null
  gzip --keep "$examples"/decoder.trt10.onnx.engine.graph.json
  local engines=(tests/package/engine.json "$examples"/*.graph.json "$examples/all.tea"
    "$examples"/decoder.trt10.onnx.engine.graph.json.gz)
  for engine in "${engines[@]}"; do
    for report in summary layers check; do
      # `check` exits 1 where it has something to say.
      "$trex" "$report" --json "$engine" >"$build/native.json" || [ $? = 1 ]
      node "$build/tree/tests/wasm/trex_smoke.js" "$report" "$engine" >"$build/wasm.json"
      if ! diff "$build/native.json" "$build/wasm.json"; then
        echo "wasm-check: $report of $engine: native (<) and WebAssembly (>) disagree" >&2
        return 1
      fi
    done
  done
  echo "wasm-check: ${#engines[@]} engines, the same output natively and as WebAssembly"
}

mkdir -p "$build"
fetch_sources
build_wasm
build_native
[ "${1:-}" = --build-only ] || compare
