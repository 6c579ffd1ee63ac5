#!/usr/bin/env bash
# Does the core still compile to WebAssembly, and does it say the same there as natively?
#
# Builds the core and tests/wasm/smoke.cpp with emscripten (tools/wasm.sh); under Node that prints
# reports on the example engines, and every byte must agree with what the native program prints. The
# page runs this same core.
#
# usage: tools/wasm_check.sh

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
build=build/wasm

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

tools/wasm.sh
build_native
compare
