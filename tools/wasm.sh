#!/usr/bin/env bash
# The core as WebAssembly, with emscripten, in build/wasm/tree: for the page (web/core) and for the
# check that it says the same as natively (tests/wasm). A second run recompiles only what changed.
#
# usage: tools/wasm.sh [TARGET...]    default: all

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

# For size: it is a large part of every report.
build_wasm() {
  emcmake cmake -S . -B "$build/tree" -G Ninja --log-level=WARNING \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-Os -DNDEBUG" \
    -DTREX_UNITY_BUILD=ON -DTREX_SOURCE_DEPS="$PWD/$build/deps" >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log" >&2; return 1; }
  cmake --build "$build/tree" -j "$jobs" ${1:+--target "$@"}
}

mkdir -p "$build"
fetch_sources
build_wasm "$@"
