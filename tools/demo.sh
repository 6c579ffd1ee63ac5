#!/usr/bin/env bash
# `make demo`: writes the example engines into demo/ and shows the main job on them.
#
# usage: tools/demo.sh TREX

# SPDX-License-Identifier: Apache-2.0

set -euo pipefail
cd "$(dirname "$0")/.."
trex=$1

run() {  # prints the command as a user would type it, then runs it
  printf '\n$ %s\n' "$*"
  "$@"
}

builds=(fp32 fp16 qat qat-residual qat-residual-gap)

printf "\n$ %s sample demo/\n" "$trex"
"$trex" sample demo/ | tail -n 1
echo
echo "ResNet-18 in five builds, from FP32 to INT8 with quantized residual branches:"
for build in "${builds[@]}"; do
  run "$trex" summary "demo/resnet18.$build.onnx.engine"
done
echo
echo "Where does the slowest of the INT8 builds spend its time?"
run "$trex" layers demo/resnet18.qat.onnx.engine --top 10
echo
echo "All files are in demo/; the program is $trex; 'trex --help' lists what else it does."
